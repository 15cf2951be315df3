using System.CommandLine;

namespace Ocpp.Tool;

/// <summary>Runs the commands.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of a command that was not used as it must be: an unknown option, a file that can't be read.</summary>
    public const int Misuse = 2;

    /// <summary>Runs the command that the arguments name.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="configuration">Where output goes; the console unless told.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(RootCommand root, string[] args, InvocationConfiguration? configuration = null)
    {
        ParseResult result = root.Parse(args);
        int exitCode = await result.InvokeAsync(configuration ?? new InvocationConfiguration());
        return result.Errors.Count > 0 ? Misuse : exitCode;
    }
}
