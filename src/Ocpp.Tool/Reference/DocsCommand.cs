using System.CommandLine;
using Ocpp.Security;
using Ocpp.Tool.Schemas;

namespace Ocpp.Tool.Reference;

/// <summary>The command <c>docs</c>.</summary>
internal static class DocsCommand
{
    public static Command Create()
    {
        var schemas = new Argument<DirectoryInfo>("SCHEMAS") { Description = "The folder of the schemas." };
        var output = new Argument<DirectoryInfo>("OUTPUT") { Description = "The folder of the pages." };
        var @namespace = new Option<string>("--namespace")
        {
            Description = "The C# namespace of the messages.",
            DefaultValueFactory = _ => SchemaFolder.DefaultNamespace,
        };
        var protocol = new Option<string>("--protocol")
        {
            Description = "The WebSocket subprotocol.",
            DefaultValueFactory = _ => SchemaFolder.DefaultProtocol,
        };
        var title = new Option<string?>("--title")
        {
            Description = "The first page's title. Made from the subprotocol when absent.",
        };
        var check = new Option<bool>("--check")
        {
            Description = "Write nothing; end with 1 when a page is missing, stale or too many.",
        };
        var command = new Command(
            "docs",
            "Writes the message reference: a page an action, with fields, examples and errors."
        )
        {
            schemas.AcceptExistingOnly(),
            output,
            @namespace,
            protocol,
            title,
            check,
        };
        command.SetAction(arguments =>
        {
            InvocationConfiguration streams = arguments.InvocationConfiguration;
            string subprotocol = arguments.GetRequiredValue(protocol);
            var folder = SchemaFolder.Read(
                arguments.GetRequiredValue(schemas).ToString(),
                streams.Error,
                arguments.GetRequiredValue(@namespace),
                subprotocol
            );
            if (folder is null)
            {
                return CommandLine.Misuse;
            }

            IReadOnlyDictionary<string, string> pages = ReferencePages.Write(
                folder,
                arguments.GetValue(title) ?? TitleOf(subprotocol)
            );
            string target = arguments.GetRequiredValue(output).ToString();
            try
            {
                return arguments.GetValue(check) ? Check(target, pages, streams) : Write(target, pages, streams);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                streams.Error.WriteLine(PrintableText.Of(e.Message, int.MaxValue));
                return CommandLine.Misuse;
            }
        });
        return command;
    }

    private static string TitleOf(string protocol) =>
        "The messages of "
        + (protocol.StartsWith("ocpp", StringComparison.Ordinal) ? "OCPP " + protocol["ocpp".Length..] : protocol);

    private static int Check(string target, IReadOnlyDictionary<string, string> pages, InvocationConfiguration streams)
    {
        IReadOnlyList<(string File, PageState State)> deviations = new ReferenceFolder(target).Deviations(pages);
        foreach ((string file, PageState state) in deviations)
        {
            streams.Output.WriteLine($"{PrintableText.Of(Path.Combine(target, file), int.MaxValue)}: {Word(state)}");
        }

        streams.Output.WriteLine($"{pages.Count} pages, {deviations.Count} not as the schemas give them");
        return deviations.Count == 0 ? 0 : 1;
    }

    private static int Write(string target, IReadOnlyDictionary<string, string> pages, InvocationConfiguration streams)
    {
        var folder = new ReferenceFolder(target);
        if (folder.Foreign(pages) is { Count: > 0 } foreign)
        {
            foreach (string file in foreign)
            {
                streams.Error.WriteLine(
                    $"{PrintableText.Of(Path.Combine(target, file), int.MaxValue)}: "
                        + $"not written by this command, and would be lost. Nothing was written."
                );
            }

            return CommandLine.Misuse;
        }

        IReadOnlyList<(string File, PageState State)> deviations = folder.Deviations(pages);
        foreach ((string file, PageState state) in deviations)
        {
            if (state == PageState.Extra)
            {
                folder.Delete(file);
            }
            else
            {
                folder.Write(file, pages[file]);
            }

            streams.Output.WriteLine(
                $"{PrintableText.Of(Path.Combine(target, file), int.MaxValue)}: "
                    + $"{(state == PageState.Extra ? "deleted" : "written")}"
            );
        }

        streams.Output.WriteLine($"{pages.Count} pages, {deviations.Count} changed");
        return 0;
    }

    private static string Word(PageState state) =>
        state switch
        {
            PageState.Missing => "missing",
            PageState.Stale => "stale",
            _ => "too many",
        };
}
