namespace Ocpp.TestKit;

/// <summary>A folder that is deleted when the test has ended.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ocpp-test-").FullName;

    public string Locate(string file) => System.IO.Path.Combine(Path, file);

    public void Write(string file, string text) => File.WriteAllText(Locate(file), text);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
