using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.V16;
using Ocpp.V21;

namespace Ocpp.Benchmarks.Versions;

internal static class VersionPayloads
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    public static IReadOnlyList<VersionPayload> Create() =>
        [StartTransaction(), MeterValues(), NotifyPeriodicEventStream(), TransactionEvent()];

    private static VersionPayload<StartTransactionRequest> StartTransaction() =>
        new(
            "StartTransaction-1.6",
            "StartTransaction",
            2,
            new StartTransactionRequest
            {
                ConnectorId = 1,
                IdTag = "04A2B3C4D5E680",
                MeterStart = 1_284_350,
                ReservationId = 4711,
                Timestamp = s_start,
            },
            ["connectorId", "idTag", "meterStart", "reservationId", "timestamp"],
            static (output, request) => OcppFrame.WriteCall(output, Payloads.Payload.MessageId, request),
            static (writer, request) =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("connectorId"u8, request.ConnectorId);
                writer.WriteString("idTag"u8, request.IdTag);
                writer.WriteNumber("meterStart"u8, request.MeterStart);
                writer.WriteString("timestamp"u8, request.Timestamp.UtcDateTime);
                writer.WriteNumber("reservationId"u8, request.ReservationId!.Value);
                writer.WriteEndObject();
            }
        );

    /// <summary>Four meter values with eight sampled values each, as a three-phase station sends them.</summary>
    private static VersionPayload<Ocpp.V16.MeterValuesRequest> MeterValues() =>
        new(
            "MeterValues-1.6",
            "MeterValues",
            2,
            new Ocpp.V16.MeterValuesRequest
            {
                ConnectorId = 1,
                TransactionId = 42,
                MeterValue =
                [
                    .. Enumerable
                        .Range(0, 4)
                        .Select(minute => new MeterValue
                        {
                            Timestamp = s_start.AddMinutes(minute),
                            SampledValue =
                            [
                                Sample("1284350.75", Measurand.EnergyActiveImportRegister, null, UnitOfMeasure.Wh),
                                Sample("7356.4", Measurand.PowerActiveImport, null, UnitOfMeasure.W),
                                Sample("230.1", Measurand.Voltage, Phase.L1_N, UnitOfMeasure.V),
                                Sample("231.4", Measurand.Voltage, Phase.L2_N, UnitOfMeasure.V),
                                Sample("229.8", Measurand.Voltage, Phase.L3_N, UnitOfMeasure.V),
                                Sample("10.62", Measurand.CurrentImport, Phase.L1, UnitOfMeasure.A),
                                Sample("10.71", Measurand.CurrentImport, Phase.L2, UnitOfMeasure.A),
                                Sample("10.58", Measurand.CurrentImport, Phase.L3, UnitOfMeasure.A),
                            ],
                        }),
                ],
            },
            ["connectorId", "transactionId", "meterValue"],
            static (output, request) => OcppFrame.WriteCall(output, Payloads.Payload.MessageId, request),
            static (writer, request) =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("connectorId"u8, request.ConnectorId);
                writer.WriteStartArray("meterValue"u8);
                foreach (MeterValue meterValue in request.MeterValue)
                {
                    writer.WriteStartObject();
                    writer.WriteString("timestamp"u8, meterValue.Timestamp.UtcDateTime);
                    writer.WriteStartArray("sampledValue"u8);
                    foreach (SampledValue sample in meterValue.SampledValue)
                    {
                        writer.WriteStartObject();
                        writer.WriteString("value"u8, sample.Value);
                        writer.WriteString("context"u8, "Sample.Periodic"u8);
                        writer.WriteString("measurand"u8, sample.Measurand!.Value.ToWireName());
                        if (sample.Phase is { } phase)
                        {
                            writer.WriteString("phase"u8, phase.ToWireName());
                        }

                        writer.WriteString("location"u8, "Outlet"u8);
                        writer.WriteString("unit"u8, sample.Unit!.Value.ToWireName());
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteNumber("transactionId"u8, request.TransactionId!.Value);
                writer.WriteEndObject();
            }
        );

    private static SampledValue Sample(string value, Measurand measurand, Phase? phase, UnitOfMeasure unit) =>
        new()
        {
            Value = value,
            Context = ReadingContext.SamplePeriodic,
            Measurand = measurand,
            Phase = phase,
            Location = Location.Outlet,
            Unit = unit,
        };

    /// <summary>A minute of a value that is sampled each second.</summary>
    private static VersionPayload<NotifyPeriodicEventStream> NotifyPeriodicEventStream() =>
        new(
            "NotifyPeriodicEventStream-2.1",
            "NotifyPeriodicEventStream",
            6,
            new NotifyPeriodicEventStream
            {
                Data =
                [
                    .. Enumerable
                        .Range(0, 60)
                        .Select(second => new StreamDataElementType { T = second + 0.5m, V = "230.1" }),
                ],
                Id = 3,
                Pending = 0,
                Basetime = s_start,
            },
            ["data", "id", "pending", "basetime"],
            static (output, message) => OcppFrame.WriteSend(output, Payloads.Payload.MessageId, message),
            static (writer, message) =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("data"u8);
                foreach (StreamDataElementType element in message.Data)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("t"u8, element.T);
                    writer.WriteString("v"u8, element.V);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteNumber("id"u8, message.Id);
                writer.WriteNumber("pending"u8, message.Pending);
                writer.WriteString("basetime"u8, message.Basetime.UtcDateTime);
                writer.WriteEndObject();
            }
        );

    /// <summary>The same as that of OCPP 2.0.1, whose JSON it reads.</summary>
    private static VersionPayload<TransactionEventRequest> TransactionEvent() =>
        new(
            "TransactionEvent-2.1",
            "TransactionEvent",
            2,
            OcppJson.Parse<TransactionEventRequest>(
                OcppJson.ToUtf8Bytes(new Payloads.TransactionEventPayload().Request)
            ),
            ["eventType", "meterValue", "timestamp", "triggerReason", "seqNo", "transactionInfo", "evse", "idToken"],
            static (output, request) => OcppFrame.WriteCall(output, Payloads.Payload.MessageId, request),
            WriteTransactionEvent
        );

    private static void WriteTransactionEvent(Utf8JsonWriter writer, TransactionEventRequest request)
    {
        writer.WriteStartObject();
        writer.WriteString("eventType"u8, "Updated"u8);
        writer.WriteString("timestamp"u8, request.Timestamp.UtcDateTime);
        writer.WriteString("triggerReason"u8, "MeterValuePeriodic"u8);
        writer.WriteNumber("seqNo"u8, request.SeqNo);
        writer.WriteStartObject("transactionInfo"u8);
        writer.WriteString("transactionId"u8, request.TransactionInfo.TransactionId);
        writer.WriteString("chargingState"u8, "Charging"u8);
        writer.WriteEndObject();
        writer.WriteStartArray("meterValue"u8);
        foreach (MeterValueType meterValue in request.MeterValue!)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("sampledValue"u8);
            foreach (SampledValueType sample in meterValue.SampledValue)
            {
                writer.WriteStartObject();
                writer.WriteNumber("value"u8, sample.Value);
                writer.WriteString("measurand"u8, sample.Measurand!.Value.ToWireName());
                writer.WriteString("context"u8, "Sample.Periodic"u8);
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

            writer.WriteEndArray();
            writer.WriteString("timestamp"u8, meterValue.Timestamp.UtcDateTime);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("evse"u8);
        writer.WriteNumber("id"u8, request.Evse!.Id);
        writer.WriteNumber("connectorId"u8, request.Evse.ConnectorId!.Value);
        writer.WriteEndObject();
        writer.WriteStartObject("idToken"u8);
        writer.WriteString("idToken"u8, request.IdToken!.IdToken);
        writer.WriteString("type"u8, "ISO14443"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
