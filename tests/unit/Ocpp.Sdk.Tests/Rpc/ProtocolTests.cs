using System.Text;
using Ocpp.Rpc;
using Ocpp.Tests.Validation;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Rpc;

/// <summary>The registry of actions.</summary>
public sealed class ProtocolTests
{
    [Fact]
    public void Every_action_is_found_by_its_name_and_by_its_UTF8()
    {
        Ocpp201Protocol protocol = Ocpp201Protocol.Instance;
        Assert.Equal("ocpp2.0.1", protocol.Subprotocol);
        Assert.NotEmpty(protocol.Actions);
        Assert.All(
            protocol.Actions,
            action =>
            {
                Assert.Same(action, protocol.FindAction(action.Name));
                Assert.Same(action, protocol.FindAction(Encoding.UTF8.GetBytes(action.Name)));
                Assert.Equal(action.Name, action.ToString());
                Assert.Equal($"{action.Name}Request", action.RequestType.Name);
                Assert.False(action.IsOneWay);
                Assert.Equal($"{action.Name}Response", action.ResponseType?.Name);
            }
        );
        Assert.Equal(
            protocol.Actions.Select(action => action.Name).Order(StringComparer.Ordinal),
            protocol.Actions.Select(action => action.Name)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nonsense")]
    [InlineData("signCertificate")]
    [InlineData("SIGNCERTIFICATE")]
    [InlineData("SignCertificate ")]
    [InlineData("SignCertificat")]
    [InlineData("SignCertificateRequest")]
    [InlineData("SignCertificaté")]
    [InlineData("SignCertificate\0")]
    public void Other_names_are_not_found(string name)
    {
        Assert.Null(Ocpp201Protocol.Instance.FindAction(name));
        Assert.Null(Ocpp201Protocol.Instance.FindAction(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Long_names_and_bytes_that_are_no_UTF8_are_not_found()
    {
        for (int length = 30; length < 200; length++)
        {
            Assert.Null(Ocpp201Protocol.Instance.FindAction(new string('A', length)));
            Assert.Null(Ocpp201Protocol.Instance.FindAction(Encoding.UTF8.GetBytes(new string('A', length))));
            Assert.Null(Ocpp201Protocol.Instance.FindAction(Encoding.UTF8.GetBytes(new string('€', length))));
        }

        Assert.Null(Ocpp201Protocol.Instance.FindAction([0xFF, 0xFE]));
        Assert.Null(Ocpp201Protocol.Instance.FindAction([.. "SignCertificate"u8, 0x80]));
        Assert.Null(Ocpp201Protocol.Instance.FindAction(new byte[1_000_000]));
    }

    [Fact]
    public void A_vendors_protocol_finds_its_own_actions_however_long_their_names_are()
    {
        var protocol = new VendorProtocol();
        Assert.Same(protocol.Actions[0], protocol.FindAction(Reading.Action));
        Assert.Same(protocol.Actions[0], protocol.FindAction(Encoding.UTF8.GetBytes(Reading.Action)));
        Assert.Null(protocol.FindAction("SignCertificate"u8));
    }

    [Fact]
    public void A_protocol_has_actions_of_both_kinds_with_short_and_long_names()
    {
        var protocol = new MixedProtocol();

        Assert.True(protocol.Rules.Knows(OcppMessageType.Send));
        Assert.False(new VendorProtocol().Rules.Knows(OcppMessageType.Send));
        Assert.All(
            protocol.Actions,
            action => Assert.Same(action, protocol.FindAction(Encoding.UTF8.GetBytes(action.Name)))
        );
    }

    [Fact]
    public void A_protocol_without_a_list_of_actions_is_refused() =>
        Assert.Throws<ArgumentNullException>("actions", () => new NoProtocol());

    [Fact]
    public void The_same_action_twice_is_refused() => Assert.Throws<ArgumentException>(() => new TwiceProtocol());

    [Fact]
    public void Reading_by_action_yields_the_record_or_the_violation()
    {
        OcppAction action = Ocpp201Protocol.Instance.FindAction("SignCertificate")!;
        Assert.Equal(
            new SignCertificateRequest { Csr = "c" },
            action.ReadRequest("{\"csr\":\"c\"}"u8, out OcppViolation violation)
        );
        Assert.Equal(default, violation);
        Assert.Null(action.ReadRequest("{}"u8, out violation));
        Assert.Equal(
            new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/csr"),
            violation
        );

        Assert.Equal(
            new SignCertificateResponse { Status = GenericStatusEnumType.Accepted },
            action.ReadResponse("{\"status\":\"Accepted\"}"u8, out violation)
        );
        Assert.Null(action.ReadResponse("{\"status\":\"accepted\"}"u8, out violation));
        Assert.Equal(new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Enum, "/status"), violation);
        Assert.NotNull(action.ReadResponse("{\"status\":\"Accepted\",\"x\":1}"u8, out _, OcppReadOptions.Lenient));
    }

    [Fact]
    public void Checking_by_action_lists_every_violation_that_is_not_accepted()
    {
        OcppAction action = Ocpp201Protocol.Instance.FindAction("SignCertificate")!;
        Assert.Empty(action.CheckRequest("{\"csr\":\"c\"}"u8));
        Assert.Empty(action.CheckResponse("{\"status\":\"Accepted\"}"u8));

        var unknown = new OcppViolation(OcppErrorCode.ProtocolError, OcppRule.UnknownProperty, "/x");
        var noCsr = new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/csr");
        var noStatus = new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/status");
        Assert.Equal([unknown, noCsr], action.CheckRequest("{\"x\":1}"u8));
        Assert.Equal([unknown, noStatus], action.CheckResponse("{\"x\":1}"u8));
        Assert.Equal([noCsr], action.CheckRequest("{\"x\":1}"u8, OcppReadOptions.Lenient));
        Assert.Equal([noStatus], action.CheckResponse("{\"x\":1}"u8, OcppReadOptions.Lenient));
    }

    [Fact]
    public void An_action_that_goes_one_way_has_a_message_and_no_response()
    {
        OcppAction action = new NoticeProtocol().FindAction("Notice"u8)!;
        Assert.Equal(
            (typeof(Notice), null, OcppParty.ChargingStation),
            (action.RequestType, action.ResponseType, action.Sender)
        );
        Assert.True(action.IsOneWay);
        Assert.Equal(new Notice { Text = "a" }, action.ReadRequest("{\"text\":\"a\"}"u8, out OcppViolation violation));
        Assert.Equal(default, violation);
        Assert.Null(action.ReadRequest("{}"u8, out violation));
        Assert.Equal(
            new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/text"),
            violation
        );
        Assert.NotNull(action.ReadRequest("{\"text\":\"a\",\"x\":1}"u8, out _, OcppReadOptions.Lenient));
        Assert.Equal(
            "Notice is one-way and has no response.",
            Assert.Throws<InvalidOperationException>(() => action.ReadResponse("{}"u8, out _)).Message
        );
        Assert.Equal([violation], action.CheckRequest("{}"u8));
        Assert.Throws<InvalidOperationException>(() => action.CheckResponse("{}"u8));
    }

    private sealed class VendorProtocol() : OcppProtocol("vendor1.0", new OcppAction<Reading, Reading>());

    private sealed class MixedProtocol()
        : OcppProtocol(
            "vendor1.0",
            new OcppOneWayAction<Notice>(OcppParty.ChargingStation),
            new OcppAction<Reading, Reading>()
        );

    private sealed class NoProtocol() : OcppProtocol("vendor1.0", null!);

    private sealed class TwiceProtocol()
        : OcppProtocol("vendor1.0", new OcppAction<Reading, Reading>(), new OcppAction<Reading, Reading>());
}
