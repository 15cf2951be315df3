using System.CommandLine;

namespace Ocpp.Tool.Reference;

/// <summary>The command <c>docs</c>.</summary>
internal static class DocsCommand
{
    public static Command Create() => new("docs");
}
