using System.Text;
using System.Text.RegularExpressions;
using Ocpp.Rpc;
using Xunit;

namespace Ocpp.Tool.Tests.Reference;

/// <summary>The references in docs/messages, docs/messages-1.6 and docs/messages-2.1 hold what they say.</summary>
public partial class CommittedPageTests
{
    public static TheoryData<string> Protocols => new(CommittedPages.All.Select(pages => pages.Protocol.Subprotocol));

    public static TheoryData<string, string> Actions =>
        Rows(pages => pages.Protocol.Actions.Select(action => action.Name));

    public static TheoryData<string, string> Files => Rows(pages => pages.Files);

    [Theory]
    [MemberData(nameof(Protocols))]
    public void There_is_a_page_an_action_and_an_index(string protocol)
    {
        var pages = CommittedPages.Of(protocol);

        Assert.Equal(
            pages
                .Protocol.Actions.Select(action => action.Name + ".md")
                .Append("README.md")
                .Order(StringComparer.Ordinal),
            pages.Files
        );
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void The_pages_are_what_the_schemas_give(string protocol)
    {
        var pages = CommittedPages.Of(protocol);

        Assert.Equal(
            new CommandResult(0, $"{pages.Files.Count} pages, 0 not as the schemas give them\n", ""),
            CommandResult.Of(["docs", pages.Schemas, pages.Folder, .. pages.Options, "--check"])
        );
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_example_is_valid(string protocol, string name)
    {
        var pages = CommittedPages.Of(protocol);
        OcppAction action = pages.Protocol.FindAction(name)!;
        string[] examples = pages.ExamplesOf(name);

        object request = Request(action, Encoding.UTF8.GetBytes(examples[0]));
        Assert.True(
            OcppFrame.TryRead(Encoding.UTF8.GetBytes(examples[1]), out OcppFrame call, out OcppFrameError callError),
            callError.ToString()
        );
        Assert.Equal(
            (action.IsOneWay ? OcppMessageType.Send : OcppMessageType.Call, name),
            (call.MessageType, call.Action)
        );
        Assert.Equal(request, Request(action, call.Payload));
        Assert.Equal(action.IsOneWay ? 2 : 4, examples.Length);
        if (action.IsOneWay)
        {
            return;
        }

        object response = Response(action, Encoding.UTF8.GetBytes(examples[2]));
        Assert.True(
            OcppFrame.TryRead(
                Encoding.UTF8.GetBytes(examples[3]),
                out OcppFrame result,
                out OcppFrameError resultError
            ),
            resultError.ToString()
        );
        Assert.Equal((OcppMessageType.CallResult, call.MessageId), (result.MessageType, result.MessageId));
        Assert.Equal(response, Response(action, result.Payload));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_link_leads_to_a_page_and_a_heading(string protocol, string file)
    {
        var pages = CommittedPages.Of(protocol);
        MatchCollection links = Link().Matches(pages.Read(file));

        Assert.NotEmpty(links);
        Assert.All(
            links,
            link =>
            {
                string target = link.Groups["file"].Value is { Length: > 0 } other ? other : file;
                Assert.Contains(target, pages.Files);
                if (link.Groups["anchor"] is { Success: true, Value: var anchor })
                {
                    IEnumerable<string> anchors = Heading()
                        .Matches(pages.Read(target))
                        .Select(heading => heading.Groups[1].Value.ToLowerInvariant());
                    Assert.Single(anchors, anchor);
                }
            }
        );
    }

    private static TheoryData<string, string> Rows(Func<CommittedPages, IEnumerable<string>> names)
    {
        var rows = new TheoryData<string, string>();
        foreach (CommittedPages pages in CommittedPages.All)
        {
            foreach (string name in names(pages))
            {
                rows.Add(pages.Protocol.Subprotocol, name);
            }
        }

        return rows;
    }

    private static object Request(OcppAction action, ReadOnlySpan<byte> payload)
    {
        object? request = action.ReadRequest(payload, out OcppViolation violation);
        Assert.True(request is not null, violation.ToString());
        return request;
    }

    private static object Response(OcppAction action, ReadOnlySpan<byte> payload)
    {
        object? response = action.ReadResponse(payload, out OcppViolation violation);
        Assert.True(response is not null, violation.ToString());
        return response;
    }

    [GeneratedRegex(@"\]\((?<file>[^)#]*)(#(?<anchor>[^)]*))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
