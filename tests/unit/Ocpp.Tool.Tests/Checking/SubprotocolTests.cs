using System.Text;
using Ocpp.Tool.Checking;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

/// <summary>Which version of OCPP a log is checked against.</summary>
public class SubprotocolTests
{
    private const string Start =
        """[2,"1","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":0,"timestamp":"2026-01-31T12:00:00Z"}]""";

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: ocpp1.6", "ocpp1.6")]
    [InlineData("< sec-websocket-protocol: ocpp2.0.1", "ocpp2.0.1")]
    [InlineData("CP-1 connected, subprotocol=\"ocpp2.1\"", "ocpp2.1")]
    [InlineData("CP-1 speaks ocpp2.1.", "ocpp2.1")]
    [InlineData("offers [ocpp2.1, ocpp2.0.1, ocpp1.6]", null)]
    [InlineData("GET /ocpp1.6/CP-1 HTTP/1.1", null)]
    [InlineData("ocpp1.60", null)]
    [InlineData("ocpp2.0", null)]
    [InlineData("ocpp2.1.1", null)]
    [InlineData("myocpp1.6", null)]
    [InlineData("CP-1 connected", null)]
    public void A_text_names_the_version_if_it_names_one_only(string text, string? name) =>
        Assert.Equal(name, SubprotocolName.Find(Encoding.UTF8.GetBytes(text))?.Name);

    [Fact]
    public async Task Frames_below_a_handshake_are_checked_against_the_version_that_it_names()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $"""
            > Sec-WebSocket-Protocol: ocpp2.0.1, ocpp1.6
            < Sec-WebSocket-Protocol: ocpp1.6
            {Start}
            """
        );

        Assert.Equal((0, "", (1, 1, 0)), (result.ExitCode, result.Error, result.Row("StartTransaction")));
        Assert.Contains("protocol: ocpp1.6 as the log says (1 frame)", result.Lines);
    }

    [Fact]
    public async Task The_option_counts_whatever_the_log_says()
    {
        CommandResult result = await CommandResult.CheckAsync($"subprotocol ocpp2.1\n{Start}", "--protocol", "ocpp1.6");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("protocol: ocpp1.6 as --protocol says (1 frame)", result.Lines);
    }

    [Fact]
    public async Task Without_a_handshake_what_fits_several_versions_is_checked_by_default_and_the_report_says_so()
    {
        CommandResult result = await CommandResult.CheckAsync("""[2,"1","Heartbeat",{}]""");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("protocol: ocpp2.0.1 by default (1 frame)", result.Lines);
        Assert.Contains(
            "protocol not certain: frames fit ocpp1.6, ocpp2.0.1, ocpp2.1; choose one with --protocol",
            result.Lines
        );
    }

    [Fact]
    public async Task A_later_handshake_counts_from_there_on_and_an_action_of_both_versions_has_one_row()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            subprotocol ocpp1.6
            [2,"1","Heartbeat",{}]
            subprotocol ocpp2.1
            [2,"2","Heartbeat",{}]
            [2,"3","Heartbeat",{"customData":{"vendorId":"v"}}]
            """
        );

        Assert.Equal((0, (3, 3, 0)), (result.ExitCode, result.Row("Heartbeat")));
        Assert.Contains(
            "protocol: ocpp1.6 as the log says (1 frame); ocpp2.1 as the log says (2 frames)",
            result.Lines
        );
    }

    [Fact]
    public async Task Each_station_has_the_version_of_its_own_handshake()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $$$"""
            CP-1 subprotocol ocpp1.6
            CP-2 subprotocol ocpp2.0.1
            CP-1 {{{Start}}}
            CP-2 [2,"1","ClearCache",{"customData":{"vendorId":"v"}}]
            CP-1 [2,"2","ClearCache",{"customData":{"vendorId":"v"}}]
            """,
            "--station",
            "(CP-\\d)"
        );

        Assert.Equal(
            ["-:5: CP-1: ClearCache request \"2\": ProtocolError: /customData: unknown property. [UnknownProperty]"],
            result.Violations
        );
    }

    [Fact]
    public async Task A_field_beside_the_frame_names_the_version_too()
    {
        CommandResult result = await CommandResult.CheckAsync($$"""{"subprotocol":"ocpp1.6","frame":{{Start}}}""");

        Assert.Equal((0, (1, 1, 0)), (result.ExitCode, result.Row("StartTransaction")));
    }

    [Fact]
    public async Task A_name_within_a_payload_decides_nothing()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [2,"1","DataTransfer",{"vendorId":"ocpp1.6"}]
            [2,"2","Heartbeat",{"customData":{"vendorId":"v"}}]
            """
        );

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("protocol: ocpp2.0.1 by default (2 frames)", result.Lines);
    }

    [Fact]
    public async Task The_summary_for_programs_says_what_decided()
    {
        CommandResult result = await CommandResult.CheckAsync($"subprotocol ocpp1.6\n{Start}", "--json");

        Assert.Contains(
            "\"protocols\":[{\"protocol\":\"ocpp1.6\",\"by\":\"log\",\"frames\":1}]",
            result.Output,
            StringComparison.Ordinal
        );
    }
}
