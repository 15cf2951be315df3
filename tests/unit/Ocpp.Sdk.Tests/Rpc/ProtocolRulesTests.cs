using System.Buffers;
using System.Text;
using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.Tests.Rpc;

/// <summary>What a version does around the payloads, as data.</summary>
public sealed class ProtocolRulesTests
{
    private static readonly OcppMessageType[] s_three =
    [
        OcppMessageType.Call,
        OcppMessageType.CallResult,
        OcppMessageType.CallError,
    ];

    [Fact]
    public void OCPP_1_6_has_three_message_types_and_no_answer_to_what_has_no_readable_id()
    {
        OcppProtocolRules rules = OcppProtocolRules.Of("ocpp1.6");

        Assert.Equal(s_three, rules.MessageTypes);
        Assert.False(rules.AnswersUnreadableIds);
        Assert.False(rules.IgnoresUnknownMessageTypes);
        Assert.False(rules.HasSignedMessages);
        Assert.Equal(OcppMessageIdScope.Connection, rules.MessageIdScope);
    }

    [Fact]
    public void OCPP_2_0_1_has_the_default_rules()
    {
        Assert.Same(OcppProtocolRules.Default, Ocpp201Protocol.Instance.Rules);
        Assert.Same(OcppProtocolRules.Default, OcppProtocolRules.Of("ocpp2.0.1"));
        Assert.Equal(s_three, OcppProtocolRules.Default.MessageTypes);
        Assert.True(OcppProtocolRules.Default.AnswersUnreadableIds);
        Assert.True(OcppProtocolRules.Default.HasSignedMessages);
        Assert.Equal(
            (true, true),
            (new OcppProtocolRules().HasSignedMessages, new OcppProtocolRules().AnswersUnreadableIds)
        );
        Assert.False(OcppProtocolRules.Default.IgnoresUnknownMessageTypes);
        Assert.Equal(OcppMessageIdScope.Connection, OcppProtocolRules.Default.MessageIdScope);
    }

    [Fact]
    public void OCPP_2_1_has_five_message_types_ignores_others_and_never_repeats_a_message_id()
    {
        OcppProtocolRules rules = OcppProtocolRules.Of("ocpp2.1");

        Assert.Equal(Enum.GetValues<OcppMessageType>(), rules.MessageTypes);
        Assert.True(rules.AnswersUnreadableIds);
        Assert.True(rules.IgnoresUnknownMessageTypes);
        Assert.True(rules.HasSignedMessages);
        Assert.Equal(OcppMessageIdScope.Station, rules.MessageIdScope);
    }

    [Theory]
    [InlineData("ocpp2.0.1", """[6,"1","Notice",{}]""", "1", OcppMessageType.Send)]
    [InlineData("ocpp2.0.1", """[6,"1"]""", "1", OcppMessageType.Send)]
    [InlineData("ocpp1.6", """[5,"1","GenericError","",{}]""", "1", OcppMessageType.CallResultError)]
    [InlineData("ocpp1.6", """[5,"1","GenericError"]""", "1", OcppMessageType.CallResultError)]
    [InlineData("ocpp2.1", """[9,"1"]""", "1", null)]
    public void A_message_of_a_type_that_the_protocol_does_not_have_is_no_frame(
        string subprotocol,
        string message,
        string messageId,
        OcppMessageType? type
    )
    {
        Assert.False(TryReadFrame(subprotocol, message, out OcppFrameError error));
        if (type is not null)
        {
            Assert.Equal("The protocol does not support this message type.", error.Description);
        }

        Assert.Equal(
            (messageId, type, OcppErrorCode.MessageTypeNotSupported, true, true, null),
            (
                error.MessageId,
                error.MessageType,
                error.ErrorCode,
                error.HasUnknownMessageType,
                error.NeedsAnswer,
                error.ErrorCodeName
            )
        );
    }

