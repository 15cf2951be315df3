using System.Buffers;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using Ocpp.Benchmarks.Models;
using Ocpp.V201;

namespace Ocpp.Benchmarks.Payloads;

internal sealed class BootNotificationPayload : Payload
{
    private readonly BootNotificationRequest _request = new()
    {
        ChargingStation = new ChargingStationType
        {
            SerialNumber = "EX22-2024-0000117",
            Model = "Wallbox EX-22",
            Modem = new ModemType { Iccid = "89310410106543789301", Imsi = "204080813516718" },
            VendorName = "Example Charging Systems",
            FirmwareVersion = "2.4.1-build.1187",
        },
        Reason = BootReasonEnumType.PowerUp,
    };

    private readonly BootNotificationRecord _record = new()
    {
        ChargingStation = new ChargingStationRecord
        {
            SerialNumber = "EX22-2024-0000117",
            Model = "Wallbox EX-22",
            Modem = new ModemRecord { Iccid = "89310410106543789301", Imsi = "204080813516718" },
            VendorName = "Example Charging Systems",
            FirmwareVersion = "2.4.1-build.1187",
        },
        Reason = BootReason.PowerUp,
    };

    private readonly BootNotificationClass _class = new()
    {
        ChargingStation = new ChargingStationClass
        {
            SerialNumber = "EX22-2024-0000117",
            Model = "Wallbox EX-22",
            Modem = new ModemClass { Iccid = "89310410106543789301", Imsi = "204080813516718" },
            VendorName = "Example Charging Systems",
            FirmwareVersion = "2.4.1-build.1187",
        },
        Reason = BootReason.PowerUp,
    };

    public override string Name => "BootNotification";

    public override string Action => "BootNotification";

    public override double MostOfReader => 0.85;

    public override double MostOfWriter => 0.40;

    protected override string Json =>
        """{"chargingStation":{"serialNumber":"EX22-2024-0000117","model":"Wallbox EX-22","modem":"""
        + """{"iccid":"89310410106543789301","imsi":"204080813516718"}"""
        + ""","vendorName":"Example Charging Systems","firmwareVersion":"2.4.1-build.1187"},"reason":"PowerUp"}""";

    public override object Expected => _request;

    public override object Classes => _class;

    public override object Copy()
    {
        ChargingStationType station = _request.ChargingStation;
        return new BootNotificationRequest
        {
            ChargingStation = new ChargingStationType
            {
                SerialNumber = CopyOfOptional(station.SerialNumber),
                Model = CopyOf(station.Model),
                Modem = new ModemType { Iccid = CopyOfOptional(station.Modem!.Iccid), Imsi = CopyOfOptional(station.Modem.Imsi) },
                VendorName = CopyOf(station.VendorName),
                FirmwareVersion = CopyOfOptional(station.FirmwareVersion),
            },
            Reason = _request.Reason,
        };
    }

    public override object? ReadWithSdk(ReadOnlySpan<byte> utf8Json) =>
        OcppJson.TryParse(utf8Json, out BootNotificationRequest? request, out _) ? request : null;

    public override object? ReadThroughSdkContext(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, Ocpp201JsonContext.Default.BootNotificationRequest);

    public override object? ReadRecords(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, ModelContext.Default.BootNotificationRecord);

    public override object? ReadValidatedRecords(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, ModelContext.Default.BootNotificationRecord) is { } request && request.IsValid() ? request : null;

    public override object? ReadClasses(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, ModelContext.Default.BootNotificationClass);

    public override object? ReadClasses(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, ModelContext.Default.BootNotificationClass);

    public override object? ReadValidatedClasses(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, ModelContext.Default.BootNotificationClass) is { } request && request.IsValid() ? request : null;

    public override object? ReadWithNewtonsoft(JToken json, Newtonsoft.Json.JsonSerializer serializer) =>
        json.ToObject<BootNotificationClass>(serializer);

    public override void WriteFrameWithSdk(IBufferWriter<byte> output) => OcppFrame.WriteCall(output, MessageId, _request);

    public override void WriteTokens(Utf8JsonWriter writer)
    {
        ChargingStationType station = _request.ChargingStation;
        writer.WriteStartObject();
        writer.WriteStartObject("chargingStation"u8);
        writer.WriteString("model"u8, station.Model);
        writer.WriteString("vendorName"u8, station.VendorName);
        writer.WriteString("serialNumber"u8, station.SerialNumber);
        writer.WriteStartObject("modem"u8);
        writer.WriteString("iccid"u8, station.Modem!.Iccid);
        writer.WriteString("imsi"u8, station.Modem.Imsi);
        writer.WriteEndObject();
        writer.WriteString("firmwareVersion"u8, station.FirmwareVersion);
        writer.WriteEndObject();
        writer.WriteString("reason"u8, "PowerUp"u8);
        writer.WriteEndObject();
    }

    public override void WriteThroughSdkContext(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, _request, Ocpp201JsonContext.Default.BootNotificationRequest);

    public override void WriteRecords(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, _record, ModelContext.Default.BootNotificationRecord);

    public override void WriteClasses(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, _class, ModelContext.Default.BootNotificationClass);
}
