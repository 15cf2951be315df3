namespace Ocpp.Tool.Tests;

/// <summary>A folder that is gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ocpp-tool-").FullName;

    public string Locate(string file) => System.IO.Path.Combine(Path, file);

    public void Write(string file, string text) => File.WriteAllText(Locate(file), text);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
