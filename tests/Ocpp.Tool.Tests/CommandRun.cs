using System.CommandLine;
using Ocpp.Tool.Reference;
using Ocpp.Tool.Schemas;

namespace Ocpp.Tool.Tests;

/// <summary>What <c>ocpp</c> ended with and wrote. It runs in this process.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static CommandRun Of(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var root = new RootCommand { SchemasCommand.Create(), DocsCommand.Create() };
        var configuration = new InvocationConfiguration { Output = output, Error = error };
        int exitCode = CommandLine.InvokeAsync(root, arguments, configuration).GetAwaiter().GetResult();
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
