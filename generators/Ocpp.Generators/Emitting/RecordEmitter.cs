using System.Globalization;
using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

/// <summary>
/// Writes the record of an object: its constants and properties here, what it does in the other parts.
/// </summary>
internal static partial class RecordEmitter
{
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    public static SourceCode Emit(ObjectModel model, PlacedType place)
    {
        string? actionName = place.Action is null ? null : ActionName(model);
        return Record(Unhide(model, place.Namespace, actionName), place, actionName);
    }

    private static SourceCode Record(ObjectModel model, PlacedType place, string? actionName) =>
        $$"""
            {{DocComment.Summary(
                DocComment.Escape(model.Description.Length > 0 ? model.Description : $"The payload {model.Name}.")
            )}}
            {{DocComment.Remarks(Role(place))}}
            {{Names.GeneratedCode}}
            {{Names.JsonConverter($"global::Ocpp.Json.OcppJsonConverter<{model.Name}>")}}
            public sealed partial record {{model.Name}} : {{Interface(model, place)}}
            {
                {{SourceCode.Paragraphs(model.Properties, Constants)}}

                {{SourceCode.Paragraphs(model.Properties, Property)}}

                {{SourceCode.If(model.IsOpen, FurtherProperties())}}

                {{SourceCode.If(place.Action is not null, Action(model, place, actionName))}}

                /// <inheritdoc/>
                public {{CSharpType.List}}<{{Names.Violation}}> Validate() =>
                    global::Ocpp.Json.OcppGeneratedCode.Validate(this);

                {{SourceCode.If(model.IsOpen || model.Properties.Count > 0, Equality(model))}}

                /// <summary>The name of the type with its JSON, without what is sensitive; and what is wrong with it.</summary>
                public override string ToString() => global::Ocpp.Json.OcppGeneratedCode.ToString(this);

                {{ReadMethod(model)}}

                {{WriteMethod(model)}}

                static {{model.Name}}? global::Ocpp.IOcppPayload<{{model.Name}}>.Read(ref {{Names.Reader}} reader) => Read(ref reader);

                static void global::Ocpp.IOcppPayload<{{model.Name}}>.Write(ref {{Names.Writer}} writer, {{model.Name}} value) =>
                    Write(ref writer, value);
            }
            """;

    private static string Interface(ObjectModel model, PlacedType place) =>
        place switch
        {
            { Action: null } => $"global::Ocpp.IOcppPayload<{model.Name}>",
            { Response: null } => $"global::Ocpp.IOcppOneWayMessage<{model.Name}>",
            _ => $"global::Ocpp.IOcppRequest<{model.Name}, {place.Response}>",
        };

    /// <summary>The message that the payload belongs to, and its sender, as XML; empty if neither is known.</summary>
    private static string Role(PlacedType place)
    {
        string action = DocComment.Escape(place.Action ?? "");
        string role = place switch
        {
            { Action: null } => "",
            { Response: null } => $"The payload of a SEND with the action <c>{action}</c>, which nothing answers.",
            _ => $"The payload of a CALL with the action <c>{action}</c>, answered with "
                + $"<see cref=\"{place.Response}\"/>.",
        };
        string sender = place.Sender switch
        {
            "ChargingStation" => "Sent by the charging station.",
            "Csms" => "Sent by the CSMS.",
            "Both" => "Sent by either side.",
            _ => "",
        };
        return role.Length == 0 || sender.Length == 0 ? role + sender : $"{role} {sender}";
    }

    /// <summary>The action, as a constant if its name is free, and as the interface declares it.</summary>
    private static SourceCode Action(ObjectModel model, PlacedType place, string? constant)
    {
        string literal = CSharpLiteral.Of(place.Action ?? "");
        return $"""
            {SourceCode.If(constant is not null, $"""
                /// <summary>The action that names this message on the wire.</summary>
                public const string {constant} = {literal};
                """)}

            static string {Interface(model, place)}.Action => {constant ?? literal};
            """;
    }

