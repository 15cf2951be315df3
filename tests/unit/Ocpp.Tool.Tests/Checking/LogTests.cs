using System.Text;
using Xunit;

namespace Ocpp.Tool.Tests.Checking;

/// <summary><c>ocpp check</c> over logs, with its text report.</summary>
public sealed class LogTests
{
    private const string LongCsr = "has 5501 characters; the maximum is 5500";

    private static string Csr(int length) => new('c', length);

    [Fact]
    public async Task A_valid_log_is_counted_by_action()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            2026-11-23T10:00:00Z CP-1 connected
            2026-11-23T10:00:00Z CP-1 -> [2,"1","Heartbeat",{}]
            2026-11-23T10:00:01Z CP-1 <- [3,"1",{"currentTime":"2026-11-23T10:00:01Z"}]
            [INFO] CP-1 -> [2,"2","SignCertificate",{"csr":"c"}]
            [INFO] CP-1 <- [4,"2","InternalError","",{}]

            """
        );

        Assert.Equal(
            """
                                 frames       valid     invalid
            Heartbeat                 2           2           0
            SignCertificate           2           2           0
            total                     4           4           0
            protocol: ocpp2.0.1 by default (4 frames)
            protocol not certain: frames fit ocpp1.6, ocpp2.0.1, ocpp2.1; choose one with --protocol
            violations: 0; skipped lines: 1

