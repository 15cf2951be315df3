using Xunit;

namespace Ocpp.Tool.Tests.Schemas;

/// <summary>Runs <c>ocpp schemas diff</c> on schemas that are written in a test.</summary>
internal static class Diff
{
    /// <summary>Compares two folders, each with files by their names.</summary>
    public static CommandResult Of(
        (string Name, string Text)[] old,
        (string Name, string Text)[] @new,
        params string[] options
    )
    {
        using TemporaryFolder before = Folder(old);
        using TemporaryFolder after = Folder(@new);
        CommandResult run = CommandResult.Of(["schemas", "diff", before.Path, after.Path, .. options]);
        string error = run
            .Error.Replace(before.Path, "OLD", StringComparison.Ordinal)
            .Replace(after.Path, "NEW", StringComparison.Ordinal);
        return run with { Error = error };
    }

    /// <summary>The lines for the only message, <c>Note</c>, whose schemas are these.</summary>
    public static string[] OfNote(string old, string @new) =>
        Of([("Note", old)], [("Note", @new)]) switch
        {
            { ExitCode: 0, Output: "", Error: "" } => [],
            { ExitCode: 1, Error: "" } run => LinesOf(run.Output),
            var run => throw new InvalidOperationException(run.ToString()),
        };

    /// <summary>
    /// The lines for the field <c>x</c> of the only message, <c>Note</c>, whose schemas are these; it is optional.
    /// </summary>
    public static string[] OfField(string old, string @new) => OfNote(Note($"\"x\": {old}"), Note($"\"x\": {@new}"));

    /// <summary>A closed object with these properties.</summary>
    public static string Note(string properties, string more = "") =>
        $$"""{ "type": "object", "additionalProperties": false, {{more}} "properties": { {{properties}} } }""";

    private static string[] LinesOf(string output)
    {
        string[] lines = output.Split('\n');
        Assert.Equal(["### Changed", "", "- `Note`"], lines[..3]);
        Assert.Equal("", lines[^1]);
        return [.. lines[3..^1].Select(line => line.TrimStart())];
    }

    private static TemporaryFolder Folder((string Name, string Text)[] files)
    {
        var folder = new TemporaryFolder();
        foreach ((string name, string text) in files)
        {
            folder.Write(name + ".json", text);
        }

        return folder;
    }
}