    /// <summary>The name of the action's constant: the first that no member of the record has.</summary>
    private static string? ActionName(ObjectModel model)
    {
        HashSet<string> members = Members(model);
        return !members.Contains("Action") ? "Action"
            : !members.Contains("ActionName") ? "ActionName"
            : null;
    }

    private static HashSet<string> Members(ObjectModel model) =>
        new(
            model.Properties.SelectMany(property =>
                ConstantModel.Of(property).Select(constant => constant.Name).Append(property.Name)
            ),
            StringComparer.Ordinal
        );

    /// <summary>
    /// Within the record, the plain name of a type means the member of that name where there is one: such a type gets
    /// its full name.
    /// </summary>
    private static ObjectModel Unhide(ObjectModel model, string @namespace, string? actionName)
    {
        HashSet<string> members = Members(model);
        if (actionName is not null)
        {
            members.Add(actionName);
        }

        return model with
        {
            Properties = model.Properties.Select(UnhideProperty).ToEquatableArray(),
        };

        PropertyModel UnhideProperty(PropertyModel property)
        {
            ValueModel value = UnhideValue(property.Value);
            string? defaultValue =
                value != property.Value && value.Kind == ValueKind.Enum && property.Default is { } literal
                    ? value.TypeName + literal.Substring(property.Value.TypeName!.Length)
                    : property.Default;
            return property with { Value = value, Default = defaultValue };
        }

        ValueModel UnhideValue(ValueModel value) =>
            value switch
            {
                { Item: { } item } => value with { Item = UnhideValue(item) },
                { TypeName: { } name } when IsHidden(name) || IsHidden(name + "Names") => value with
                {
                    TypeName = $"global::{@namespace}.{name}",
                },
                _ => value,
            };

        bool IsHidden(string name) => members.Contains(name) || Naming.IsTakenByRecord(name);
    }

    /// <summary>Whether C# has a value for it that is not a reference.</summary>
    private static bool IsStruct(ValueModel value) =>
        value.Kind is not (ValueKind.Text or ValueKind.Object or ValueKind.Array);

    private static SourceCode Constants(PropertyModel property) =>
        SourceCode.Paragraphs(
            ConstantModel.Of(property),
            constant =>
                $"""
                    {DocComment.Summary($"{constant.Meaning}<see cref=\"{property.Name}\"/>.")}
                    public const {constant.Type} {constant.Name} = {constant.Value};
                    """
        );

    private static SourceCode Property(PropertyModel property)
    {
        string jsonName = $"<c>{DocComment.Escape(property.JsonName)}</c>";
        string description =
            property.Description.Length > 0 ? DocComment.Escape(property.Description) : jsonName + " on the wire.";
        return $$"""
            {{DocComment.Summary(description)}}
            {{DocComment.Remarks($"{jsonName}: {Facts(property)}.")}}
            public {{(property.IsRequired ? "required " : "")}}{{CSharpType.Of(property.Value)}}{{(
                property.IsRequired ? "" : "?"
            )}} {{property.Name}} { get; init; }
            """;
    }

    private static SourceCode FurtherProperties() =>
        $$"""
            {{DocComment.Summary(
                "Further properties by name, whose values are any JSON; kept when the object is read and written again."
            )}}
            public {{Names.Others}}? AdditionalProperties { get; init; }
            """;

    /// <summary>What the schema says about a property beside its description, for its doc comment.</summary>
    private static string Facts(PropertyModel property)
    {
        var facts = new List<string> { property.IsRequired ? "required" : "optional" };
        if (property.Value is { Item: not null, MinItems: null, MaxItems: null })
        {
            facts.Add("a list");
        }

        facts.AddRange(LimitText.Of(property.Value));
        if (property.Default is { } defaultValue)
        {
            facts.Add($"absent means <c>{DocComment.Escape(defaultValue)}</c>");
        }

        return string.Join(", ", facts);
    }
}
