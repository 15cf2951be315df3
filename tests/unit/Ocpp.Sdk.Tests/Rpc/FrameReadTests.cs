using System.Text;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.Validation;

namespace Ocpp.Tests.Rpc;

/// <summary>Frames of OCPP-J as they come in (OCPP 2.0.1 part 4, section 4, and the SEND of OCPP 2.1).</summary>
public sealed class FrameReadTests
{
    /// <summary>What is no rest of a CALL or SEND behind its message id.</summary>
    public static TheoryData<string> MalformedRests =>
        [
            "",
            "]",
            ",",
            ",]",
            ",\"A\"",
            ",\"A\"]",
            ",\"A\",",
            ",\"A\",{}",
            ",\"A\",{}}",
            ",\"A\";{}]",
            ",\"A\" {}]",
            ",{}]",
            ",null,{}]",
            ",1,{}]",
            ",[\"A\"],{}]",
            ",\"A",
            ",\"\\uD83D\",{}]",
            ",\"\0\",{}]",
            ",\"A\",{}]x",
        ];

    [Fact]
    public void A_CALL_has_an_id_an_action_and_a_payload() =>
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.Call, "19223201", "BootNotification", "{\"reason\":\"PowerUp\"}"),
            FrameSnapshot.Read("[2,\"19223201\",\"BootNotification\",{\"reason\":\"PowerUp\"}]", out _)
        );

    [Theory]
    [InlineData("""[3,"1",{}]""", null)]
    [InlineData("""[3,"1",{},1]""", "The message has 4 elements instead of 3.")]
    [InlineData("""[3,"1",{},{"a":[1]},"b"]""", "The message has 5 elements instead of 3.")]
    [InlineData("""[2,"1","A",{}]""", null)]
    [InlineData("""[2,"1","A",{},[],[]]""", "The message has 6 elements instead of 4.")]
    [InlineData("""[2,"1","A",{},1,}]""", null)]
    public void What_is_surplus_is_counted_where_it_is_JSON(string text, string? description)
    {
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(text), out OcppFrame frame, out _));

        Assert.Equal(description, frame.Surplus?.Description);
    }

    [Theory]
    [InlineData(OcppJsonReader.MaxDepth, true)]
    [InlineData(OcppJsonReader.MaxDepth + 1, false)]
    public void What_is_surplus_is_counted_behind_as_many_levels_as_a_payload_may_have(int levels, bool isCounted)
    {
        string payload = new string('[', levels) + new string(']', levels);
        byte[] text = Encoding.UTF8.GetBytes($"[2,\"1\",\"A\",{payload},1]");
        Assert.True(OcppFrame.TryRead(text, out OcppFrame frame, out _));

        Assert.Equal(isCounted, frame.Surplus is not null);
    }

    [Theory]
    [InlineData(",A")]
    [InlineData("A,")]
    [InlineData("")]
    public void An_action_may_have_any_characters(string action) =>
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.Call, "1", action, "{}"),
            FrameSnapshot.Read($"[2,\"1\",\"{action}\",{{}}]", out _)
        );

    [Fact]
    public void A_SEND_has_an_id_an_action_and_a_payload() =>
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.Send, "19223201", "Notice", "{\"text\":\"a\"}"),
            FrameSnapshot.Read("[6,\"19223201\",\"Notice\",{\"text\":\"a\"}]", out _)
        );

    [Fact]
    public void A_CALLRESULT_has_an_id_and_a_payload() =>
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.CallResult, "19223201", Payload: "{\"status\":\"Accepted\"}"),
            FrameSnapshot.Read("[3,\"19223201\",{\"status\":\"Accepted\"}]", out _)
        );

    [Fact]
    public void A_CALLERROR_has_an_id_a_code_a_description_and_details() =>
        Assert.Equal(
            new FrameSnapshot(
                OcppMessageType.CallError,
                "162376037",
                ErrorCode: OcppErrorCode.NotSupported,
                ErrorCodeName: "NotSupported",
                ErrorDescription: "Not here",
                ErrorDetails: "{\"a\":[1]}"
            ),
            FrameSnapshot.Read("[4,\"162376037\",\"NotSupported\",\"Not here\",{\"a\":[1]}]", out _)
        );

    [Fact]
    public void White_space_may_stand_anywhere()
    {
        const string Space = " \t\r\n";
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.Call, "1", "A", $"{Space}{{{Space}}}{Space}"),
            FrameSnapshot.Read(
                string.Join(Space, "", "[", "2", ",", "\"1\"", ",", "\"A\"", ",", "{", "}", "]", ""),
                out _
            )
        );
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.Send, "1", "A", $"{Space}{{{Space}}}{Space}"),
            FrameSnapshot.Read(
                string.Join(Space, "", "[", "6", ",", "\"1\"", ",", "\"A\"", ",", "{", "}", "]", ""),
                out _
            )
        );
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.CallResult, "1", Payload: $"{Space}{{{Space}}}{Space}"),
            FrameSnapshot.Read(string.Join(Space, "", "[", "3", ",", "\"1\"", ",", "{", "}", "]", ""), out _)
        );
        Assert.Equal(
            new FrameSnapshot(
                OcppMessageType.CallError,
                "1",
                "",
                "",
                OcppErrorCode.GenericError,
                "GenericError",
                "",
                $"{{{Space}}}"
            ),
            FrameSnapshot.Read(
                string.Join(
                    Space,
                    "",
                    "[",
                    "4",
                    ",",
                    "\"1\"",
                    ",",
                    "\"GenericError\"",
                    ",",
                    "\"\"",
                    ",",
                    "{",
                    "}",
                    "]",
                    ""
                ),
                out _
            )
        );
    }

    [Fact]
    public void Escapes_in_id_action_code_and_description_are_resolved()
    {
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.Call, "a\"b\\€😀", "Heartbeat", "{}"),
            FrameSnapshot.Read("[2,\"a\\\"b\\\\\\u20AC\\uD83D\\uDE00\",\"Heart\\u0062eat\",{}]", out _)
        );
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.Send, "1", "Notice", "{}"),
            FrameSnapshot.Read("[6,\"\\u0031\",\"N\\u006Ftice\",{}]", out _)
        );
        Assert.Equal(
            new FrameSnapshot(
                OcppMessageType.CallError,
                "1",
                "",
                "",
                OcppErrorCode.NotSupported,
                "NotSupported",
                "a\nb",
                "{}"
            ),
            FrameSnapshot.Read("[4,\"\\u0031\",\"Not\\u0053upported\",\"a\\nb\",{}]", out _)
        );
    }

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    [InlineData("\\n")]
    [InlineData("\\u0041")]
    [InlineData("\\uD83D\\uDE00")]
    public void A_message_id_has_at_most_36_code_points(string character)
    {
        string id = string.Concat(Enumerable.Repeat(character, 36));
        foreach ((string head, string tail, OcppMessageType type) in Shapes())
        {
            Assert.Equal(36, FrameSnapshot.Read($"{head}\"{id}\"{tail}", out _)!.MessageId.EnumerateRunes().Count());

            Assert.Null(FrameSnapshot.Read($"{head}\"{id}a\"{tail}", out OcppFrameError error));
            Assert.Equal(
                ("-1", type, OcppErrorCode.RpcFrameworkError),
                (error.MessageId, error.MessageType, error.ErrorCode)
            );
            Assert.Equal(type == OcppMessageType.Call, error.NeedsAnswer);
        }
    }

    [Fact]
    public void An_empty_message_id_is_one() =>
        Assert.Equal("", FrameSnapshot.Read("[2,\"\",\"A\",{}]", out _)!.MessageId);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[2")]
    [InlineData("[3")]
    [InlineData("{}")]
    [InlineData("2")]
    [InlineData("null")]
    [InlineData("hello")]
    [InlineData("[\"2\",\"1\",\"A\",{}]")]
    [InlineData("[null,\"1\",\"A\",{}]")]
    [InlineData("[[2],\"1\",\"A\",{}]")]
    [InlineData("[02,\"1\",\"A\",{}]")]
    [InlineData("[2a,\"1\",\"A\",{}]")]
    [InlineData("[,\"1\",\"A\",{}]")]
    [InlineData("\uFEFF[2,\"1\",\"A\",{}]")]
    [InlineData("[[2,\"1\",\"A\",{}]]")]
    public void Without_a_message_type_the_answer_goes_to_minus_one(string message)
    {
        Assert.Null(FrameSnapshot.Read(message, out OcppFrameError error));
        Assert.Equal(
            ("-1", null, OcppErrorCode.RpcFrameworkError),
            (error.MessageId, error.MessageType, error.ErrorCode)
        );
        Assert.True(error.NeedsAnswer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("]")]
    [InlineData(",")]
    [InlineData(",]")]
    [InlineData(",1,\"A\",{}]")]
    [InlineData(",null,\"A\",{}]")]
    [InlineData(",true,\"A\",{}]")]
    [InlineData(",{},\"A\",{}]")]
    [InlineData(",[\"1\"],\"A\",{}]")]
    [InlineData(",\"1")]
    [InlineData(",\"1\\")]
    [InlineData(",\"1\\u00")]
    [InlineData(",\"\u0001\",\"A\",{}]")]
    [InlineData(",\"\\x\",\"A\",{}]")]
    [InlineData(",\"\\uD83D\",\"A\",{}]")]
    [InlineData(" \"1\",\"A\",{}]")]
    [InlineData(":\"1\",\"A\",{}]")]
    public void Without_a_readable_message_id_the_answer_goes_to_minus_one(string rest)
    {
        foreach (int type in (int[])[2, 3, 4, 6, 9])
        {
            Assert.Null(FrameSnapshot.Read($"[{type} {rest}", out OcppFrameError error));
            OcppMessageType? known = type == 9 ? null : (OcppMessageType)type;
            Assert.Equal(
                ("-1", known, OcppErrorCode.RpcFrameworkError),
                (error.MessageId, error.MessageType, error.ErrorCode)
            );
            Assert.Equal(type is 2 or 9, error.NeedsAnswer);
        }
    }

    [Theory]
    [InlineData("[2,\"1\",7,{}]", "FormatViolation: The action is missing or is not a string.")]
    [InlineData("[2,\"1\",\"A\"]", "FormatViolation: The payload is missing.")]
    [InlineData(
        "[2,\"1\",\"A\",{}",
        "FormatViolation: The closing bracket of the message is missing or is followed by more data."
    )]
    [InlineData("[4,\"1\",7,\"\",{}]", "FormatViolation: The error code is missing or is not a string.")]
    [InlineData(
        "[4,\"1\",\"GenericError\",7,{}]",
        "FormatViolation: The error description is missing or is not a string."
    )]
    [InlineData(
        "[4,\"1\",\"GenericError\",\"\",7]",
        "FormatViolation: The error details are missing or are not an object."
    )]
    [InlineData(
        "[4,\"1\",\"GenericError\",\"\",{},7]",
        "FormatViolation: The error details are followed by more data."
    )]
    public void What_is_wrong_with_a_frame_is_told_in_words(string message, string expected)
    {
        Assert.Null(FrameSnapshot.Read(message, out OcppFrameError error));
        Assert.Equal(expected, error.ToString());
    }

    [Fact]
    public void A_message_id_that_is_no_UTF8_is_unreadable()
    {
        Assert.Null(FrameSnapshot.Read([.. "[2,\""u8, 0xFF, .. "\",\"A\",{}]"u8], out OcppFrameError error));
        Assert.Equal(("-1", OcppErrorCode.RpcFrameworkError), (error.MessageId, error.ErrorCode));
    }

    [Theory]
    [MemberData(nameof(MalformedRests))]
    public void A_CALL_that_is_malformed_behind_its_id_is_answered_with_it(string rest)
    {
        Assert.Null(FrameSnapshot.Read($"[2,\"id-7\"{rest}", out OcppFrameError error));
        Assert.Equal(
            ("id-7", OcppMessageType.Call, OcppErrorCode.FormatViolation),
            (error.MessageId, error.MessageType!.Value, error.ErrorCode)
        );
        Assert.True(error.NeedsAnswer);
    }

    [Theory]
    [MemberData(nameof(MalformedRests))]
    public void A_SEND_that_is_malformed_behind_its_id_is_never_answered(string rest)
    {
        Assert.Null(FrameSnapshot.Read($"[6,\"id-7\"{rest}", out OcppFrameError error));
        Assert.Equal(
            ("id-7", OcppMessageType.Send, OcppErrorCode.FormatViolation),
            (error.MessageId, error.MessageType!.Value, error.ErrorCode)
        );
        Assert.False(error.NeedsAnswer);
        var exception = Assert.Throws<ArgumentException>(
            "error",
            () => OcppFrame.WriteCallError(new System.Buffers.ArrayBufferWriter<byte>(), error)
        );
        Assert.StartsWith(
            "A CALLRESULT, CALLERROR or SEND has no response.",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(",\"A\",]")]
    [InlineData(",\"A\",{},{}]")]
    [InlineData(",\"A\",{}]]")]
    [InlineData(",\"A\",{}] []")]
    [InlineData(",\"A\",{},]")]
    [InlineData(",\"A\",{]")]
    [InlineData(",\"A\",\"A\",{}]")]
    [InlineData(",\"A\",nul]")]
    public void A_CALL_whose_payload_is_malformed_or_one_of_several_fails_as_it_is_read(string rest)
    {
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes($"[2,\"id-7\"{rest}"), out OcppFrame frame, out _));
        Assert.Equal("id-7", frame.MessageId);
        Assert.False(
            OcppJson.TryParse(frame.Payload, out V201.SecurityEventNotificationResponse? _, out OcppViolation violation)
        );
        Assert.Equal(OcppErrorCode.FormatViolation, violation.ErrorCode);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"{}\"")]
    [InlineData("7")]
    public void A_payload_that_is_no_object_is_a_format_violation(string payload)
    {
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes($"[3,\"1\",{payload}]"), out OcppFrame frame, out _));
        Assert.False(
            OcppJson.TryParse(frame.Payload, out V201.SecurityEventNotificationResponse? _, out OcppViolation violation)
        );
        Assert.Equal(new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.PayloadNotObject, ""), violation);
    }

    [Theory]
    [InlineData("[3,\"1\"]")]
    [InlineData("[3,\"1\",{}")]
    [InlineData("[3,\"1\" {}]")]
    [InlineData("[4,\"1\"]")]
    [InlineData("[4,\"1\",\"GenericError\"]")]
    [InlineData("[4,\"1\",\"GenericError\",\"\"]")]
    [InlineData("[4,\"1\",\"GenericError\",\"\",{}")]
    [InlineData("[4,\"1\",\"GenericError\",\"\",{}]]")]
    [InlineData("[4,\"1\",\"GenericError\",\"\",{},{}]")]
    [InlineData("[4,\"1\",\"GenericError\",\"\",{}],")]
    [InlineData("[4,\"1\",\"GenericError\",\"\",[]]")]
    [InlineData("[4,\"1\",\"GenericError\",\"\",null]")]
    [InlineData("[4,\"1\",\"GenericError\",\"\",{\"a\"}]")]
    [InlineData("[4,\"1\",\"GenericError\",null,{}]")]
    [InlineData("[4,\"1\",\"GenericError\",{}]")]
    [InlineData("[4,\"1\",7,\"\",{}]")]
    [InlineData("[4,\"1\",\"GenericError\",\"\\uDE00\",{}]")]
    public void An_invalid_CALLRESULT_or_CALLERROR_is_never_answered(string message)
    {
        Assert.Null(FrameSnapshot.Read(message, out OcppFrameError error));
        Assert.Equal(("1", (OcppMessageType)(message[1] - '0')), (error.MessageId, error.MessageType!.Value));
        Assert.False(error.NeedsAnswer);
        Assert.Throws<ArgumentException>(
            "error",
            () => OcppFrame.WriteCallError(new System.Buffers.ArrayBufferWriter<byte>(), error)
        );
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("7")]
    [InlineData("10")]
    [InlineData("26")]
    [InlineData("60")]
    [InlineData("999999999")]
    public void An_unknown_message_type_is_answered_with_its_id(string type)
    {
        foreach (string rest in (string[])[",\"A\",{}]", "]", ",{}]", ",,,", ""])
        {
            Assert.Null(FrameSnapshot.Read($"[{type},\"id-7\"{rest}", out OcppFrameError error));
            Assert.Equal(
                ("id-7", null, OcppErrorCode.MessageTypeNotSupported),
                (error.MessageId, error.MessageType, error.ErrorCode)
            );
            Assert.True(error.NeedsAnswer);
        }
    }

    [Theory]
    [InlineData("FormationViolation", OcppErrorCode.FormatViolation)]
    [InlineData("OccurenceConstraintViolation", OcppErrorCode.OccurrenceConstraintViolation)]
    public void The_spellings_of_OCPP_1_6_are_understood(string name, OcppErrorCode code)
    {
        FrameSnapshot? frame = FrameSnapshot.Read($"[4,\"1\",\"{name}\",\"\",{{}}]", out _);
        Assert.Equal((code, name), (frame!.ErrorCode, frame.ErrorCodeName));
    }

    [Theory]
    [InlineData("VendorError")]
    [InlineData("genericerror")]
    [InlineData("")]
    [InlineData("Formatviolation")]
    [InlineData("0")]
    public void An_unknown_error_code_is_generic_and_its_name_is_kept(string name)
    {
        FrameSnapshot? frame = FrameSnapshot.Read($"[4,\"1\",\"{name}\",\"\",{{}}]", out _);
        Assert.Equal((OcppErrorCode.GenericError, name), (frame!.ErrorCode, frame.ErrorCodeName));
    }

    [Fact]
    public void A_description_longer_than_255_is_read_all_the_same()
    {
        string description = new('d', 1_000);
        Assert.Equal(
            description,
            FrameSnapshot.Read($"[4,\"1\",\"GenericError\",\"{description}\",{{}}]", out _)!.ErrorDescription
        );
    }

    [Fact]
    public void Nothing_of_the_message_but_its_id_is_in_an_error()
    {
        const string Secret = "S3CRET";
        foreach (
            string message in (string[])
                [
                    $"{Secret}",
                    $"[{Secret}",
                    $"[2,{Secret}",
                    $"[2,\"{Secret}{new string('x', 36)}\",\"A\",{{}}]",
                    $"[2,\"1\",{Secret}]",
                    $"[2,\"1\",\"{Secret}\"]",
                    $"[2,\"1\",\"{Secret}\",{{\"{Secret}\":\"{Secret}\"}}",
                    $"[3,\"1\",\"{Secret}\"",
                    $"[4,\"1\",\"{Secret}\"]",
                    $"[4,\"1\",\"{Secret}\",\"{Secret}\",\"{Secret}\"]",
                    $"[9,\"1\",\"{Secret}\"]",
                ]
        )
        {
            Assert.Null(FrameSnapshot.Read(message, out OcppFrameError error));
            Assert.DoesNotContain(Secret, $"{error} {error.MessageId} {error.Description}", StringComparison.Ordinal);
            Assert.NotEmpty(error.Description);
            Assert.InRange(error.Description.Length, 1, OcppFrame.MaxErrorDescriptionLength);
        }
    }

    private static IEnumerable<(string Head, string Tail, OcppMessageType Type)> Shapes() =>
        [
            ("[2,", ",\"A\",{}]", OcppMessageType.Call),
            ("[3,", ",{}]", OcppMessageType.CallResult),
            ("[4,", ",\"GenericError\",\"\",{}]", OcppMessageType.CallError),
            ("[5,", ",\"GenericError\",\"\",{}]", OcppMessageType.CallResultError),
            ("[6,", ",\"A\",{}]", OcppMessageType.Send),
        ];
}