    [Theory]
    [InlineData("""[6,7]""", true)]
    [InlineData("""[9,7]""", true)]
    [InlineData("""[2,7]""", false)]
    [InlineData("""{}""", false)]
    public void A_message_without_a_readable_id_is_unreadable_whatever_its_type(string message, bool isUnknown)
    {
        Assert.False(TryReadFrame("ocpp2.0.1", message, out OcppFrameError error));

        Assert.Equal(
            (OcppFrame.UnreadableMessageId, OcppErrorCode.RpcFrameworkError, isUnknown),
            (error.MessageId, error.ErrorCode, error.HasUnknownMessageType)
        );
    }

    [Theory]
    [InlineData("ocpp2.0.1", """[2,"1","Heartbeat",{}]""")]
    [InlineData("ocpp2.1", """[6,"1","Notice",{}]""")]
    [InlineData("ocpp2.1", """[5,"1","GenericError","",{}]""")]
    public void A_message_of_a_type_that_the_protocol_has_is_read(string subprotocol, string message) =>
        Assert.True(TryReadFrame(subprotocol, message, out _));

    [Theory]
    [InlineData("""[9,"1"]""", "ocpp1.6", "ocpp2.0.1")]
    [InlineData("""[6,"1","Notice",{}]""", "ocpp1.6", "ocpp2.0.1")]
    [InlineData("""[2,"1"]""", "ocpp1.6", "ocpp2.0.1", "ocpp2.1")]
    [InlineData("""[2,7]""", "ocpp2.0.1", "ocpp2.1")]
    [InlineData("""[6,7]""", "ocpp2.0.1")]
    [InlineData("""{}""", "ocpp2.0.1", "ocpp2.1")]
    [InlineData("""[3,"1"]""")]
    public void What_is_no_frame_is_answered_by_the_rules_of_the_protocol(string message, params string[] answering) =>
        Assert.Equal(
            answering,
            new[] { "ocpp1.6", "ocpp2.0.1", "ocpp2.1" }.Where(subprotocol =>
                !TryReadFrame(subprotocol, message, out OcppFrameError error)
                && OcppProtocolRules.Of(subprotocol).Answers(error)
            )
        );

    [Theory]
    [InlineData("ocpp1.6", OcppErrorCode.FormatViolation, "FormationViolation")]
    [InlineData("ocpp1.6", OcppErrorCode.GenericError, "GenericError")]
    [InlineData("ocpp1.6", OcppErrorCode.InternalError, "InternalError")]
    [InlineData("ocpp1.6", OcppErrorCode.MessageTypeNotSupported, "GenericError")]
    [InlineData("ocpp1.6", OcppErrorCode.NotImplemented, "NotImplemented")]
    [InlineData("ocpp1.6", OcppErrorCode.NotSupported, "NotSupported")]
    [InlineData("ocpp1.6", OcppErrorCode.OccurrenceConstraintViolation, "OccurenceConstraintViolation")]
    [InlineData("ocpp1.6", OcppErrorCode.PropertyConstraintViolation, "PropertyConstraintViolation")]
    [InlineData("ocpp1.6", OcppErrorCode.ProtocolError, "ProtocolError")]
    [InlineData("ocpp1.6", OcppErrorCode.RpcFrameworkError, "GenericError")]
    [InlineData("ocpp1.6", OcppErrorCode.SecurityError, "SecurityError")]
    [InlineData("ocpp1.6", OcppErrorCode.TypeConstraintViolation, "TypeConstraintViolation")]
    [InlineData("ocpp2.0.1", OcppErrorCode.FormatViolation, "FormatViolation")]
    [InlineData("ocpp2.0.1", OcppErrorCode.RpcFrameworkError, "RpcFrameworkError")]
    [InlineData("ocpp2.1", OcppErrorCode.OccurrenceConstraintViolation, "OccurrenceConstraintViolation")]
    [InlineData("ocpp2.1", OcppErrorCode.MessageTypeNotSupported, "MessageTypeNotSupported")]
    public void An_error_code_is_written_in_the_spelling_of_the_version(
        string subprotocol,
        OcppErrorCode code,
        string name
    )
    {
        OcppProtocolRules rules = OcppProtocolRules.Of(subprotocol);
        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCallError(output, "1", code, "", rules);

        Assert.Equal(name, rules.NameOf(code));
        Assert.Equal($"[4,\"1\",\"{name}\",\"\",{{}}]", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppErrorCodeNames.TryParse(name, out _));
    }