            """,
            result.Output
        );
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Each_violation_is_named_with_its_line_message_error_code_place_limit_and_rule()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $$$"""
            [2,"1","SignCertificate",{"csr":"{{{Csr(5501)}}}","certificateType":"Foo"}]
            CP-1 <- [3,"1",{"status":"Accepted","statusInfo":{"reasonCode":"{{{Csr(21)}}}","x":1}}]
            """
        );

        Assert.Equal(
            [
                $"-:1: SignCertificate request \"1\": PropertyConstraintViolation: /csr: {LongCsr}. [MaxLength]",
                "-:1: SignCertificate request \"1\": TypeConstraintViolation: /certificateType: value is not defined "
                    + "in the enumeration. [Enum]",
                "-:2: SignCertificate response \"1\": PropertyConstraintViolation: /statusInfo/reasonCode: has 21 "
                    + "characters; the maximum is 20. [MaxLength]",
                "-:2: SignCertificate response \"1\": ProtocolError: /statusInfo/x: unknown property. "
                    + "[UnknownProperty]",
            ],
            result.Violations
        );
        Assert.Equal((1, (2, 0, 2)), (result.ExitCode, result.Row("SignCertificate")));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData(" \t\r\n")]
    public async Task Line_ends_of_every_kind_and_a_byte_order_mark_are_no_part_of_a_frame(string lineEnd)
    {
        byte[] log =
        [
            0xEF,
            0xBB,
            0xBF,
            .. Encoding.UTF8.GetBytes($"[2,\"1\",\"Heartbeat\",{{}}]{lineEnd}[2,\"2\",\"Heartbeat\",{{}}]{lineEnd}"),
        ];
        CommandResult result = await CommandResult.CheckAsync(log);
        Assert.Equal((0, (2, 2, 0)), (result.ExitCode, result.Row("Heartbeat")));
        Assert.EndsWith("skipped lines: 0\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_ends_at_its_bracket()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [2,"1","Heartbeat",{}] (12 ms)
            [2,"2","Heartbeat",{}] [ok]
            '[2,"3","SignCertificate",{"csr":"]}\\\"]"}]',
            [2,"4","Heartbeat",{"x":[]}]]
            [2,"5","Heartbeat",{},{}] ]
            """
        );
        Assert.Equal(
            [
                "-:4: Heartbeat request \"4\": ProtocolError: /x: unknown property. [UnknownProperty]",
                "-:5: Heartbeat request \"5\": FormatViolation: The payload: invalid JSON at byte 2. [MalformedJson]",
            ],
            result.Violations
        );
        Assert.Equal(((4, 2, 2), (1, 1, 0)), (result.Row("Heartbeat"), result.Row("SignCertificate")));
    }

    [Fact]
    public async Task CALLs_that_cross_are_answered_in_any_order()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            -> [2,"a","Heartbeat",{}]
            <- [2,"b","SignCertificate",{"csr":"c"}]
            -> [3,"b",{"status":"Accepted"}]
            <- [3,"a",{"currentTime":"2026-11-23T10:00:01Z"}]
            """
        );
        Assert.Equal(
            (0, (2, 2, 0), (2, 2, 0)),
            (result.ExitCode, result.Row("Heartbeat"), result.Row("SignCertificate"))
        );
    }

    [Fact]
    public async Task An_answer_belongs_to_the_latest_CALL_of_its_id()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            CP-1 [2,"1","Heartbeat",{}]
            CP-2 [2,"1","SignCertificate",{"csr":"c"}]
            CP-2 [3,"1",{"status":"Accepted"}]
            CP-1 [3,"1",{"currentTime":"2026-11-23T10:00:01Z"}]
            """
        );
        Assert.Equal(
            (0, (1, 1, 0), (2, 2, 0), (1, 1, 0)),
            (result.ExitCode, result.Row("Heartbeat"), result.Row("SignCertificate"), result.Row("(unmatched answer)"))
        );
    }

    [Theory]
    [InlineData("""(CS-\d+)""")]
    [InlineData("""(?<station>CS-\d+)""")]
    public async Task With_a_pattern_an_answer_belongs_to_the_CALL_of_its_station(string pattern)
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            CS-1 [2,"1","Heartbeat",{}]
            CS-2 [2,"1","SignCertificate",{"csr":"c"}]
            {"message":"[2,\"1\",\"Reset\",{\"type\":\"Now\"}]","station":"CS-3"}
            CS-4 [
              2, "1", "LogStatusNotification", {"status":"Uploaded","requestId":1,"x":"CS-1"}
            ]
            CS-1 -> [3,"1",{"currentTime":"2026-11-23T10:00:01Z"}] CS-9
            CS-4 -> [3,"1",{}] and [9,"1","Nothing",{}]
            [3,"1",{"status":"Accepted"}] to CS-2
            {"message":"[3,\"1\",{\"status\":\"Accepted\"}]","station":"CS-3"}
            [3,"1",{"station":"CS-1"}]
            """,
            "--station",
            pattern
        );
        Assert.Equal(
            [
                "-:3: CS-3: Reset request \"1\": TypeConstraintViolation: /type: value is not defined in the "
                    + "enumeration. [Enum]",
                "-:4: CS-4: LogStatusNotification request \"1\": ProtocolError: /x: unknown property. "
                    + "[UnknownProperty]",
                "-:8: CS-4: frame \"1\": MessageTypeNotSupported: Unknown message type number.",
            ],
            result.Violations
        );
        Assert.Equal(
            ((2, 2, 0), (2, 2, 0), (2, 1, 1), (2, 1, 1), (1, 1, 0)),
            (
                result.Row("Heartbeat"),
                result.Row("SignCertificate"),
                result.Row("Reset"),
                result.Row("LogStatusNotification"),
                result.Row("(unmatched answer)")
            )
        );
    }

    [Fact]
    public async Task An_answer_without_its_CALL_is_counted_and_is_no_violation()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [3,"1",{"anything":[{}]}]
            [4,"2","GenericError","",{}]
            """
        );
        Assert.Equal((0, (2, 2, 0)), (result.ExitCode, result.Row("(unmatched answer)")));
        Assert.Empty(result.Violations);
    }

    [Fact]
    public async Task An_answer_without_its_CALL_is_a_JSON_object_all_the_same()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [3,"1",{"a":}]
            [3,"2",[]]
            [3,"3",{},{}]
            [3,"4",]
            [3,"5",{}
            """
        );
        Assert.Equal(
            [
                "-:1: response \"1\": FormatViolation: The payload: invalid JSON at byte 5. [MalformedJson]",
                "-:2: response \"2\": FormatViolation: The payload: must be a JSON object. [PayloadNotObject]",
                "-:3: response \"3\": FormatViolation: The payload: invalid JSON at byte 2. [MalformedJson]",
                "-:4: response \"4\": FormatViolation: The payload: invalid JSON at byte 0. [MalformedJson]",
                "-:5: response \"5\": FormatViolation: The closing bracket of the message is missing or is followed "
                    + "by more data.",
            ],
            result.Violations
        );
        Assert.Equal(
            (1, (4, 0, 4), (1, 0, 1)),
            (result.ExitCode, result.Row("(unmatched answer)"), result.Row("(unreadable frame)"))
        );
    }

    [Fact]
    public async Task A_message_type_or_action_that_is_unknown_is_named_and_its_answer_is_known()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [2,"1","Heartbreak",{}]
            [4,"1","NotImplemented","",{}]
            [9,"2","Heartbeat",{}]
            [4,"2","MessageTypeNotSupported","",{}]
            [2,7,"Heartbeat",{}]
            [4,"-1","RpcFrameworkError","",{}]
            """
        );
        Assert.Equal(
            [
                "-:1: Heartbreak request \"1\": NotImplemented: Unknown action. [UnknownAction]",
                "-:3: frame \"2\": MessageTypeNotSupported: Unknown message type number.",
                "-:5: request: RpcFrameworkError: The message id is missing, is not a string, or has more than 36 "
                    + "characters.",
            ],
            result.Violations
        );
        Assert.Equal((4, 3, 1), result.Row("(unknown action)"));
        Assert.Equal((2, 0, 2), result.Row("(unreadable frame)"));
        Assert.Equal((0, 0, 0), result.Row("(unmatched answer)"));
    }

    [Fact]
    public async Task An_error_has_one_of_the_twelve_codes_and_a_description_within_its_limit()
    {
        string log = $$"""
            [2,"1","Heartbeat",{}]
            [4,"1","OutOfCoffee","{{Csr(256)}}",{}]
            """;
        CommandResult strict = await CommandResult.CheckAsync(log);
        Assert.Equal(
            [
                "-:2: Heartbeat error \"1\": TypeConstraintViolation: /errorCode: value is not defined in the "
                    + "enumeration. [Enum]",
                "-:2: Heartbeat error \"1\": PropertyConstraintViolation: /errorDescription: has 256 characters; the "
                    + "maximum is 255. [MaxLength]",
            ],
            strict.Violations
        );

        CommandResult lenient = await CommandResult.CheckAsync(log, "--lenient");
        Assert.Equal(strict.Violations[..1], lenient.Violations);
    }

    [Theory]
    [InlineData("FormationViolation")]
    [InlineData("OccurenceConstraintViolation")]
    public async Task An_error_code_of_OCPP_1_6_is_none_of_the_twelve_and_is_accepted_when_lenient(string code)
    {
        string log = $"[2,\"1\",\"Heartbeat\",{{}}]\n[4,\"1\",\"{code}\",\"\",{{}}]\n";
        CommandResult strict = await CommandResult.CheckAsync(log, "--protocol", "ocpp2.0.1");
        Assert.Equal(
            [
                "-:2: Heartbeat error \"1\": TypeConstraintViolation: /errorCode: value is not defined in the "
                    + "enumeration. [Enum]",
            ],
            strict.Violations
        );

        CommandResult lenient = await CommandResult.CheckAsync(log, "--lenient");
        Assert.Equal((0, (2, 2, 0)), (lenient.ExitCode, lenient.Row("Heartbeat")));
    }

    [Theory]
    [InlineData("ocpp1.5")]
    [InlineData("ocpp2.2")]
    [InlineData("")]
    public async Task A_protocol_that_is_unknown_is_named_with_those_that_are_known(string name)
    {
        CommandResult result = await CommandResult.CheckAsync(
            "[2,\"1\",\"Heartbeat\",{}]",
            "--protocol",
            name,
            "--type",
            "HeartbeatRequest"
        );
        Assert.Equal(
            (2, "--protocol must be one of ocpp2.0.1, ocpp2.1, ocpp1.6."),
            (result.ExitCode, result.Error.TrimEnd())
        );
    }

    [Fact]
    public async Task A_log_is_checked_against_the_version_that_is_asked_for()
    {
        const string Log = """
            [2,"1","SignCertificate",{"csr":"pem","requestId":7}]
            [6,"2","NotifyPeriodicEventStream",{"data":[{"t":0,"v":"1"}],"id":1,"pending":0,"basetime":"2026-01-31T12:00:00Z"}]
            """;

        CommandResult older = await CommandResult.CheckAsync(Log, "--protocol", "ocpp2.0.1");
        CommandResult newer = await CommandResult.CheckAsync(Log, "--protocol", "ocpp2.1");

        Assert.Equal(
            [
                "-:1: SignCertificate request \"1\": ProtocolError: /requestId: unknown property. [UnknownProperty]",
                "-:2: message \"2\": MessageTypeNotSupported: The protocol does not support this message type.",
            ],
            older.Violations
        );
        Assert.Empty(newer.Violations);
        Assert.Equal(
            (0, (1, 1, 0), (1, 1, 0)),
            (newer.ExitCode, newer.Row("SignCertificate"), newer.Row("NotifyPeriodicEventStream"))
        );
    }

    [Fact]
    public async Task A_message_that_nothing_answers_is_checked_in_a_SEND_and_unknown_in_a_CALL()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [6,"1","NotifyPeriodicEventStream",{"data":[],"id":1,"pending":0,"basetime":"2026-01-31T12:00:00Z"}]
            [6,"2","Heartbeat",{}]
            [2,"3","NotifyPeriodicEventStream",{}]
            [3,"1",{}]
            """,
            "--protocol",
            "ocpp2.1"
        );

        Assert.Equal(
            [
                "-:1: NotifyPeriodicEventStream message \"1\": OccurrenceConstraintViolation: /data: has 0 items; the "
                    + "minimum is 1. [MinItems]",
                "-:2: Heartbeat message \"2\": NotImplemented: Unknown action. [UnknownAction]",
                "-:3: NotifyPeriodicEventStream request \"3\": NotImplemented: Unknown action. [UnknownAction]",
            ],
            result.Violations
        );
        Assert.Equal((1, 1, 0), result.Row("(unmatched answer)"));
    }

    [Fact]
    public async Task A_message_out_of_form_that_2_1_never_answers_waits_for_no_answer()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [6,"1","NotifyPeriodicEventStream"]
            [3,"1",{}]
            [5,"2"]
            [3,"2",{}]
            [2,"3"]
            [4,"3","FormatViolation","",{}]
            """,
            "--protocol",
            "ocpp2.1"
        );

        Assert.Equal((2, 2, 0), result.Row("(unmatched answer)"));
    }

    [Theory]
    [InlineData("NotifyPeriodicEventStream", 0)]
    [InlineData("NotifyPeriodicEventStreamRequest", 2)]
    [InlineData("NotifyPeriodicEventStreamResponse", 2)]
    [InlineData("Heartbeat", 2)]
    public async Task A_payload_of_a_message_that_nothing_answers_is_named_as_it_is(string type, int exitCode)
    {
        CommandResult result = await CommandResult.CheckAsync(
            """{"data":[{"t":0,"v":"1"}],"id":1,"pending":0,"basetime":"2026-01-31T12:00:00Z"}""",
            "--protocol",
            "ocpp2.1",
            "--type",
            type
        );

        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public async Task Lenient_accepts_what_leaves_each_required_value()
    {
        string log = $$"""
            [2,"1","SignCertificate",{"csr":"{{Csr(5501)}}","certificateType":null,"x":1}]
            [2,"2","SignCertificate",{"csr":null}]
            """;
        CommandResult result = await CommandResult.CheckAsync(log, "--lenient", "--max-violations", "1");
        Assert.Equal(
            [
                "-:2: SignCertificate request \"2\": TypeConstraintViolation: /csr: must not be null; omit the "
                    + "property instead. [Null]",
            ],
            result.Violations
        );
        Assert.Equal((2, 1, 1), result.Row("SignCertificate"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(150)]
    public async Task Violations_of_one_message_are_cut_at_the_number_asked_for(int max)
    {
        string properties = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"x{i}\":1"));
        CommandResult result = await CommandResult.CheckAsync(
            $"[2,\"1\",\"Heartbeat\",{{{properties}}}]\n",
            "--max-violations",
            max.ToString(provider: null)
        );
        Assert.Equal((max, 1), (result.Violations.Length, result.ExitCode));
    }

    [Fact]
    public async Task Without_a_number_a_hundred_violations_of_one_message_are_listed()
    {
        string properties = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"x{i}\":1"));
        Assert.Equal(
            100,
            (await CommandResult.CheckAsync($"[2,\"1\",\"Heartbeat\",{{{properties}}}]\n")).Violations.Length
        );
    }

    [Fact]
    public async Task A_frame_may_be_written_over_several_lines()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [
              2,
              "1",
              "SignCertificate",
              {
                "csr": "[ { \" \\",
                "x": []
              }
            ]
            [2, "2", "Heartbeat", {
            }]
            """
        );
        Assert.Equal(
            ["-:1: SignCertificate request \"1\": ProtocolError: /x: unknown property. [UnknownProperty]"],
            result.Violations
        );
        Assert.Equal(((1, 0, 1), (1, 1, 0)), (result.Row("SignCertificate"), result.Row("Heartbeat")));
        Assert.EndsWith("skipped lines: 0\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[2,\"1\",\"SignCertificate\",{\"csr\":\"c")]
    [InlineData("[2,\"1\",\"SignCertificate\",{\"csr\":\"c\"}")]
    [InlineData("[2,\"1\",\"SignCertificate\",{\"csr\":")]
    [InlineData("[2,\"1\",\"SignCertificate\",")]
    [InlineData("10:00 CP-1 [2,\"1\",\"SignCertificate\",{\"csr\":\"c")]
    [InlineData("[2,\"1\",\"SignCertificate\",{\"csr\":\"c\"}\n10:00 CP-1 started")]
    public async Task A_frame_that_is_cut_off_is_a_violation_and_the_next_frame_is_read(string frame)
    {
        CommandResult result = await CommandResult.CheckAsync($"{frame}\n10:01 [2,\"2\",\"Heartbeat\",{{}}]\n");
        Assert.Equal(
            [
                "-:1: request \"1\": FormatViolation: The closing bracket of the message is missing or is followed by "
                    + "more data.",
            ],
            result.Violations
        );
        Assert.Equal((1, (1, 1, 0)), (result.ExitCode, result.Row("Heartbeat")));

        CommandResult last = await CommandResult.CheckAsync(frame);
        Assert.Equal(result.Violations, last.Violations);
    }

    [Fact]
    public async Task Brackets_of_other_log_lines_are_skipped()
    {
        CommandResult result = await CommandResult.CheckAsync(
            """
            [
              "a list of something",
              2
            ]
            [ 1 ]
            [
            """
        );
        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith("violations: 0; skipped lines: 6\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_from_the_wire_can_steer_the_terminal_or_fill_it()
    {
        CommandResult result = await CommandResult.CheckAsync(
            $"[2,\"\\u001b[31m\\u202e\\r\",\"\\u0007{new string('A', 1_000)}\",{{}}]\n[2,\"2\",\"Heartbeat\",{{\"\\u001b[2J\":1}}]\n"
        );
        Assert.Equal(
            [
                $"-:1: \\u0007{new string('A', 63)} request \"\\u001B[31m\\u202E\\u000D\": NotImplemented: Unknown "
                    + $"action. [UnknownAction]",
                "-:2: Heartbeat request \"2\": ProtocolError: /\\u001B[2J: unknown property. [UnknownProperty]",
            ],
            result.Violations
        );
    }

    [Fact]
    public async Task No_value_of_a_payload_is_printed()
    {
        const string Secret = "S3CRET";
        string log = $$$"""
            [2,"1","SignCertificate",{"csr":{"{{{Secret}}}":1},"certificateType":"{{{Secret}}}"}]
            [2,"2","SignCertificate",{"csr":"{{{Secret}}}
            [2,"3","BootNotification",{"reason":"{{{Secret}}}","chargingStation":{"model":"{{{Secret}}}0123456789012345678901234567890","vendorName":7}}]
            [3,"3",{"currentTime":"{{{Secret}}}","interval":"{{{Secret}}}","status":"{{{Secret}}}"}]
            [3,"9",{"{{{Secret}}}":"{{{Secret}}}"
            [4,"1","{{{Secret}}}","{{{Secret}}}",{"{{{Secret}}}":"{{{Secret}}}"}]
            """;
        foreach (
            string[] args in (string[][])
                [
                    [],
                    ["--json"],
                ]
        )
        {
            CommandResult result = await CommandResult.CheckAsync(log, args);
            Assert.Equal(1, result.ExitCode);
            Assert.DoesNotContain(Secret, result.Output + result.Error, StringComparison.Ordinal);
        }
    }
}
