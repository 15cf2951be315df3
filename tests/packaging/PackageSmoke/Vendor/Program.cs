// A vendor's own schemas through the packages Ocpp.Generators and Ocpp.Sdk. The one argument is the limit that a schema
// gives to the name: the constant, the reader, the writer and Validate() must all follow it.
using System.Buffers;
using System.Globalization;
using System.Text;
using Acme.Charging;
using Ocpp;
using Ocpp.Rpc;
using Ocpp.Validation;

int limit = int.Parse(args[0], CultureInfo.InvariantCulture);
var valid = new TariffAnnouncement
{
    Name = new string('n', limit),
    PricePerKwh = 0.42m,
    Hours = [22, 23],
};
TariffAnnouncement tooLong = valid with { Name = new string('n', limit + 1) };
int constant = TariffAnnouncement.NameMaxLength;

Check("the constant", constant == limit);
Check(
    "the writer takes the limit, and the reader what it wrote",
    OcppJson.Parse<TariffAnnouncement>(OcppJson.ToUtf8Bytes(valid)) == valid
);
Check(
    "the reader refuses one more",
    !OcppJson.TryParse<TariffAnnouncement>(
        Encoding.UTF8.GetBytes($$"""{"name":"{{tooLong.Name}}","pricePerKwh":0.42}"""),
        out _,
        out OcppViolation violation
    )
        && violation is { ErrorCode: OcppErrorCode.PropertyConstraintViolation, Path: "/name" }
        && violation.Limit == limit
);
Check(
    "Validate() refuses one more",
    tooLong.Validate() is [{ Rule: OcppRule.MaxLength, Path: "/name" } found] && found.Limit == limit
);
Check("the writer refuses one more", Refuses(tooLong));

var output = new ArrayBufferWriter<byte>();
OcppFrame.WriteSend(output, "msg-001", valid);
Check(
    "a message that nothing answers goes in a SEND",
    OcppFrame.TryRead(output.WrittenSpan, out OcppFrame frame, out _)
        && frame is { MessageType: OcppMessageType.Send, MessageId: "msg-001", Action: "TariffAnnouncement" }
);
Check("the registry has the subprotocol", Acme10Protocol.Instance.Subprotocol == "acme1.0");
OcppAction? action = Acme10Protocol.Instance.FindAction(frame.Utf8Action);
Check("the registry knows that it goes one way", action is { IsOneWay: true, ResponseType: null });
Check("the registry reads it", action?.ReadRequest(frame.Payload, out _) is TariffAnnouncement read && read == valid);
return 0;

static bool Refuses(TariffAnnouncement tariff)
{
    try
    {
        OcppJson.ToUtf8Bytes(tariff);
        return false;
    }
    catch (OcppValidationException)
    {
        return true;
    }
}

static void Check(string name, bool holds)
{
    Console.WriteLine($"{(holds ? "ok" : "FAILED")}: {name}");
    if (!holds)
    {
        Environment.Exit(1);
    }
}
