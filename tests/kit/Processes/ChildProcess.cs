using System.Diagnostics;
using System.Text.Json;

namespace Ocpp.TestKit;

/// <summary>A process below this one: it is asked and answers line by line, and ends with its input.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    public ChildProcess(string command, params IEnumerable<string> args) =>
        _process = Process.Start(
            new ProcessStartInfo(command, args) { RedirectStandardInput = true, RedirectStandardOutput = true }
        )!;

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>This program once more, in another role.</summary>
    public static ChildProcess Ourselves(params IEnumerable<string> args)
    {
        string[] command = OurCommand(args);
        return new ChildProcess(command[0], command[1..]);
    }

    /// <summary>The command line that starts this program in another role.</summary>
    public static string[] OurCommand(params IEnumerable<string> args) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Environment.ProcessPath!, typeof(ChildProcess).Assembly.Location, .. args]
            : [Environment.ProcessPath!, .. args];

    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("A process has ended too early.");

    /// <summary>Reads what the other process told with <see cref="Tell"/>.</summary>
    public async Task<T> ReadAsync<T>() => JsonSerializer.Deserialize<T>(await ReadLineAsync())!;

    /// <summary>Asks for the next line.</summary>
    public async Task<string> AskAsync(string question = "")
    {
        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync();
        return await ReadLineAsync();
    }

    /// <inheritdoc cref="AskAsync(string)"/>
    public async Task<T> AskAsync<T>(string question = "") => JsonSerializer.Deserialize<T>(await AskAsync(question))!;

    /// <summary>Prints a line of JSON for the process above.</summary>
    public static void Tell<T>(T value)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(value));
        Console.Out.Flush();
    }

    /// <summary>Kills it on the spot, by SIGKILL where there is such a thing, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended, for whatever reason.</summary>
    public Task ExitAsync() => _process.WaitForExitAsync();

    /// <summary>Ends its input, and waits.</summary>
    /// <returns>Its exit code, and the last it printed.</returns>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        _process.StandardInput.Close();
        string output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output.Trim());
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
