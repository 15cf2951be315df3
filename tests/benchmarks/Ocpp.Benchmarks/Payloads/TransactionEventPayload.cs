using System.Buffers;
using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.V201;
using Classes = Ocpp.Benchmarks.Models.Classes;
using Records = Ocpp.Benchmarks.Models.Records;

namespace Ocpp.Benchmarks.Payloads;

/// <summary>Four meter values with eight sampled values each, as a three-phase station sends them.</summary>
internal sealed class TransactionEventPayload()
    : Payload<TransactionEventRequest, Records.TransactionEventRequest, Classes.TransactionEventRequest>(
        Build(),
        Ocpp201JsonContext.Default.TransactionEventRequest,
        Records.RecordsContext.Default.TransactionEventRequest,
        Classes.ClassesContext.Default.TransactionEventRequest
    )
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    public override string Name => "TransactionEvent";

    public override string Action => "TransactionEvent";

    public override double MostOfReader => 0.75;

    public override double MostOfWriter => 0.45;

    public override double LeastTimesFaster => 5;

    public override object Copy() =>
        new TransactionEventRequest
        {
            EventType = Request.EventType,
            MeterValue = Array.ConvertAll((MeterValueType[])Request.MeterValue!, Copy),
            Timestamp = Request.Timestamp,
            TriggerReason = Request.TriggerReason,
            SeqNo = Request.SeqNo,
            TransactionInfo = new TransactionType
            {
                TransactionId = CopyOf(Request.TransactionInfo.TransactionId),
                ChargingState = Request.TransactionInfo.ChargingState,
            },
            Evse = new EVSEType { Id = Request.Evse!.Id, ConnectorId = Request.Evse.ConnectorId },
            IdToken = new IdTokenType { IdToken = CopyOf(Request.IdToken!.IdToken), Type = Request.IdToken.Type },
        };

    public override object? ReadWithSdk(ReadOnlySpan<byte> utf8Json) =>
        OcppJson.TryParse(utf8Json, out TransactionEventRequest? request, out _) ? request : null;

    public override void WriteFrameWithSdk(IBufferWriter<byte> output) =>
        OcppFrame.WriteCall(output, MessageId, Request);

    public override void WriteTokens(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("eventType"u8, "Updated"u8);
        writer.WriteString("timestamp"u8, Request.Timestamp.UtcDateTime);
        writer.WriteString("triggerReason"u8, "MeterValuePeriodic"u8);
        writer.WriteNumber("seqNo"u8, Request.SeqNo);
        writer.WriteStartObject("transactionInfo"u8);
        writer.WriteString("transactionId"u8, Request.TransactionInfo.TransactionId);
        writer.WriteString("chargingState"u8, "Charging"u8);
        writer.WriteEndObject();
        writer.WriteStartArray("meterValue"u8);
        foreach (MeterValueType meterValue in Request.MeterValue!)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("sampledValue"u8);
            foreach (SampledValueType sample in meterValue.SampledValue)
            {
                Write(writer, sample);
            }

            writer.WriteEndArray();
            writer.WriteString("timestamp"u8, meterValue.Timestamp.UtcDateTime);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("evse"u8);
        writer.WriteNumber("id"u8, Request.Evse!.Id);
        writer.WriteNumber("connectorId"u8, Request.Evse.ConnectorId!.Value);
        writer.WriteEndObject();
        writer.WriteStartObject("idToken"u8);
        writer.WriteString("idToken"u8, Request.IdToken!.IdToken);
        writer.WriteString("type"u8, "ISO14443"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SampledValueType sample)
    {
        writer.WriteStartObject();
        writer.WriteNumber("value"u8, sample.Value);
        writer.WriteString("context"u8, "Sample.Periodic"u8);
        writer.WriteString("measurand"u8, sample.Measurand!.Value.ToWireName());
        if (sample.Phase is { } phase)
        {
            writer.WriteString("phase"u8, phase.ToWireName());
        }

        writer.WriteString("location"u8, "Outlet"u8);
        writer.WriteStartObject("unitOfMeasure"u8);
        writer.WriteString("unit"u8, sample.UnitOfMeasure!.Unit);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static MeterValueType Copy(MeterValueType meterValue) =>
        new()
        {
            Timestamp = meterValue.Timestamp,
            SampledValue = Array.ConvertAll((SampledValueType[])meterValue.SampledValue, Copy),
        };

    private static SampledValueType Copy(SampledValueType sample) =>
        sample with
        {
            UnitOfMeasure = new UnitOfMeasureType { Unit = CopyOfOptional(sample.UnitOfMeasure!.Unit) },
        };

    private static TransactionEventRequest Build() =>
        new()
        {
            EventType = TransactionEventEnumType.Updated,
            MeterValue = Enumerable.Range(0, 4).Select(BuildMeterValue).ToArray(),
            Timestamp = s_start.AddMinutes(4),
            TriggerReason = TriggerReasonEnumType.MeterValuePeriodic,
            SeqNo = 17,
            TransactionInfo = new TransactionType
            {
                TransactionId = "b8a4d6f2-51c7-4e0b-9f3d-2c6e8a1b7d50",
                ChargingState = ChargingStateEnumType.Charging,
            },
            Evse = new EVSEType { Id = 1, ConnectorId = 1 },
            IdToken = new IdTokenType { IdToken = "04A2B3C4D5E680", Type = IdTokenEnumType.ISO14443 },
        };

    private static MeterValueType BuildMeterValue(int minute) =>
        new()
        {
            Timestamp = s_start.AddMinutes(minute),
            SampledValue = new[]
            {
                Sample(1_284_350.75m + (122.5m * minute), MeasurandEnumType.EnergyActiveImportRegister, null, "Wh"),
                Sample(7_356.4m + minute, MeasurandEnumType.PowerActiveImport, null, "W"),
                Sample(230.1m, MeasurandEnumType.Voltage, PhaseEnumType.L1_N, "V"),
                Sample(231.4m, MeasurandEnumType.Voltage, PhaseEnumType.L2_N, "V"),
                Sample(229.8m, MeasurandEnumType.Voltage, PhaseEnumType.L3_N, "V"),
                Sample(10.62m, MeasurandEnumType.CurrentImport, PhaseEnumType.L1, "A"),
                Sample(10.71m, MeasurandEnumType.CurrentImport, PhaseEnumType.L2, "A"),
                Sample(10.58m, MeasurandEnumType.CurrentImport, PhaseEnumType.L3, "A"),
            },
        };

    private static SampledValueType Sample(
        decimal value,
        MeasurandEnumType measurand,
        PhaseEnumType? phase,
        string unit
    ) =>
        new()
        {
            Value = value,
            Context = ReadingContextEnumType.SamplePeriodic,
            Measurand = measurand,
            Phase = phase,
            Location = LocationEnumType.Outlet,
            UnitOfMeasure = new UnitOfMeasureType { Unit = unit },
        };
}
