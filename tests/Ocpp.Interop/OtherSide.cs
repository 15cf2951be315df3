using System.Diagnostics;

namespace Ocpp.Interop;

/// <summary>A peer in a process of its own: a script of the other implementation, or this program once more.</summary>
internal sealed class OtherSide : IDisposable
{
    private readonly Process _process;

    public OtherSide(string script, params IEnumerable<string> args)
        : this(["node", Path.Combine(AppContext.BaseDirectory, "..", "..", "..", script), .. args])
    {
    }

    private OtherSide(string[] command) => _process = Process.Start(
        new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    public static OtherSide Ourselves(params IEnumerable<string> args) => new(["dotnet", typeof(OtherSide).Assembly.Location, .. args]);

    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The other side has ended too early.");

    public async Task<string> AskAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        return await ReadLineAsync();
    }

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
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
