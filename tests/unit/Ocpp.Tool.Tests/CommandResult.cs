using System.CommandLine;
using System.Text;

namespace Ocpp.Tool.Tests;

/// <summary>What a command printed, and how it ended. It runs in this process.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines of a text report that name violations.</summary>
    public string[] Violations => [.. Lines.TakeWhile(line => !line.EndsWith("invalid", StringComparison.Ordinal))];

    /// <summary>
    /// The numbers of a row of a text report: frames, valid, invalid. All 0 when there is no such row.
    /// </summary>
    public (long Frames, long Valid, long Invalid) Row(string name)
    {
        string? row = Lines.SingleOrDefault(line => line.StartsWith(name + "  ", StringComparison.Ordinal));
        long[] numbers = row is null
            ? [0, 0, 0]
            :
            [
                .. row[name.Length..]
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(number => long.Parse(number, null)),
            ];
        return (numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>Runs <c>ocpp check</c> over a text on the standard input.</summary>
    public static Task<CommandResult> CheckAsync(string standardInput, params string[] args) =>
        CheckAsync(Encoding.UTF8.GetBytes(standardInput), args);

    /// <summary>Runs <c>ocpp check</c>.</summary>
    public static Task<CommandResult> CheckAsync(byte[] standardInput, params string[] args) =>
        RunAsync(["check", .. args], () => new MemoryStream(standardInput));

    /// <summary>Runs a command that reads no standard input.</summary>
    public static CommandResult Of(params string[] args) => RunAsync(args, () => Stream.Null).GetAwaiter().GetResult();

    private static async Task<CommandResult> RunAsync(string[] args, Func<Stream> openStandardInput)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = await CommandLine.InvokeAsync(
            args,
            openStandardInput,
            new InvocationConfiguration { Output = output, Error = error }
        );
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }
}
