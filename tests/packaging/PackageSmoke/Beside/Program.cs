// A vendor's messages, from its own assembly, beside those of the package Ocpp.Sdk.V201. The vendor has types with the
// names of OCPP's and a shape of its own; in one file an alias, or the namespace, says which is meant.
using System.Buffers;
using System.Text;
using System.Text.Json;
using Acme.Charging;
using Ocpp;
using Ocpp.Rpc;
using Ocpp.V201;
using Ocpp.Validation;
using AcmeStatus = Acme.Charging.GenericStatusEnumType;
using AcmeStatusInfo = Acme.Charging.StatusInfoType;
using StatusInfo = Ocpp.V201.StatusInfoType;

OcppProtocol acme = Acme10Protocol.Instance;
OcppProtocol ocpp = Ocpp201Protocol.Instance;
Check(
    "each registry knows its own actions",
    acme.FindAction("ApplyTariff") is { Sender: OcppParty.Csms }
        && ocpp.FindAction("ApplyTariff") is null
        && ocpp.FindAction("DataTransfer") is not null
        && acme.FindAction("DataTransfer") is null
);

// The vendor's request travels in the data of a DataTransfer.
var request = new ApplyTariffRequest
{
    Tariff = "night",
    CustomData = new Acme.Charging.CustomDataType { Firmware = "7.1" },
};
var transfer = new DataTransferRequest
{
    VendorId = "com.acme",
    MessageId = "ApplyTariff",
    Data = JsonSerializer.SerializeToElement(request, Acme10JsonContext.Default.ApplyTariffRequest),
    CustomData = new Ocpp.V201.CustomDataType { VendorId = "com.acme" },
};
var output = new ArrayBufferWriter<byte>();
OcppFrame.WriteCall(output, "msg-001", transfer);
Check(
    "the vendor's JSON stands in the frame as it is",
    Encoding
        .UTF8.GetString(output.WrittenSpan)
        .Contains(
            """
            "data":{"tariff":"night","customData":{"firmware":"7.1"}}
            """,
            StringComparison.Ordinal
        )
);

Check(
    "the frame is read",
    OcppFrame.TryRead(output.WrittenSpan, out OcppFrame frame, out _) && frame.Action == "DataTransfer"
);
var received = ocpp.FindAction(frame.Utf8Action)?.ReadRequest(frame.Payload, out _) as DataTransferRequest;
Check("OCPP's registry reads what carries it", received is { VendorId: "com.acme", MessageId: "ApplyTariff" });
Check(
    "the vendor's registry reads what it carries",
    Carried(received) is ApplyTariffRequest carried && carried == request
);

JsonElement unnamed = JsonElement.Parse("""{"customData":{"firmware":"7.1"}}""");
Check(
    "what OCPP lets pass, the vendor's rules refuse",
    (transfer with { Data = unnamed }).Validate() is []
        && !OcppJson.TryParse<ApplyTariffRequest>(Utf8(unnamed), out _, out OcppViolation violation)
        && violation
            is { Rule: OcppRule.Required, Path: "/tariff", ErrorCode: OcppErrorCode.OccurrenceConstraintViolation }
);

// And the vendor's answer in the data of OCPP's: a status and a reason of each.
var response = new ApplyTariffResponse
{
    Status = AcmeStatus.Deferred,
    StatusInfo = new AcmeStatusInfo { ReasonCode = "ChargingWithAnotherTariff", RetryAt = DateTimeOffset.UnixEpoch },
};
var answer = new DataTransferResponse
{
    Status = DataTransferStatusEnumType.Accepted,
    StatusInfo = new StatusInfo { ReasonCode = "Deferred" },
    Data = JsonSerializer.SerializeToElement(response, Acme10JsonContext.Default.ApplyTariffResponse),
};
DataTransferResponse back = OcppJson.Parse<DataTransferResponse>(OcppJson.ToUtf8Bytes(answer));
Check(
    "the answer comes back, and the vendor's in it",
    back == answer && OcppJson.Parse<ApplyTariffResponse>(Utf8(back.Data)) == response
);

int longer = AcmeStatusInfo.ReasonCodeMaxLength;
Check(
    "each type of one name has its own limits",
    StatusInfo.ReasonCodeMaxLength < longer
        && new AcmeStatusInfo { ReasonCode = new string('r', longer) }.Validate() is []
        && new StatusInfo { ReasonCode = new string('r', longer) }.Validate()
            is [{ Rule: OcppRule.MaxLength, Path: "/reasonCode" }]
);

var options = new JsonSerializerOptions
{
    TypeInfoResolverChain = { Ocpp201JsonContext.Default, Acme10JsonContext.Default },
};
Check(
    "one resolver chain has the types of both",
    JsonSerializer.Serialize(AcmeStatus.Deferred, options.GetTypeInfo(typeof(AcmeStatus))) == "\"Deferred\""
        && JsonSerializer.Serialize(answer.StatusInfo, options.GetTypeInfo(typeof(StatusInfo)))
            == """{"reasonCode":"Deferred"}"""
);
return 0;

object? Carried(DataTransferRequest? transfer) =>
    acme.FindAction(transfer?.MessageId ?? "")?.ReadRequest(Utf8(transfer?.Data), out _);

static byte[] Utf8(JsonElement? data) => data is { } json ? Encoding.UTF8.GetBytes(json.GetRawText()) : [];

static void Check(string name, bool holds)
{
    Console.WriteLine($"{(holds ? "ok" : "FAILED")}: {name}");
    if (!holds)
    {
        Environment.Exit(1);
    }
}
