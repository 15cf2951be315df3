using System.Text;
using System.Text.Json.Nodes;
using Ocpp.V201;

namespace Ocpp.Stations.V201;

/// <summary>
/// An event of a transaction of OCPP 2.1 as one of 2.0.1: the same, without what 2.0.1 does not have. Works on JSON,
/// for the types of 2.1 are in a package that stations of 2.0.1 need not have.
/// </summary>
internal static class V201EventOf21
{
    private const string TriggerReason = "triggerReason";
    private const string TransactionInfo = "transactionInfo";
    private const string StoppedReason = "stoppedReason";
    private const string IdToken = "idToken";
    private const string MeterValue = "meterValue";
    private const string SampledValue = "sampledValue";

    private static readonly string[] s_newInEvent = ["costDetails", "preconditioningStatus", "evseSleep"];
    private static readonly string[] s_newInTransaction = ["operationMode", "tariffId", "transactionLimit"];

    /// <returns><see langword="null"/> if the result would not be an event of OCPP 2.0.1.</returns>
    public static ReadOnlyMemory<byte>? Translate(ReadOnlyMemory<byte> payload)
    {
        if (
            JsonNode.Parse(payload.Span) is not JsonObject request
            || request[TransactionInfo] is not JsonObject transaction
            || !TryGetText(request, TriggerReason, out string trigger)
        )
        {
            return null;
        }

        Remove(request, s_newInEvent);
        Remove(transaction, s_newInTransaction);
        if (!Enum.TryParse<TriggerReasonEnumType>(trigger, out _))
        {
            // What it has no reason for shows in the charging state.
            request[TriggerReason] = nameof(TriggerReasonEnumType.ChargingStateChanged);
        }

        if (TryGetText(transaction, StoppedReason, out string reason) && !Enum.TryParse<ReasonEnumType>(reason, out _))
        {
            transaction[StoppedReason] = nameof(ReasonEnumType.Other);
        }

        if (!Is<IdTokenType>(request[IdToken]))
        {
            request.Remove(IdToken);
        }

        RemoveReadings(request);
        byte[] translated = ToBytes(request);
        if (OcppJson.TryParse<TransactionEventRequest>(translated, out _, out _))
        {
            return translated;
        }

        return null;
    }

    /// <summary>Removes quantities whole: without its measurand, a value would be one of the energy register.</summary>
    private static void RemoveReadings(JsonObject request)
    {
        if (request[MeterValue] is not JsonArray readings)
        {
            return;
        }

        foreach (JsonNode? reading in readings.ToArray())
        {
            if (reading?[SampledValue] is JsonArray values)
            {
                foreach (JsonNode? value in values.Where(value => !Is<SampledValueType>(value)).ToArray())
                {
                    values.Remove(value);
                }
            }

            if (reading?[SampledValue] is not JsonArray { Count: > 0 })
            {
                readings.Remove(reading);
            }
        }

        if (readings.Count == 0)
        {
            request.Remove(MeterValue);
        }
    }

    private static void Remove(JsonObject from, string[] names)
    {
        foreach (string name in names)
        {
            from.Remove(name);
        }
    }

    private static bool TryGetText(JsonObject from, string name, out string text)
    {
        text = "";
        return from[name] is JsonValue value && value.TryGetValue(out text!);
    }

    private static bool Is<T>(JsonNode? node)
        where T : class, IOcppPayload<T> => node is not null && OcppJson.TryParse<T>(ToBytes(node), out _, out _);

    private static byte[] ToBytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
