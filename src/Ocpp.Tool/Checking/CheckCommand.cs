using System.CommandLine;

namespace Ocpp.Tool.Checking;

/// <summary>The command <c>check</c>.</summary>
internal static class CheckCommand
{
    public static Command Create() => new("check");
}
