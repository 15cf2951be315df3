using System.Text;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

/// <summary><c>ocpp check</c> over files and payloads, and what it refuses.</summary>
public sealed class InputTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocpp-check-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_payload_is_told_by_the_name_of_its_file()
    {
        string request = Write("SignCertificateRequest.json", "\r\n{\r\n  \"csr\": \"c\",\r\n  \"x\": 1\r\n}\r\n");
        string response = Write("SignCertificateResponse.json", "{\"status\":\"Accepted\"}");
        CommandResult result = await CommandResult.CheckAsync("", request, response);
        Assert.Equal(
            [$"{request}:1: SignCertificate request: ProtocolError: /x: unknown property. [UnknownProperty]"],
            result.Violations
        );
        Assert.Equal((1, (2, 1, 1)), (result.ExitCode, result.Row("SignCertificate")));
    }

    [Theory]
    [InlineData("{}", "OccurrenceConstraintViolation: /csr: required property is missing. [Required]")]
    [InlineData(
        "[2,\"1\",\"Heartbeat\",{}]",
        "FormatViolation: The payload: must be a JSON object. [PayloadNotObject]"
    )]
    [InlineData("{\"csr\":\"c\"}\n{}", "FormatViolation: The payload: invalid JSON at byte 12. [MalformedJson]")]
    [InlineData("", "FormatViolation: The payload: invalid JSON at byte 0. [MalformedJson]")]
    public async Task A_payload_is_what_the_option_says(string payload, string violation)
    {
        CommandResult result = await CommandResult.CheckAsync(payload, "--type", "SignCertificateRequest");
        Assert.Equal([$"-:1: SignCertificate request: {violation}"], result.Violations);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task An_object_that_may_be_any_payload_is_refused()
    {
        CommandResult result = await CommandResult.CheckAsync("\n{\"csr\":\"c\"}");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "-: The text is a JSON object without frames, and the file is not named as a message: --type names the "
                + "payload that it is.",
            result.Error.TrimEnd()
        );
    }

    [Fact]
    public async Task A_file_named_as_a_message_may_hold_a_frame()
    {
        string file = Write("HeartbeatRequest.json", "[\n  2,\n  \"1\",\n  \"Heartbeat\",\n  {}\n]\n");
        CommandResult result = await CommandResult.CheckAsync("", file);
        Assert.Equal((0, (1, 1, 0)), (result.ExitCode, result.Row("Heartbeat")));
    }

    [Fact]
    public async Task Answers_are_matched_within_their_file()
    {
        string first = Write("CP-1.log", "[2,\"1\",\"Heartbeat\",{}]\n");
        string second = Write("CP-2.log", "[3,\"1\",{\"status\":\"Accepted\"}]\n");
        CommandResult result = await CommandResult.CheckAsync("[2,\"1\",\"Heartbeat\",{}]", first, "-", second);
        Assert.Equal(
            (0, (2, 2, 0), (1, 1, 0)),
            (result.ExitCode, result.Row("Heartbeat"), result.Row("(unmatched answer)"))
        );
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task Other_encodings_than_UTF8_are_refused_with_a_byte_order_mark_and_without(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes("[2,\"1\",\"Heartbeat\",{}]\n");
        foreach (byte[] input in (byte[][])[text, [.. encoding.GetPreamble(), .. text]])
        {
            CommandResult result = await CommandResult.CheckAsync(input);
            Assert.Equal(
                (2, "-: The text is UTF-16 or UTF-32; convert it to UTF-8."),
                (result.ExitCode, result.Error.TrimEnd())
            );
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_misuse_and_the_others_are_checked()
    {
        string missing = Path.Combine(_folder.FullName, "missing.log");
        string invalid = Write("invalid.log", "[2,\"1\",\"Heartbeat\",{\"x\":1}]\n");
        CommandResult result = await CommandResult.CheckAsync("", missing, _folder.FullName, invalid);
        Assert.Equal((2, (1, 0, 1)), (result.ExitCode, result.Row("Heartbeat")));
        string[] errors = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, errors.Length);
        Assert.StartsWith(missing, errors[0], StringComparison.Ordinal);
        Assert.StartsWith(_folder.FullName, errors[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--strict")]
    [InlineData("-j")]
    [InlineData("--type")]
    [InlineData("--type", "Heartbeat")]
    [InlineData("--type", "heartbeatRequest")]
    [InlineData("--type", "Request")]
    [InlineData("--protocol")]
    [InlineData("--protocol", "ocpp9")]
    [InlineData("--station")]
    [InlineData("--station", "CS-[0-9")]
    [InlineData("--station", "CS-[0-9]+")]
    [InlineData("--station", "(CS-[0-9]+)(?=:)")]
    [InlineData("--max-violations")]
    [InlineData("--max-violations", "0")]
    [InlineData("--max-violations", "-1")]
    [InlineData("--max-violations", "many")]
    [InlineData("--max-violations", "99999999999")]
    public async Task A_wrong_option_is_misuse_and_nothing_is_checked(params string[] args)
    {
        CommandResult result = await CommandResult.CheckAsync("[2,\"1\",\"Heartbeat\",{}]", args);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(args[0], result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Heartbeat  ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_empty_name_is_misuse() =>
        Assert.Equal(2, (await CommandResult.CheckAsync("[2,\"1\",\"Heartbeat\",{}]", "")).ExitCode);

    [Theory]
    [InlineData("")]
    [InlineData("10:00 started\n")]
    [InlineData(
        "grid currents: [1.16 1.45 -1.37]A\nphases [1,2,3]\n[3, 3, 3]A\nthread [7, main]\n[2,3]\nretry [3, 10s]\n[2, "
            + "7, 4]\n[ 2, -1"
    )]
    [InlineData("sizes [7,\"a\"]\nmask [2, 7, \"rx\", 4]\n[1,\n2]\n[3,\n\n7\n]\nargs [\nlast [2,")]
    public async Task An_input_without_a_frame_is_named_and_ends_with_2(string log)
    {
        CommandResult result = await CommandResult.CheckAsync(log);
        Assert.Equal(
            (2, (0, 0, 0), "-: No frame was found."),
            (result.ExitCode, result.Row("total"), result.Error.TrimEnd())
        );
    }

    [Fact]
    public async Task One_input_without_a_frame_ends_with_2_and_the_others_are_checked()
    {
        string empty = Write("empty.log", "");
        CommandResult result = await CommandResult.CheckAsync("[2,\"1\",\"Heartbeat\",{}]", empty, "-");
        Assert.Equal(
            (2, (1, 1, 0), $"{empty}: No frame was found."),
            (result.ExitCode, result.Row("total"), result.Error.TrimEnd())
        );
    }

    [Fact]
    public async Task A_hole_at_the_start_of_a_log_is_no_encoding()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $"{new string('\0', 4_096)}[2,\"1\",\"Heartbeat\",{{}}]\n"
        );
        Assert.Equal((0, (1, 1, 0)), (result.ExitCode, result.Row("Heartbeat")));
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
