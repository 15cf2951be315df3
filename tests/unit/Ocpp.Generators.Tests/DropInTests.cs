using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Ocpp.Generators.Tests.Driving;
using Ocpp.Schemas.Parsing;
using Ocpp.V21;
using Xunit;

namespace Ocpp.Generators.Tests;

/// <summary>
/// The files that OCPP publishes go in as they are: whatever their bytes and their descriptions look like.
/// </summary>
public class DropInTests
{
    private static readonly IReadOnlyList<SchemaText> s_published = [.. OfficialSchemas.All.Select(PublishedForm.Of)];
    private static readonly IReadOnlyDictionary<string, string> s_sources = Generation
        .Of(s_published)
        .Compiles()
        .Sources;

    [Fact]
    public void Published_files_give_the_same_code_as_those_of_this_repository()
    {
        Generation clean = Generation.Of(OfficialSchemas.All.Select(PublishedForm.WithoutOwnKeywords));

        Assert.NotEmpty(s_published);
        clean.Compiles();
        Assert.Equal(Code(clean.Sources), Code(s_sources));

        static IReadOnlyDictionary<string, string> Code(IReadOnlyDictionary<string, string> sources) =>
            sources.ToDictionary(
                source => source.Key,
                source =>
                    string.Join(
                        '\n',
                        source
                            .Value.Split('\n')
                            .Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal))
                    )
            );
    }

    [Fact]
    public void Of_many_descriptions_that_of_the_first_file_is_taken_in_whatever_order_they_come()
    {
        string published = JsonNode.Parse(s_published[0].GetText()!.ToString())!["definitions"]!["CustomDataType"]![
            "description"
        ]!.GetValue<string>();
        string comment = DocComments(s_sources["Ocpp.V201.CustomDataType.g.cs"]).First();

        Assert.Equal(Description.Clean(published), XElement.Parse(comment).Value.Trim().ReplaceLineEndings(" "));
        for (int seed = 0; seed < 3; seed++)
        {
            SchemaText[] shuffled = [.. s_published];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(s_sources, Generation.Of(shuffled).Sources);
        }
    }

    [Fact]
    public void Doc_comments_are_plain_text()
    {
        string[] comments = [.. s_sources.Values.SelectMany(DocComments)];

        Assert.True(comments.Length > 2_000, $"{comments.Length} doc comments");
        foreach (string comment in comments)
        {
            string text = XElement.Parse($"<doc>{comment}</doc>").Value;
            Assert.Equal(text, WebUtility.HtmlDecode(text));
            Assert.DoesNotContain("<<", text, StringComparison.Ordinal);
            Assert.DoesNotContain("  ", comment, StringComparison.Ordinal);
            Assert.DoesNotContain(comment, c => c is not (' ' or '\n') && (char.IsControl(c) || char.IsWhiteSpace(c)));
        }
    }

    [Fact]
    public void Two_versions_of_OCPP_live_in_one_project()
    {
        Generation both = Generation
            .Of([.. s_published, .. OfficialSchemas.Version21.Select(PublishedForm.Of)])
            .Compiles();

        string registry = both.SourceOf("Ocpp.V21.Ocpp21Protocol.g.cs");
        Assert.Contains("base(\"ocpp2.1\",", registry, StringComparison.Ordinal);
        Assert.Contains(
            "new global::Ocpp.Rpc.OcppOneWayAction<NotifyPeriodicEventStream>()",
            registry,
            StringComparison.Ordinal
        );
        Assert.Equal(s_sources["Ocpp.V201.Ocpp201Protocol.g.cs"], both.SourceOf("Ocpp.V201.Ocpp201Protocol.g.cs"));
    }

    [Fact]
    public void The_registry_of_OCPP_2_1_knows_its_message_that_goes_one_way()
    {
        Assert.Equal(
            [
                ("ClosePeriodicEventStream", false),
                ("NotifyPeriodicEventStream", true),
                ("OpenPeriodicEventStream", false),
                ("SetGridControl", false),
            ],
            Ocpp21Protocol.Instance.Actions.Select(action => (action.Name, action.IsOneWay))
        );
        Assert.IsType<NotifyPeriodicEventStream>(
            Ocpp21Protocol
                .Instance.FindAction("NotifyPeriodicEventStream")!
                .ReadRequest(
                    """{"id":1,"pending":0,"basetime":"2026-01-02T03:04:05Z","data":[{"t":-0.5,"v":"17"}]}"""u8,
                    out _
                )
        );
    }

    [Fact]
    public void Bounds_and_defaults_of_published_files_are_constants()
    {
        Assert.False(SetGridControlRequest.IsDefaultDefault);
        Assert.Equal(GridControlEnumType.VoltVar, SetGridControlRequest.ControlTypeDefault);
        Assert.Equal((-100m, 0m), (SetGridControlRequest.SetpointMinimum, SetGridControlRequest.SetpointMaximum));
        Assert.Equal((-100m, 100m), (CurvePointType.YMinimum, CurvePointType.YMaximum));
        Assert.Equal(0, NotifyPeriodicEventStream.PendingMinimum);
    }

    [Theory]
    [InlineData("{[|\"pattern\"|]: \"a\", \"type\": \"object\"}\r\n")]
    [InlineData(
        "{\r\n\t\"type\": \"object\",\r\n\t\"properties\": {\r\n\t\t\"a\": { \"type\": \"string\", [|\"pattern\"|]: "
            + "\"a\" }\r\n\t}\r\n}\r\n\r\n"
    )]
    public void A_diagnostic_has_its_line_and_column_in_a_file_with_a_byte_order_mark_and_CRLF(string marked)
    {
        MarkedSchema expected = MarkedSchema.Parse(marked);
        byte[] file = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(expected.Schema.GetText()!.ToString())];

        MarkedSchema.AssertDiagnostics(
            Generation.Of(new SchemaText(expected.Schema.Path, file)),
            expected.Describe(0, "OCPP003", "pattern")
        );
    }

    /// <summary>The doc comments of a source, without their slashes.</summary>
    private static IEnumerable<string> DocComments(string source)
    {
        var comment = new StringBuilder();
        foreach (string line in source.Split('\n').Select(line => line.TrimStart()))
        {
            if (line.StartsWith("/// ", StringComparison.Ordinal))
            {
                comment.Append(line, 4, line.Length - 4).Append('\n');
            }
            else if (comment.Length > 0)
            {
                yield return comment.ToString();
                comment.Clear();
            }
        }
    }
}
