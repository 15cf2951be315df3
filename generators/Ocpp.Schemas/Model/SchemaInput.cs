namespace Ocpp.Schemas.Model;

/// <summary>
/// A schema file as the build hands it over. Compares by content: an AdditionalText compares by reference.
/// </summary>
/// <param name="Path">The path, as diagnostics show it.</param>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Text">The content; none when the file can't be read.</param>
/// <param name="Namespace">The C# namespace of its types; empty when the project names none.</param>
/// <param name="Protocol">The WebSocket subprotocol it belongs to; empty when the project names none.</param>
internal sealed record SchemaInput(string Path, string Name, string? Text, string Namespace, string Protocol)
{
    /// <summary>The value of <see cref="RequestFiles"/> for requests in files named as their action.</summary>
    public const string NamedAsAction = "Action";

    /// <summary>The value of <see cref="Secrets"/> by which secrets are recognized by their names.</summary>
    public const string ByName = "ByName";

    private const string Request = nameof(Request);
    private const string Response = nameof(Response);

    /// <summary>
    /// How files of requests are named: empty for <c>FooRequest.json</c>, <see cref="NamedAsAction"/> for
    /// <c>Foo.json</c>.
    /// </summary>
    public string RequestFiles { get; init; } = "";

    /// <summary>
    /// How secrets are recognized: empty for the marks of the schemas, and their names where there are no marks;
    /// <see cref="ByName"/> for both.
    /// </summary>
    public string Secrets { get; init; } = "";

    /// <summary>The name of the payload, from which its type and its action are named.</summary>
    public string Payload => IsNamedAsAction ? Name + Request : Name;

    private bool IsNamedAsAction =>
        RequestFiles == NamedAsAction
        && !Name.EndsWith(Request, StringComparison.Ordinal)
        && !Name.EndsWith(Response, StringComparison.Ordinal);

    /// <summary>The name of the file that a request of an action would have beside this one.</summary>
    public string RequestFileOf(string action) => RequestFiles == NamedAsAction ? action : action + Request;
}
