namespace Ocpp.Schemas.Model;

/// <summary>
/// A type to be generated. Plain immutable values throughout: the pipeline compares them to determine what has to be
/// written again, so nothing of Roslyn, NJsonSchema or Newtonsoft may get in.
/// </summary>
/// <param name="Name">The C# name.</param>
/// <param name="Description">What it is, in plain text; may be empty.</param>
internal abstract record TypeModel(string Name, string Description)
{
    /// <summary>The same type without its texts: two files may describe one type in different words.</summary>
    public abstract TypeModel WithoutDescriptions();
}

/// <summary>A JSON object, which becomes a record.</summary>
/// <param name="Properties">In the order of the schema.</param>
/// <param name="IsOpen">Takes further properties beside those it declares.</param>
internal sealed record ObjectModel(
    string Name,
    string Description,
    EquatableArray<PropertyModel> Properties,
    bool IsOpen
) : TypeModel(Name, Description)
{
    public override TypeModel WithoutDescriptions() =>
        this with
        {
            Description = "",
            Properties = Properties.Select(property => property with { Description = "" }).ToEquatableArray(),
        };
}

/// <summary>A property of an object.</summary>
/// <param name="JsonName">The name on the wire.</param>
/// <param name="Name">The C# name.</param>
/// <param name="Default">The C# literal of the default value, where the schema gives one.</param>
/// <param name="IsSensitive">
/// What it holds stays out of logs: marked with <c>x-sensitive</c>, or, in a set of schemas that marks nothing,
/// recognized by its name.
/// </param>
internal sealed record PropertyModel(
    string JsonName,
    string Name,
    string Description,
    bool IsRequired,
    ValueModel Value,
    string? Default,
    bool IsSensitive
);

/// <summary>A text with a fixed set of values, which becomes an enumeration.</summary>
internal sealed record EnumModel(string Name, string Description, EquatableArray<EnumValueModel> Values)
    : TypeModel(Name, Description)
{
    public override TypeModel WithoutDescriptions() => this with { Description = "" };
}

/// <summary>A value of an enumeration.</summary>
/// <param name="JsonName">The text on the wire.</param>
/// <param name="Name">The C# name.</param>
internal sealed record EnumValueModel(string JsonName, string Name);
