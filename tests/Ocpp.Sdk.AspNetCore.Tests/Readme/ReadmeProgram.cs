namespace Ocpp.AspNetCore.Tests.Readme;

/// <summary>A whole program that README.md shows: what stands between the fences behind the comment that names it.</summary>
internal static class ReadmeProgram
{
    public static string Read(string name)
    {
        string[] lines = ReadLines();
        int mark = Array.IndexOf(lines, $"<!-- A test compiles it: {name} -->");
        Assert.True(mark >= 0, $"README.md has no program with the name {name}.");
        Assert.Equal("```csharp", lines[mark + 1]);
        return string.Join('\n', lines.Skip(mark + 2).TakeWhile(line => line != "```"));
    }

    private static string[] ReadLines()
    {
        using var reader = new StreamReader(typeof(ReadmeProgram).Assembly.GetManifestResourceStream("README.md")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
    }
}
