using System.CommandLine;

namespace Ocpp.Tool.Schemas;

/// <summary>The command <c>schemas</c>.</summary>
internal static class SchemasCommand
{
    public static Command Create() => new("schemas", "Works on folders of JSON schemas.") { DiffCommand.Create() };
}
