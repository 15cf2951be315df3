using System.CommandLine;
using Ocpp.Security;

namespace Ocpp.Tool.Schemas;

/// <summary>The command <c>schemas diff</c>.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var before = new Argument<DirectoryInfo>("OLD") { Description = "The folder of the schemas as they were." };
        var after = new Argument<DirectoryInfo>("NEW") { Description = "The folder of the schemas as they are." };
        var versions = new Option<bool>("--versions")
        {
            Description = "The folders are two versions of OCPP: no change is called breaking.",
        };
        var command = new Command(
            "diff",
            "Prints what was added, changed and removed, as Markdown, and marks what breaks users' code."
        )
        {
            before.AcceptExistingOnly(),
            after.AcceptExistingOnly(),
            versions,
        };
        command.SetAction(arguments =>
            Run(
                arguments.GetRequiredValue(before),
                arguments.GetRequiredValue(after),
                arguments.GetValue(versions),
                arguments.InvocationConfiguration.Output,
                arguments.InvocationConfiguration.Error
            )
        );
        return command;
    }

    private static int Run(
        DirectoryInfo before,
        DirectoryInfo after,
        bool areVersions,
        TextWriter output,
        TextWriter error
    )
    {
        // Both are read before either ends the command, so that the defects of both are seen.
        var old = SchemaFolder.Read(before.ToString(), error);
        var @new = SchemaFolder.Read(after.ToString(), error);
        if (old is null || @new is null)
        {
            return CommandLine.Misuse;
        }

        SchemaDifference difference = SchemaComparison.Compare(old, @new);
        string text = DifferenceText.Write(areVersions ? difference.BetweenVersions() : difference);

        // Folders may come from anywhere, and a terminal may be what this is written to.
        output.Write(string.Join('\n', text.Split('\n').Select(line => PrintableText.Of(line, int.MaxValue))));
        return text.Length == 0 ? 0 : 1;
    }
}
