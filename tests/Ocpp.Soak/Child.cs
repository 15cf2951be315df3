using System.Diagnostics;
using System.Text.Json;

namespace Ocpp.Soak;

/// <summary>This program once more, in another role: it is asked line by line, and answers in lines of JSON.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    public Child(params string[] args)
    {
        string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Child).Assembly.Location] : [];
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. self, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Reads the next line.</summary>
    public async Task<T> ReadAsync<T>() =>
        JsonSerializer.Deserialize<T>(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A process has ended too early."))!;

    /// <summary>Asks for the next line.</summary>
    public async Task<T> AskAsync<T>(string question = "")
    {
        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync<T>();
    }

    /// <summary>Prints a line for the process above.</summary>
    public static void Tell<T>(T value)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(value));
        Console.Out.Flush();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
