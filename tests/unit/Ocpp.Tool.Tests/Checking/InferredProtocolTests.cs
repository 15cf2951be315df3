using Xunit;

namespace Ocpp.Tool.Tests.Checking;

/// <summary>What the frames of a log say of the version of OCPP, where nothing else does.</summary>
public class InferredProtocolTests
{
    private const string Start =
        """[2,"1","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":0,"timestamp":"2026-01-31T12:00:00Z"}]""";

    [Fact]
    public async Task An_action_that_one_version_has_decides()
    {
        CommandResult result = await CommandResult.CheckAsync(Start + "\n" + """[2,"2","Heartbeat",{}]""");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("protocol: ocpp1.6 as its frames show (2 frames)", result.Lines);
        Assert.DoesNotContain(result.Lines, line => line.StartsWith("protocol not certain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"chargePointVendor":"V","chargePointModel":"M"}""", "ocpp1.6")]
    [InlineData("""{"chargePointVendor":"V","chargePointModel":"M","customData":{"vendorId":"v"}}""", "ocpp1.6")]
    public async Task A_payload_that_fits_one_version_best_decides(string boot, string protocol)
    {
        CommandResult result = await CommandResult.CheckAsync($"""[2,"1","BootNotification",{boot}]""");

        Assert.Contains($"protocol: {protocol} as its frames show (1 frame)", result.Lines);
    }

    [Fact]
    public async Task A_broken_payload_is_checked_against_the_version_that_it_fits_best()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """[2,"1","BootNotification",{"chargePointVendor":"A vendor of more than twenty characters","chargePointModel":"M"}]"""
        );

        Assert.Equal(
            [
                "-:1: BootNotification request \"1\": PropertyConstraintViolation: "
                    + "/chargePointVendor: has 39 characters; the maximum is 20. [MaxLength]",
            ],
            result.Violations
        );
    }

    [Fact]
    public async Task A_message_that_nothing_answers_is_of_the_version_that_has_them()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [2,"1","Heartbeat",{}]
            [6,"2","NotifyPeriodicEventStream",{"id":1,"pending":0,"basetime":"2026-01-31T12:00:00Z","data":[{"t":0,"v":"1"}]}]
            """
        );

        Assert.Equal((0, (1, 1, 0)), (result.ExitCode, result.Row("NotifyPeriodicEventStream")));
        Assert.Contains("protocol: ocpp2.0.1 by default (1 frame); ocpp2.1 as its frames show (1 frame)", result.Lines);
    }

    [Fact]
    public async Task Frames_that_fit_several_versions_name_them_and_the_option()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """[2,"1","Heartbeat",{"customData":{"vendorId":"v"}}]""",
            "--json"
        );

        Assert.Contains(
            "\"protocols\":[{\"protocol\":\"ocpp2.0.1\",\"by\":\"default\",\"frames\":1}],"
                + "\"candidates\":[\"ocpp2.0.1\",\"ocpp2.1\"]",
            result.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Each_station_has_the_version_that_its_own_frames_show()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $$$"""
            CP-1 {{{Start}}}
            CP-2 [2,"1","ClearCache",{"customData":{"vendorId":"v"}}]
            CP-1 [2,"2","ClearCache",{"customData":{"vendorId":"v"}}]
            """,
            "--station",
            "(CP-\\d)"
        );

        Assert.Equal(
            ["-:3: CP-1: ClearCache request \"2\": ProtocolError: /customData: unknown property. [UnknownProperty]"],
            result.Violations
        );
    }

    [Fact]
    public async Task The_option_counts_whatever_the_frames_show()
    {
        CommandResult result = await CommandResult.CheckAsync(Start, "--protocol", "ocpp2.0.1");

        Assert.Equal(
            ["-:1: StartTransaction request \"1\": NotImplemented: Unknown action. [UnknownAction]"],
            result.Violations
        );
    }

    [Fact]
    public async Task A_handshake_below_frames_counts_from_there_on()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $$"""
            {{Start}}
            subprotocol ocpp2.1
            [2,"2","Heartbeat",{}]
            """
        );

        Assert.Contains(
            "protocol: ocpp1.6 as its frames show (1 frame); ocpp2.1 as the log says (1 frame)",
            result.Lines
        );
    }
}
