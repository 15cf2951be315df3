namespace Ocpp.Schemas.Model;

/// <summary>What a property or an item holds.</summary>
internal enum ValueKind
{
    Text,
    Integer,
    Decimal,
    Boolean,
    DateTime,
    Any,
    Object,
    Enum,
    Array,
}

/// <summary>The type of a property or item, with its limits.</summary>
internal sealed record ValueModel(ValueKind Kind)
{
    /// <summary>The C# name of an object or enumeration.</summary>
    public string? TypeName { get; init; }

    /// <summary>The most code points of a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether a text must be an absolute URI.</summary>
    public bool IsUri { get; init; }

    /// <summary>The number that a decimal must be a multiple of.</summary>
    public decimal? MultipleOf { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    /// <summary>What an array holds.</summary>
    public ValueModel? Item { get; init; }
}
