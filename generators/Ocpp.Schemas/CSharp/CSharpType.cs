using Ocpp.Schemas.Model;

namespace Ocpp.Schemas.CSharp;

/// <summary>The C# types of values.</summary>
internal static class CSharpType
{
    public const string List = "global::System.Collections.Generic.IReadOnlyList";
    public const string JsonElement = "global::System.Text.Json.JsonElement";

    /// <summary>The C# type of a value, without the question mark of an optional one.</summary>
    public static string Of(ValueModel value) =>
        value.Kind switch
        {
            ValueKind.Text => "string",
            ValueKind.Integer => "int",
            ValueKind.Decimal => "decimal",
            ValueKind.Boolean => "bool",
            ValueKind.DateTime => "global::System.DateTimeOffset",
            ValueKind.Any => JsonElement,
            ValueKind.Array => $"{List}<{Of(value.Item!)}>",
            _ => value.TypeName!,
        };
}
