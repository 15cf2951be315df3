// What a user writes on the first day, with no other reference than the package Ocpp.Sdk.V201.
using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ocpp;
using Ocpp.Rpc;
using Ocpp.V201;

string pem = "-----BEGIN CERTIFICATE REQUEST-----\nMIIB+Q==\n-----END CERTIFICATE REQUEST-----\n";
var request = new SignCertificateRequest
{
    Csr = pem,
    CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
};

byte[] json = JsonSerializer.SerializeToUtf8Bytes(request, Ocpp201JsonContext.Default.SignCertificateRequest);
Check(
    "the context writes what the reader reads",
    OcppJson.TryParse<SignCertificateRequest>(json, out var back, out _) && back == request
);
Check(
    "the context reads it",
    JsonSerializer.Deserialize(json, Ocpp201JsonContext.Default.SignCertificateRequest) == request
);

var output = new ArrayBufferWriter<byte>();
OcppFrame.WriteCall(output, "msg-001", request);
Check(
    "a frame is read back",
    OcppFrame.TryRead(output.WrittenSpan, out OcppFrame frame, out _)
        && frame is { MessageType: OcppMessageType.Call, MessageId: "msg-001", Action: "SignCertificate" }
);
OcppAction? action = Ocpp201Protocol.Instance.FindAction(frame.Utf8Action);
Check(
    "the registry reads by action",
    action?.ReadRequest(frame.Payload, out _) is SignCertificateRequest read && read == request
);

byte[] tooLong = Encoding.UTF8.GetBytes($$"""{"csr":"{{new string('x', SignCertificateRequest.CsrMaxLength + 1)}}"}""");
Check(
    "a csr that is too long is refused",
    !OcppJson.TryParse<SignCertificateRequest>(tooLong, out _, out OcppViolation violation)
        && violation
            is { ErrorCode: OcppErrorCode.PropertyConstraintViolation, Path: "/csr", Limit: 5500, Actual: 5501 }
);
Check(
    "an unknown type is refused",
    !OcppJson.TryParse<SignCertificateRequest>("""{"csr":"x","certificateType":"Other"}"""u8, out _, out violation)
        && violation is { ErrorCode: OcppErrorCode.TypeConstraintViolation, Path: "/certificateType" }
);

// A data type of the user's own, in a context that System.Text.Json's own generator writes.
var envelope = new Envelope("CS-1", request, CertificateSigningUseEnumType.V2GCertificate);
string text = JsonSerializer.Serialize(envelope, EnvelopeContext.Default.Envelope);
Check(
    "the user's own context takes our records",
    JsonSerializer.Deserialize(text, EnvelopeContext.Default.Envelope) == envelope
        && text.Contains("\"Use\":\"V2GCertificate\"", StringComparison.Ordinal)
);

var options = new JsonSerializerOptions
{
    TypeInfoResolverChain = { Ocpp201JsonContext.Default, EnvelopeContext.Default },
};
var typeInfo = (JsonTypeInfo<SignCertificateRequest>)options.GetTypeInfo(typeof(SignCertificateRequest));
using var stream = new MemoryStream(json);
Check("a resolver chain reads from a stream", await JsonSerializer.DeserializeAsync(stream, typeInfo) == request);

try
{
    OcppJson.ToUtf8Bytes(request with { Csr = new string('x', 5501) });
    Check("an invalid record is not written", false);
}
catch (OcppValidationException e)
{
    Check(
        "an invalid record is not written",
        e is { ErrorCode: OcppErrorCode.PropertyConstraintViolation, Path: "/csr", Violations.Count: 1 }
    );
}

return 0;

static void Check(string name, bool holds)
{
    Console.WriteLine($"{(holds ? "ok" : "FAILED")}: {name}");
    if (!holds)
    {
        Environment.Exit(1);
    }
}

internal sealed record Envelope(string Station, SignCertificateRequest Request, CertificateSigningUseEnumType Use);

[JsonSerializable(typeof(Envelope))]
internal sealed partial class EnvelopeContext : JsonSerializerContext;
