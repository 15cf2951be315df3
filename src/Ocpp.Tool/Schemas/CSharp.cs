using System.Text.RegularExpressions;
using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Model;

namespace Ocpp.Tool.Schemas;

/// <summary>Types and properties as C# has them, in the short form that code uses.</summary>
internal static partial class CSharp
{
    public static string TypeOf(PropertyModel property) =>
        GlobalName().Replace(CSharpType.Of(property.Value), "") + (property.IsRequired ? "" : "?");

    public static string Declaration(PropertyModel property) => $"{TypeOf(property)} {property.Name}";

    [GeneratedRegex(@"global::(\w+\.)+")]
    private static partial Regex GlobalName();
}
