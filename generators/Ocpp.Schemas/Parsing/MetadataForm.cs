using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Model;

namespace Ocpp.Schemas.Parsing;

/// <summary>
/// The forms of what the build says of a schema beside its text: the file's name, the namespace and the protocol. All
/// of them become C# code, so nothing but names is taken.
/// </summary>
internal static class MetadataForm
{
    /// <summary>
    /// What separates words in an HTTP token, and so in the name of a subprotocol, is not part of it (RFC 6455 section
    /// 4.1).
    /// </summary>
    private const string Separators = "()<>@,;:\\\"/[]?={}";

    /// <summary>
    /// Whether types can be generated for the file: whether all are in form, and none that is required is missing.
    /// </summary>
    public static bool IsComplete(SchemaInput input) =>
        IsFileName(input.Name)
        && IsNamespace(input.Namespace)
        && IsProtocol(input.Protocol)
        && IsChoice(input.RequestFiles, SchemaInput.NamedAsAction)
        && IsChoice(input.Secrets, SchemaInput.ByName);

    /// <summary>Absent, or the one value that it can have.</summary>
    public static bool IsChoice(string value, string choice) => value.Length == 0 || value == choice;

    /// <summary>Letters, digits and a few signs behind the first: the file's name gives a type and an action.</summary>
    public static bool IsFileName(string name) =>
        name.Length is > 0 and <= SchemaLimits.MaxNameLength
        && char.IsLetterOrDigit(name[0])
        && name.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Identifiers with dots between them, none of which is a keyword.</summary>
    public static bool IsNamespace(string name) =>
        name.Length <= SchemaLimits.MaxNameLength && name.Split('.').All(IsIdentifier);

    /// <summary>An HTTP token, as WebSocket demands of a subprotocol.</summary>
    public static bool IsProtocol(string name) =>
        name.Length is > 0 and <= SchemaLimits.MaxNameLength
        && name.All(static c => c is > ' ' and <= '~' && Separators.IndexOf(c) < 0);

    /// <summary>C# allows invisible characters in identifiers; here they are not allowed in a name.</summary>
    private static bool IsIdentifier(string name) =>
        name.Length > 0
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(static c => char.IsLetterOrDigit(c) || c == '_')
        && !CSharpKeywords.Contains(name);
}
