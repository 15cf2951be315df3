using System.Buffers.Text;
using System.Text;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

/// <summary>Signed messages: the payload is checked, the signature is not verified.</summary>
public class SignedMessageTests
{
    private const string Protocol = "ocpp2.0.1";

    [Fact]
    public async Task The_payload_of_a_signed_request_is_checked_as_that_of_its_action()
    {
        CommandResult result = await CommandResult.CheckAsync(
            Request("SignCertificate", """{"csr":"c"}""") + "\n" + """[3,"1",{"status":"Accepted"}]""",
            "--protocol",
            Protocol
        );

        Assert.Equal((0, "", (2, 2, 0)), (result.ExitCode, result.Error, result.Row("SignCertificate")));
        Assert.Contains("signed: 1; signatures were not verified", result.Lines);
    }

    [Fact]
    public async Task A_violation_within_a_signed_request_is_named_with_its_place_in_the_payload()
    {
        CommandResult result = await CommandResult.CheckAsync(
            Request("SignCertificate", """{"csr":5}"""),
            "--protocol",
            Protocol
        );

        Assert.Equal(1, result.ExitCode);
        string violation = Assert.Single(result.Violations);
        Assert.StartsWith(
            "-:1: SignCertificate signed request \"1\": TypeConstraintViolation: /csr: ",
            violation,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_payload_of_a_signed_response_is_checked_as_well()
    {
        CommandResult result = await CommandResult.CheckAsync(
            Request("SignCertificate", """{"csr":"c"}""")
                + "\n"
                + $"""[3,"1",{Jws("SignCertificate", 3, """{"status":"Perhaps"}""")}]""",
            "--protocol",
            Protocol,
            "--json"
        );

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "\"messageType\":\"CALLRESULT\",\"action\":\"SignCertificate\",\"messageId\":\"1\",\"signed\":true,",
            result.Lines[0],
            StringComparison.Ordinal
        );
        Assert.Contains("\"path\":\"/status\"", result.Lines[0], StringComparison.Ordinal);
        Assert.Contains("\"signed\":2", result.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_signed_for_another_action_is_a_violation()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $"""[2,"1","SignCertificate-Signed",{Jws("Heartbeat", 2, "{}")}]""",
            "--protocol",
            Protocol,
            "--json"
        );

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "\"rule\":\"SignatureMismatch\",\"path\":\"/protected/OCPPAction\"",
            result.Lines[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Something_else_in_the_place_of_a_signed_payload_is_a_violation()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """[2,"1","Heartbeat-Signed",{"payload":"e30","protected":"e30"}]""",
            "--protocol",
            Protocol,
            "--json"
        );

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("\"path\":\"/signature\"", result.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OCPP_1_6_has_no_signed_messages()
    {
        CommandResult result = await CommandResult.CheckAsync(Request("Heartbeat", "{}"), "--protocol", "ocpp1.6");

        Assert.Equal(
            ["-:1: Heartbeat-Signed request \"1\": NotImplemented: Unknown action. [UnknownAction]"],
            result.Violations
        );
    }

    [Fact]
    public async Task Without_the_option_a_signed_message_leaves_out_OCPP_1_6()
    {
        CommandResult result = await CommandResult.CheckAsync(Request("Heartbeat", "{}"));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(
            "protocol not certain: frames fit ocpp2.0.1, ocpp2.1; choose one with --protocol",
            result.Lines
        );
    }

    private static string Request(string action, string payload) =>
        $"""[2,"1","{action}-Signed",{Jws(action, 2, payload)}]""";

    private static string Jws(string action, int messageType, string payload)
    {
        string header = $$"""{"alg":"ES256","OCPPAction":"{{action}}","OCPPMessageTypeId":{{messageType}}}""";
        return $$"""{"payload":"{{Encode(payload)}}","protected":"{{Encode(header)}}","signature":"AAAA"}""";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
