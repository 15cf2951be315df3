using System.Buffers;
using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.V201;
using Classes = Ocpp.Benchmarks.Models.Classes;
using Records = Ocpp.Benchmarks.Models.Records;

namespace Ocpp.Benchmarks.Payloads;

internal sealed class BootNotificationPayload()
    : Payload<BootNotificationRequest, Records.BootNotificationRequest, Classes.BootNotificationRequest>(
        new BootNotificationRequest
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
        },
        Ocpp201JsonContext.Default.BootNotificationRequest,
        Records.RecordsContext.Default.BootNotificationRequest,
        Classes.ClassesContext.Default.BootNotificationRequest
    )
{
    public override string Name => "BootNotification";

    public override string Action => "BootNotification";

    public override double MostOfReader => 0.85;

    public override double MostOfWriter => 0.40;

    public override double LeastTimesFaster => 4;

    public override object Copy()
    {
        ChargingStationType station = Request.ChargingStation;
        return new BootNotificationRequest
        {
            ChargingStation = new ChargingStationType
            {
                SerialNumber = CopyOfOptional(station.SerialNumber),
                Model = CopyOf(station.Model),
                Modem = new ModemType
                {
                    Iccid = CopyOfOptional(station.Modem!.Iccid),
                    Imsi = CopyOfOptional(station.Modem.Imsi),
                },
                VendorName = CopyOf(station.VendorName),
                FirmwareVersion = CopyOfOptional(station.FirmwareVersion),
            },
            Reason = Request.Reason,
        };
    }

    public override object? ReadWithSdk(ReadOnlySpan<byte> utf8Json) =>
        OcppJson.TryParse(utf8Json, out BootNotificationRequest? request, out _) ? request : null;

    public override void WriteFrameWithSdk(IBufferWriter<byte> output) =>
        OcppFrame.WriteCall(output, MessageId, Request);

    public override void WriteTokens(Utf8JsonWriter writer)
    {
        ChargingStationType station = Request.ChargingStation;
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
}
