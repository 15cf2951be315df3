using System.Diagnostics;
using System.Globalization;

namespace Ocpp.Benchmarks.FreshProcesses;

/// <summary>This program once more, in a process of its own, for what can be measured only once in a process.</summary>
internal static class FreshProcess
{
    /// <summary>The argument before those of the process: not for users.</summary>
    public const string Argument = "--in-fresh-process";

    /// <returns>The numbers that it printed.</returns>
    public static double[] Run(params IEnumerable<string> arguments)
    {
        string[] self =
            Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
                ? [typeof(FreshProcess).Assembly.Location]
                : [];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. self, Argument, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ?
            [
                .. output
                    .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                    .Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
            ]
            : throw new InvalidOperationException(
                $"The process for {string.Join(' ', arguments)} ended with {process.ExitCode}."
            );
    }
}
