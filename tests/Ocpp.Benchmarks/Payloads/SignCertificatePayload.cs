using System.Buffers;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using Ocpp.Benchmarks.Models;
using Ocpp.V201;

namespace Ocpp.Benchmarks.Payloads;

internal sealed class SignCertificatePayload : Payload
{
    private readonly SignCertificateRequest _request;
    private readonly SignCertificateRecord _record;
    private readonly SignCertificateClass _class;

    public SignCertificatePayload(string name, int csrLength)
    {
        Name = name;
        string csr = PemText.OfLength(csrLength);
        _request = new SignCertificateRequest
        {
            Csr = csr,
            CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
        };
        _record = new SignCertificateRecord { Csr = csr, CertificateType = CertificateUse.ChargingStationCertificate };
        _class = new SignCertificateClass { Csr = csr, CertificateType = CertificateUse.ChargingStationCertificate };
    }

    public override string Name { get; }

    public override string Action => "SignCertificate";

    public override double MostOfReader => 0.50;

    public override double MostOfWriter => 0.30;

    protected override string Json =>
        $$"""{"csr":"{{_request.Csr.Replace("\n", "\\n", StringComparison.Ordinal)}}","certificateType":"ChargingStationCertificate"}""";

    public override object Expected => _request;

    public override object Classes => _class;

    public override object Copy() =>
        new SignCertificateRequest { Csr = CopyOf(_request.Csr), CertificateType = _request.CertificateType };

    public override object? ReadWithSdk(ReadOnlySpan<byte> utf8Json) =>
        OcppJson.TryParse(utf8Json, out SignCertificateRequest? request, out _) ? request : null;

    public override object? ReadThroughSdkContext(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, Ocpp201JsonContext.Default.SignCertificateRequest);

    public override object? ReadRecords(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, ModelContext.Default.SignCertificateRecord);

    public override object? ReadValidatedRecords(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, ModelContext.Default.SignCertificateRecord) is { } request && request.IsValid() ? request : null;

    public override object? ReadClasses(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, ModelContext.Default.SignCertificateClass);

    public override object? ReadClasses(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, ModelContext.Default.SignCertificateClass);

    public override object? ReadValidatedClasses(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, ModelContext.Default.SignCertificateClass) is { } request && request.IsValid() ? request : null;

    public override object? ReadWithNewtonsoft(JToken json, Newtonsoft.Json.JsonSerializer serializer) =>
        json.ToObject<SignCertificateClass>(serializer);

    public override void WriteFrameWithSdk(IBufferWriter<byte> output) => OcppFrame.WriteCall(output, MessageId, _request);

    public override void WriteTokens(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("csr"u8, _request.Csr);
        writer.WriteString("certificateType"u8, "ChargingStationCertificate"u8);
        writer.WriteEndObject();
    }

    public override void WriteThroughSdkContext(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, _request, Ocpp201JsonContext.Default.SignCertificateRequest);

    public override void WriteRecords(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, _record, ModelContext.Default.SignCertificateRecord);

    public override void WriteClasses(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, _class, ModelContext.Default.SignCertificateClass);
}
