using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

/// <summary>The forms that logs have: each must show the same two invalid frames of eight, and nothing else.</summary>
public sealed class LogFormTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, NewLine = "\n" };
    private static readonly JsonSerializerOptions s_relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] s_frames =
    [
        """[2,"b1","BootNotification",{"chargingStation":{"model":"M]}","vendorName":"\"V\" \\"},"reason":"PowerUp"}]""",
        """[3,"b1",{"currentTime":"2026-11-23T10:00:00Z","interval":300,"status":"Accepted"}]""",
        """[2,"c1","ClearVariableMonitoring",{"id":[1,2]}]""",
        """[3,"c1",{"clearMonitoringResult":[{"status":"Accepted","id":1},{"status":"NotFound","id":2,"customData":{"vendorId":"a","x":[3,"b"]}}]}]""",
        """[2,"h1","Heartbeat",{}]""",
        """[4,"h1","InternalError","Z\u00fcrich, [2 of 3]",{}]""",
        """[2,"x1","BootNotification",{"chargingStation":{"model":"M"},"reason":"PowerUpp"}]""",
        """[3,"x1",{"currentTime":"yesterday","interval":"300","status":"Accepted"}]""",
    ];

    private static readonly string[] s_violations =
    [
        "BootNotification request \"x1\": OccurrenceConstraintViolation: /chargingStation/vendorName: required "
            + "property is missing. [Required]",
        "BootNotification request \"x1\": TypeConstraintViolation: /reason: value is not defined in the enumeration. "
            + "[Enum]",
        "BootNotification response \"x1\": TypeConstraintViolation: /currentTime: must be an RFC 3339 date and time. "
            + "[DateTime]",
        "BootNotification response \"x1\": TypeConstraintViolation: /interval: invalid JSON type. [Type]",
    ];

    private static readonly Dictionary<string, Func<string, string>> s_forms = new()
    {
        ["a frame a line"] = frame => frame,
        ["prefix"] = frame => $"2026-11-23 10:00:00.123 INFO [ocpp] [17, main] CS-1 -> {frame}",
        ["suffix"] = frame => $"10:00:00 CS-1 > {frame} (took 12 ms, [3, 10s])",
        ["single quotes"] = frame => $"DEBUG recv '{frame}'",
        ["colours"] = frame => $"10:00:00 [INFO] :: \e[1;35mChargePoint: {frame}\e[1;0m",
        ["colours between the tokens"] = frame => $"10:00 \e[0;33m{Coloured(frame)}\e[0m ok",
        ["an array in JSON Lines"] = frame =>
            $$"""{"time":"2026-11-23T10:00:00Z","list":[3, 3],"frame":{{frame}},"station":"CS-1"}""",
        ["a text in JSON Lines"] = frame => $$"""{"level":"info","message":{{Quoted(frame)}},"station":"CS-1"}""",
        ["a text in JSON Lines with a prefix and a suffix"] = frame =>
            $$"""{"message":{{Quoted($"\e[1mCS-1\e[0m \\ \"in\": {frame} done")}}}""",
        ["a text in JSON Lines as System.Text.Json escapes it"] = frame =>
            $$"""{"message":{{JsonSerializer.Serialize($"RX {frame}")}}}""",
        ["an indented frame in a text in JSON Lines"] = frame => $$"""{"message":{{Quoted(Indented(frame))}}}""",
        ["JSON Lines in a text in JSON Lines"] = frame =>
            $$"""{"log":{{Quoted($$"""{"message":{{Quoted(frame)}},"n":1}""")}},"stream":"stdout"}""",
        ["a field of key=\"value\""] = frame => $"level=info msg={Quoted(frame)} station=CS-1",
        ["a field of CSV"] = frame => $"2026-11-23,CS-1,\"{frame.Replace("\"", "\"\"", StringComparison.Ordinal)}\",12",
        ["indented"] = Indented,
        ["indented, with a blank line between"] = frame => $"{Indented(frame)}\n",
        ["indented behind a prefix"] = frame => $"10:00:00 CS-1 > {Indented(frame)}",
        ["indented, with a prefix on each line"] = frame =>
            $"csms-1  | {Indented(frame).Replace("\n", "\ncsms-1  | ", StringComparison.Ordinal)}",
        ["indented, with a suffix"] = frame => $"CS-1: {Indented(frame)} (12 ms)",
        ["indented, with carriage returns"] = frame => Indented(frame).Replace("\n", "\r\n", StringComparison.Ordinal),
        ["indented and coloured"] = frame => Coloured(Indented(frame)),
        ["indented with compact lists"] = frame =>
            Indented(frame).Replace("[\n        1,\n        2\n      ]", "[1,2]", StringComparison.Ordinal),
        ["indented in an array"] = frame => $"[\n  {Indented(frame)},",
        ["indented in an object"] = frame =>
            $"{{\n  \"station\": \"CS-1\",\n  \"frame\": {Indented(frame)},\n  \"size\": 12\n}}",
        ["a header and an indented payload"] = frame =>
            $"10:00 receive message {Indented(frame)
            .Replace("[\n  ", "[", StringComparison.Ordinal).Replace(",\n  ", ",", StringComparison.Ordinal)}",
        ["broken behind its header"] = frame =>
            $"10:00 [INFO] send {frame.Replace(",{", ",\n{", StringComparison.Ordinal)}",
        ["broken at each comma"] = frame => $"send {frame.Replace(",\"", ",\n\"", StringComparison.Ordinal)}",
    };

    public static TheoryData<string> Forms => [.. s_forms.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task All_forms_show_the_same_violations(string form)
    {
        string log = string.Join('\n', s_frames.Select(s_forms[form])) + "\n";
        CommandResult result = await CommandResult.CheckAsync(log);
        Assert.Equal(s_violations, result.Violations.Select(line => line.Split(": ", 2)[1]));
        Assert.Equal(
            ((4, 2, 2), (2, 2, 0), (2, 2, 0), (8, 6, 2)),
            (
                result.Row("BootNotification"),
                result.Row("ClearVariableMonitoring"),
                result.Row("Heartbeat"),
                result.Row("total")
            )
        );
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_violation_has_the_line_on_which_its_frame_begins(string form)
    {
        string[] entries = [.. s_frames.Select(s_forms[form])];
        int lines = entries[..6].Sum(entry => entry.Count(c => c == '\n') + 1);
        int begin = entries[6]
            .Split('\n')
            .TakeWhile(line =>
                !line.Contains('[', StringComparison.Ordinal) || (form == "indented in an array" && line == "[")
            )
            .Count();
        CommandResult result = await CommandResult.CheckAsync(string.Join('\n', entries));
        Assert.StartsWith($"-:{lines + begin + 1}: ", result.Violations[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_frames_of_a_line_are_read()
    {
        CommandResult result = await CommandResult.CheckAsync(string.Join(" then: ", s_frames));
        Assert.Equal(s_violations, result.Violations.Select(line => line.Split(": ", 2)[1]));
        Assert.Equal((8, 6, 2), result.Row("total"));
    }

    [Fact]
    public async Task All_frames_of_a_quoted_text_are_read()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $$"""{"in":{{Quoted(string.Join(" and ", s_frames[..5]))}},"out":{{Quoted(string.Join(',', s_frames[5..]))}}}"""
        );
        Assert.Equal(s_violations, result.Violations.Select(line => line.Split(": ", 2)[1]));
        Assert.Equal((8, 6, 2), result.Row("total"));
    }

    [Fact]
    public async Task All_frames_of_an_array_of_frames_are_read()
    {
        CommandResult result = await CommandResult.CheckAsync($"[{string.Join(',', s_frames)}]");
        Assert.Equal((1, (8, 6, 2)), (result.ExitCode, result.Row("total")));
    }

    [Fact]
    public async Task A_frame_in_the_data_of_another_is_not_read_by_itself()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $$"""
            [2,"1","DataTransfer",{"vendorId":"v","data":{{Quoted(s_frames[6])}}}]
            [2,"2","DataTransfer",{"vendorId":"v","data":{{s_frames[6]}}}]
            -> [2,"3","DataTransfer",
            {
              "vendorId":"v",
              "data":{{s_frames[6]}}
            }]
            """
        );
        Assert.Equal((0, (3, 3, 0), (3, 3, 0)), (result.ExitCode, result.Row("DataTransfer"), result.Row("total")));
    }

    [Theory]
    [InlineData("{\"frame\":[2,\"1\",\"Heartbeat\",{\"x\":")]
    [InlineData("{\"message\":\"[2,\\\"1\\\",\\\"Heartbeat\\\",{\\\"x\\\":\"")]
    [InlineData("{\"message\":\"[2,\\\"1\\\",\\\"Heartbeat\\\",{\\\"x\\\":\"}")]
    public async Task A_frame_that_is_cut_off_in_JSON_Lines_is_a_violation_and_the_next_frame_is_read(string line)
    {
        foreach (
            string next in (string[])
                [
                    s_forms["an array in JSON Lines"](s_frames[4]),
                    s_forms["a text in JSON Lines"](s_frames[4]),
                    s_frames[4],
                ]
        )
        {
            CommandResult result = await CommandResult.CheckAsync($"{line}\n{next}\n");
            Assert.Equal(
                [
                    "-:1: request \"1\": FormatViolation: The closing bracket of the message is missing or is "
                        + "followed by more data.",
                ],
                result.Violations
            );
            Assert.Equal((1, 1, 0), result.Row("Heartbeat"));
        }
    }

    [Theory]
    [InlineData("[\n  2,\n  \"1\",\n  \"SignCertificate\",\n  {\n    \"csr\": \"c\",\n  }\n]")]
    [InlineData("-> [2,\"1\",\"SignCertificate\",\n{\n\"csr\": \"c\"\n\"certificateType\": \"V2GCertificate\"\n}] ok")]
    public async Task A_frame_over_several_lines_that_is_no_JSON_is_one_violation(string frame)
    {
        CommandResult result = await CommandResult.CheckAsync($"{frame}\n{s_frames[4]}\n");
        string violation = Assert.Single(result.Violations);
        Assert.StartsWith(
            "-:1: SignCertificate request \"1\": FormatViolation: The payload: invalid JSON at byte ",
            violation,
            StringComparison.Ordinal
        );
        Assert.Equal((2, 1, 1), result.Row("total"));
        Assert.EndsWith("skipped lines: 0\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("values: [\n10:00 started")]
    [InlineData("values: [\n\n  2")]
    [InlineData("values: [\n  2,\n  7\n]")]
    [InlineData("values: [\n  2,\n  10:00")]
    public async Task What_begins_as_a_frame_over_several_lines_and_is_none_is_skipped(string text)
    {
        CommandResult result = await CommandResult.CheckAsync($"{text}\n10:01 {s_frames[4]} [\n");
        Assert.Equal((0, (1, 1, 0)), (result.ExitCode, result.Row("total")));
        Assert.EndsWith($"skipped lines: {text.Split('\n').Length}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_may_end_on_the_line_on_which_the_next_begins()
    {
        CommandResult result = await CommandResult.CheckAsync(
            "-> [\n2,\"1\",\"Heartbeat\",{}] <- [\n3,\"1\",{\"currentTime\":\"now\"}] [2,\"2\",\"Heartbeat\",{}]\n"
        );
        Assert.Equal(
            [
                "-:2: Heartbeat response \"1\": TypeConstraintViolation: /currentTime: must be an RFC 3339 date and "
                    + "time. [DateTime]",
            ],
            result.Violations
        );
        Assert.Equal((3, 2, 1), result.Row("Heartbeat"));
    }

    [Theory]
    [InlineData("[2,\"")]
    [InlineData("[2,\\\"")]
    [InlineData("[")]
    [InlineData("[\n")]
    [InlineData("[2,\"\",\n")]
    [InlineData("[2,\"1\",\"Heartbeat\",{\"a\":\n\n")]
    [InlineData("\\")]
    [InlineData("[2,\\\\\\\\\\\\\\\\")]
    [InlineData("[\e[")]
    [InlineData("\u001b")]
    public async Task Any_repetition_is_read_in_linear_time(string part)
    {
        string log = string.Concat(Enumerable.Repeat(part, 50_000));
        CommandResult result = await CommandResult.CheckAsync(log).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.NotEqual(0, result.ExitCode);
    }

    private static string Indented(string frame)
    {
        using var document = JsonDocument.Parse(frame);
        return JsonSerializer.Serialize(document, s_indented);
    }

    /// <summary>The frame as a JSON text, with as few escapes as can be.</summary>
    private static string Quoted(string frame) => JsonSerializer.Serialize(frame, s_relaxed);

    /// <summary>As <c>jq -C</c> does, roughly: a colour before and behind each bracket.</summary>
    private static string Coloured(string frame)
    {
        var coloured = new StringBuilder();
        bool isInText = false;
        for (int i = 0; i < frame.Length; i++)
        {
            bool isQuote = frame[i] == '"' && frame[i - 1] != '\\';
            isInText ^= isQuote;
            coloured.Append(
                !isInText && !isQuote && "[]{},".Contains(frame[i], StringComparison.Ordinal)
                    ? $"\e[1;39m{frame[i]}\e[0m"
                    : frame[i]
            );
        }

        return coloured.ToString();
    }
}
