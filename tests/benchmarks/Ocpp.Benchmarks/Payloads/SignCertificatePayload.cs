using System.Buffers;
using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.V201;
using Classes = Ocpp.Benchmarks.Models.Classes;
using Records = Ocpp.Benchmarks.Models.Records;

namespace Ocpp.Benchmarks.Payloads;

internal sealed class SignCertificatePayload(string name, int csrLength)
    : Payload<SignCertificateRequest, Records.SignCertificateRequest, Classes.SignCertificateRequest>(
        new SignCertificateRequest
        {
            Csr = PemText.OfLength(csrLength),
            CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
        },
        Ocpp201JsonContext.Default.SignCertificateRequest,
        Records.RecordsContext.Default.SignCertificateRequest,
        Classes.ClassesContext.Default.SignCertificateRequest
    )
{
    public override string Name => name;

    public override string Action => "SignCertificate";

    public override double MostOfReader => 0.50;

    public override double MostOfWriter => 0.30;

    public override double LeastTimesFaster => 4;

    public override object Copy() =>
        new SignCertificateRequest { Csr = CopyOf(Request.Csr), CertificateType = Request.CertificateType };

    public override object? ReadWithSdk(ReadOnlySpan<byte> utf8Json) =>
        OcppJson.TryParse(utf8Json, out SignCertificateRequest? request, out _) ? request : null;

    public override void WriteFrameWithSdk(IBufferWriter<byte> output) =>
        OcppFrame.WriteCall(output, MessageId, Request);

    public override void WriteTokens(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("csr"u8, Request.Csr);
        writer.WriteString("certificateType"u8, "ChargingStationCertificate"u8);
        writer.WriteEndObject();
    }
}
