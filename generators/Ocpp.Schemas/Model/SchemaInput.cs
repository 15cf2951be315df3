namespace Ocpp.Schemas.Model;

/// <summary>
/// A schema file as the build hands it over. Compares by content: an AdditionalText compares by reference.
/// </summary>
/// <param name="Path">The path, as diagnostics show it.</param>
/// <param name="Name">The file's name without its ending: the name of the payload.</param>
/// <param name="Text">The content; none when the file can't be read.</param>
/// <param name="Namespace">The C# namespace of its types; empty when the project names none.</param>
/// <param name="Protocol">The WebSocket subprotocol it belongs to; empty when the project names none.</param>
internal sealed record SchemaInput(string Path, string Name, string? Text, string Namespace, string Protocol);
