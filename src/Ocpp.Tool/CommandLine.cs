using System.CommandLine;
using Ocpp.Tool.Checking;
using Ocpp.Tool.Reference;
using Ocpp.Tool.Schemas;

namespace Ocpp.Tool;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    /// <summary>
    /// The exit code of a command that was not used as it must be: an unknown option, a file that can't be read.
    /// </summary>
    public const int Misuse = 2;

    /// <summary>Runs the command that the arguments name.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="openStandardInput">Opens the standard input, for a command that reads it.</param>
    /// <param name="configuration">Where output goes. Defaults to the console.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(
        string[] args,
        Func<Stream> openStandardInput,
        InvocationConfiguration? configuration = null
    )
    {
        var root = new RootCommand("Checks logs of OCPP messages, compares schemas, writes the message reference.")
        {
            CheckCommand.Create(openStandardInput),
            SchemasCommand.Create(),
            DocsCommand.Create(),
        };
        ParseResult result = root.Parse(args);
        int exitCode = await result.InvokeAsync(configuration ?? new InvocationConfiguration());
        return result.Errors.Count > 0 ? Misuse : exitCode;
    }
}