    [Theory]
    [InlineData("vendor1")]
    [InlineData("ocpp2.0")]
    [InlineData("OCPP2.1")]
    [InlineData("")]
    public void A_protocol_that_is_not_a_published_version_has_the_default_rules(string subprotocol) =>
        Assert.Same(OcppProtocolRules.Default, OcppProtocolRules.Of(subprotocol));

    [Fact]
    public void A_vendors_protocol_has_SEND_where_an_action_goes_one_way_and_may_choose_other_rules()
    {
        Assert.Equal([.. s_three, OcppMessageType.Send], new VersionProtocol("vendor1").Rules.MessageTypes);
        Assert.Equal(s_three, new VersionProtocol("ocpp1.6").Rules.MessageTypes);
        OcppProtocolRules chosen = OcppProtocolRules.Of("ocpp2.1") with { AnswersUnreadableIds = false };
        Assert.Same(chosen, new VersionProtocol("vendor1", chosen).Rules);
    }

    [Fact]
    public void Rules_without_CALL_or_with_an_unknown_message_type_are_refused()
    {
        foreach (
            OcppMessageType[] types in (OcppMessageType[][])
                [
                    [],
                    [OcppMessageType.Send],
                    [.. s_three, 0],
                ]
        )
        {
            var refusal = Assert.Throws<ArgumentException>(
                "MessageTypes",
                () => new OcppProtocolRules { MessageTypes = types }
            );
            Assert.StartsWith(
                "The message types must be known, and CALL, CALLRESULT and CALLERROR be among them.",
                refusal.Message,
                StringComparison.Ordinal
            );
        }

        Assert.Throws<ArgumentNullException>(() => new OcppProtocolRules { MessageTypes = null! });
    }

    [Fact]
    public void A_message_type_that_is_named_twice_is_known_once() =>
        Assert.Equal(
            [.. s_three, OcppMessageType.Send],
            new OcppProtocolRules
            {
                MessageTypes = [.. s_three, OcppMessageType.Send, OcppMessageType.Send],
            }.MessageTypes
        );

    [Fact]
    public void An_error_code_can_be_written_with_the_name_that_a_version_has_and_no_other()
    {
        OcppProtocolRules rules = OcppProtocolRules.Default;
        OcppProtocolRules changed = rules.WithName(OcppErrorCode.SecurityError, "GenericError");

        Assert.Equal("GenericError", changed.NameOf(OcppErrorCode.SecurityError));
        Assert.Equal("SecurityError", rules.NameOf(OcppErrorCode.SecurityError));
        var name = Assert.Throws<ArgumentException>("name", () => rules.WithName(OcppErrorCode.SecurityError, "Other"));
        Assert.StartsWith("No version of OCPP has an error code of that name.", name.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("name", () => rules.WithName(OcppErrorCode.SecurityError, null!));
        var code = Assert.Throws<ArgumentOutOfRangeException>(
            "code",
            () => rules.WithName((OcppErrorCode)12, "GenericError")
        );
        Assert.StartsWith("Not one of the twelve OCPP error codes.", code.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => OcppProtocolRules.Of(null!));
    }

    [Fact]
    public void An_error_code_that_is_none_of_the_twelve_has_no_name() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OcppProtocolRules.Default.NameOf((OcppErrorCode)12));

    private static bool TryReadFrame(string subprotocol, string message, out OcppFrameError error) =>
        OcppProtocolRules.Of(subprotocol).TryReadFrame(Encoding.UTF8.GetBytes(message), out _, out error);
}
