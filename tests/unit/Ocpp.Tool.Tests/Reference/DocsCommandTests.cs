using Ocpp.Tool.Reference;
using Xunit;

namespace Ocpp.Tool.Tests.Reference;

/// <summary>What the command writes, checks, deletes and refuses.</summary>
public sealed class DocsCommandTests : IDisposable
{
    private readonly TemporaryFolder _schemas = new();
    private readonly TemporaryFolder _pages = new();

    public DocsCommandTests()
    {
        _schemas.Write(
            "PingRequest.json",
            """{ "type": "object", "additionalProperties": false, "x-sender": "CSMS", "description": "Asks. Twice." }"""
        );
        _schemas.Write(
            "PingResponse.json",
            """{ "type": "object", "additionalProperties": false, "x-sender": "ChargingStation" }"""
        );
    }

    [Fact]
    public void Pages_are_written_and_fresh_after_that()
    {
        Assert.Equal(
            new CommandResult(0, "PAGES/Ping.md: written\nPAGES/README.md: written\n2 pages, 2 changed\n", ""),
            Run()
        );
        Assert.Equal(new CommandResult(0, "2 pages, 0 not as the schemas give them\n", ""), Run("--check"));
        Assert.Equal(new CommandResult(0, "2 pages, 0 changed\n", ""), Run());
    }

    [Fact]
    public void Pages_have_line_feeds_and_no_byte_order_mark()
    {
        Run();

        byte[] page = File.ReadAllBytes(_pages.Locate("Ping.md"));
        Assert.Equal("<!--"u8, page.AsSpan(0, 4));
        Assert.DoesNotContain((byte)'\r', page);
        Assert.Equal((byte)'\n', page[^1]);
    }

    [Fact]
    public void Stale_missing_and_extra_pages_are_found_and_mended()
    {
        Run();
        _pages.Write("README.md", ReferencePages.Notice + "\nold\n");
        File.Delete(_pages.Locate("Ping.md"));
        _pages.Write("Pong.md", ReferencePages.Notice + "\n");

        Assert.Equal(
            new CommandResult(
                1,
                "PAGES/Ping.md: missing\nPAGES/Pong.md: too many\nPAGES/README.md: stale\n2 pages, 3 not as the "
                    + "schemas give them\n",
                ""
            ),
            Run("--check")
        );
        Assert.Equal(
            new CommandResult(
                0,
                "PAGES/Ping.md: written\nPAGES/Pong.md: deleted\nPAGES/README.md: written\n2 pages, 3 changed\n",
                ""
            ),
            Run()
        );
        Assert.Equal(["Ping.md", "README.md"], Files());
    }

    [Fact]
    public void A_page_of_other_origin_is_left_alone()
    {
        _pages.Write("Notes.md", "mine\n");

        Assert.Equal(0, Run().ExitCode);
        Assert.Equal(0, Run("--check").ExitCode);
        Assert.Equal("mine\n", File.ReadAllText(_pages.Locate("Notes.md")));
    }

    [Fact]
    public void A_page_of_other_origin_is_not_written_over()
    {
        _pages.Write("README.md", "mine\n");

        Assert.Equal(
            new CommandResult(
                2,
                "",
                "PAGES/README.md: not written by this command, and would be lost. Nothing was written.\n"
            ),
            Run()
        );
        Assert.Equal(["README.md"], Files());
    }

    [Fact]
    public void A_defect_of_a_schema_is_named_with_its_place_and_nothing_is_written()
    {
        _schemas.Write("PingRequest.json", "{\n  \"type\": \"object\",\n  \"pattern\": \"x\"\n}");

        Assert.Equal(
            new CommandResult(
                2,
                "",
                "SCHEMAS/PingRequest.json(3,3): error OCPP003: The keyword 'pattern' is not supported: what it demands "
                    + "would not be checked\n"
            ),
            Run()
        );
        Assert.Empty(Files());
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_misuse()
    {
        _pages.Write("file", "");

        CommandResult run = CommandResult.Of("docs", _schemas.Path, _pages.Locate("file"));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public void The_first_page_names_title_protocol_namespace_and_actions()
    {
        Run("--protocol", "acme1.0", "--namespace", "Acme.Charging", "--title", "Acme's <messages>");

        Assert.StartsWith(
            """
            <!-- Written by `ocpp docs` from the schemas: change those. -->

            # Acme's \<messages\>

            Subprotocol `acme1.0`, 1 action. The types are in the namespace `Acme.Charging`, the actions in `Acme10Protocol.Instance`.

            | action | sent by | what it is for |
            |---|---|---|
            | [Ping](Ping.md) | the CSMS | Asks. |

            ## Reading the pages

            """,
            File.ReadAllText(_pages.Locate("README.md")),
            StringComparison.Ordinal
        );
    }

    public void Dispose()
    {
        _schemas.Dispose();
        _pages.Dispose();
    }

    private string[] Files() =>
        [.. Directory.EnumerateFiles(_pages.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private CommandResult Run(params string[] options)
    {
        CommandResult run = CommandResult.Of(["docs", _schemas.Path, _pages.Path, .. options]);
        return run with
        {
            Output = run.Output.Replace(_pages.Path, "PAGES", StringComparison.Ordinal),
            Error = run
                .Error.Replace(_pages.Path, "PAGES", StringComparison.Ordinal)
                .Replace(_schemas.Path, "SCHEMAS", StringComparison.Ordinal),
        };
    }
}
