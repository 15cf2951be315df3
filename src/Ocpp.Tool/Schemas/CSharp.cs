using System.Text.RegularExpressions;
using Ocpp.Generators.Emitting;
using Ocpp.Generators.Model;

namespace Ocpp.Tool.Schemas;

/// <summary>Types and properties as C# has them, in the short form that code uses.</summary>
internal static partial class CSharp
{
    public static string TypeOf(PropertyModel property) =>
        GlobalName().Replace(RecordEmitter.TypeOf(property.Value), "") + (property.IsRequired ? "" : "?");

    public static string Declaration(PropertyModel property) => $"{TypeOf(property)} {property.Name}";

    [GeneratedRegex(@"global::(\w+\.)+")]
    private static partial Regex GlobalName();
}
