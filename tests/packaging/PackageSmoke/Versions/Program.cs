// The three versions of OCPP beside each other, from their packages. What has one name in several is told apart by its
// namespace.
using System.Buffers;
using System.Text;
using System.Text.Json;
using Ocpp;
using Ocpp.Rpc;
using Ocpp.V16;
using Ocpp.V201;
using Ocpp.V21;
using Ocpp.Validation;

OcppProtocol[] protocols = [Ocpp16Protocol.Instance, Ocpp201Protocol.Instance, Ocpp21Protocol.Instance];
Check(
    "each registry has its own actions",
    protocols
        .Select(protocol => (protocol.Subprotocol, protocol.Actions.Count))
        .SequenceEqual([("ocpp1.6", 39), ("ocpp2.0.1", 64), ("ocpp2.1", 91)])
);

var start = new StartTransactionRequest
{
    ConnectorId = 1,
    IdTag = "ABC",
    MeterStart = 0,
    Timestamp = DateTimeOffset.UnixEpoch,
};
var boot = new Ocpp.V201.BootNotificationRequest
{
    Reason = Ocpp.V201.BootReasonEnumType.PowerUp,
    ChargingStation = new Ocpp.V201.ChargingStationType { Model = "M", VendorName = "V" },
};
var stream = new NotifyPeriodicEventStream
{
    Id = 3,
    Pending = 0,
    Basetime = DateTimeOffset.UnixEpoch,
    Data = [new StreamDataElementType { T = 0, V = "230.1" }],
};
Check(
    "a CALL of each goes through its registry only",
    IsKnownOnlyTo(protocols[0], Written(output => OcppFrame.WriteCall(output, "1", start)), start)
        && IsRead(protocols[1], Written(output => OcppFrame.WriteCall(output, "1", boot)), boot)
        && IsKnownOnlyTo(protocols[2], Written(output => OcppFrame.WriteSend(output, "1", stream)), stream)
);
Check(
    "1.6 takes a tenth of an ampere, and nothing finer",
    ReadLimit("16.1") is null && ReadLimit("16.15") is { Rule: OcppRule.MultipleOf }
);
Check(
    "an error has the spelling of its version",
    protocols.Select(ErrorName).SequenceEqual(["FormationViolation", "FormatViolation", "FormatViolation"])
);

var options = new JsonSerializerOptions
{
    TypeInfoResolverChain = { Ocpp16JsonContext.Default, Ocpp201JsonContext.Default, Ocpp21JsonContext.Default },
};
Check(
    "one resolver chain has the types of all",
    JsonSerializer
        .Serialize(start, options.GetTypeInfo(typeof(StartTransactionRequest)))
        .Contains("\"idTag\":\"ABC\"", StringComparison.Ordinal)
        && JsonSerializer
            .Serialize(boot, options.GetTypeInfo(typeof(Ocpp.V201.BootNotificationRequest)))
            .Contains("\"reason\":\"PowerUp\"", StringComparison.Ordinal)
        && JsonSerializer
            .Serialize(stream, options.GetTypeInfo(typeof(NotifyPeriodicEventStream)))
            .Contains("\"pending\":0", StringComparison.Ordinal)
);
return 0;

static byte[] Written(Action<IBufferWriter<byte>> write)
{
    var output = new ArrayBufferWriter<byte>();
    write(output);
    return output.WrittenSpan.ToArray();
}

static bool IsRead(OcppProtocol protocol, byte[] json, object expected) =>
    OcppFrame.TryRead(json, out OcppFrame frame, out _)
    && protocol.FindAction(frame.Utf8Action)?.ReadRequest(frame.Payload, out _)?.Equals(expected) == true;

bool IsKnownOnlyTo(OcppProtocol protocol, byte[] json, object expected) =>
    protocols.All(other => IsRead(other, json, expected) == (other == protocol));

static OcppViolation? ReadLimit(string limit)
{
    byte[] json = Encoding.UTF8.GetBytes($$"""{"startPeriod":0,"limit":{{limit}}}""");
    return OcppJson.TryParse<Ocpp.V16.ChargingSchedulePeriod>(json, out _, out OcppViolation violation)
        ? null
        : violation;
}

static string ErrorName(OcppProtocol protocol)
{
    byte[] json = Written(output =>
        OcppFrame.WriteCallError(output, "1", OcppErrorCode.FormatViolation, "", protocol.Rules)
    );
    return OcppFrame.TryRead(json, out OcppFrame frame, out _) ? frame.ErrorCodeName! : "";
}

static void Check(string name, bool holds)
{
    Console.WriteLine($"{(holds ? "ok" : "FAILED")}: {name}");
    if (!holds)
    {
        Environment.Exit(1);
    }
}
