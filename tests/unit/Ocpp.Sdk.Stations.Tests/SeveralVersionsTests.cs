using System.Text;
using Ocpp.Stations.Transactions;
using Ocpp.Stations.V201;
using Ocpp.Stations.V21;
using Ocpp201 = Ocpp.V201;
using Ocpp21 = Ocpp.V21;

namespace Ocpp.Stations.Tests;

/// <summary>One station, several versions of OCPP.</summary>
public sealed class SeveralVersionsTests
{
    private static readonly OcppProtocol s_v21 = Ocpp21.Ocpp21Protocol.Instance;
    private static readonly OcppProtocol s_v201 = Ocpp201.Ocpp201Protocol.Instance;
    private static readonly Ocpp21.IdTokenType s_idToken = new() { IdToken = "04A1B2C3", Type = "ISO14443" };

    [Fact]
    public async Task A_transaction_that_began_with_2_1_goes_on_and_ends_with_2_0_1()
    {
        await using var bench = new VersionsBench();
        await bench.BeginAsync(s_v21);
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);

        await bench.ReceiveAsync<Ocpp21.BootNotificationRequest>();
        Assert.Equal(
            (0, Ocpp21.TransactionEventEnumType.Started, true),
            Describe(await bench.ReceiveAsync<Ocpp21.TransactionEventRequest>())
        );
        Assert.Equal(
            (1, Ocpp21.TransactionEventEnumType.Updated, true),
            Describe(await bench.ReceiveAsync<Ocpp21.TransactionEventRequest>())
        );
        await bench.Queue.WhenEmptyAsync();

        await bench.ReconnectAsync(s_v201, () => bench.Transaction.Report(TransactionTrigger.OperationModeChanged));

        Ocpp201.BootNotificationRequest boot = await bench.ReceiveAsync<Ocpp201.BootNotificationRequest>();
        Assert.Equal(Ocpp201.BootReasonEnumType.Unknown, boot.Reason);
        Ocpp201.TransactionEventRequest translated = await bench.ReceiveAsync<Ocpp201.TransactionEventRequest>();
        Assert.Equal(
            (2, "T1", Ocpp201.TriggerReasonEnumType.ChargingStateChanged, (bool?)true),
            (translated.SeqNo, translated.TransactionInfo.TransactionId, translated.TriggerReason, translated.Offline)
        );
        await bench.Queue.WhenEmptyAsync();
        Ocpp201.GetTransactionStatusResponse status = await bench.Csms.CallAsync(
            new Ocpp201.GetTransactionStatusRequest { TransactionId = "T1" }
        );
        Assert.Equal((true, false), (status.OngoingIndicator, status.MessagesInQueue));

        Ocpp201.RequestStopTransactionResponse stopped = await bench.Csms.CallAsync(
            new Ocpp201.RequestStopTransactionRequest { TransactionId = "T1" }
        );
        Assert.Equal(Ocpp201.RequestStartStopStatusEnumType.Accepted, stopped.Status);
        Assert.Equal(
            (3, Ocpp201.TriggerReasonEnumType.RemoteStop),
            Reason(await bench.ReceiveAsync<Ocpp201.TransactionEventRequest>())
        );
        bench.Transaction.EvDisconnected();
        Ocpp201.TransactionEventRequest ended = await bench.ReceiveAsync<Ocpp201.TransactionEventRequest>();
        Assert.Equal(
            (4, Ocpp201.TransactionEventEnumType.Ended, (Ocpp201.ReasonEnumType?)Ocpp201.ReasonEnumType.Remote),
            (ended.SeqNo, ended.EventType, ended.TransactionInfo.StoppedReason)
        );
    }

    [Fact]
    public async Task What_a_csms_of_one_version_has_set_a_csms_of_the_other_reads()
    {
        await using var bench = new VersionsBench();
        await bench.BeginAsync(s_v21);
        await bench.ReceiveAsync<Ocpp21.BootNotificationRequest>();
        Ocpp21.SetVariablesResponse set = await bench.Csms.CallAsync(
            new Ocpp21.SetVariablesRequest
            {
                SetVariableData =
                [
                    new Ocpp21.SetVariableDataType
                    {
                        AttributeValue = "40",
                        Component = new Ocpp21.ComponentType { Name = "Display" },
                        Variable = new Ocpp21.VariableType { Name = "Brightness" },
                    },
                ],
            }
        );
        Assert.Equal(Ocpp21.SetVariableStatusEnumType.Accepted, Assert.Single(set.SetVariableResult).AttributeStatus);
        Assert.Equal(40, bench.Brightness.Value);

        await bench.ReconnectAsync(s_v201, () => { });

        await bench.ReceiveAsync<Ocpp201.BootNotificationRequest>();
        Ocpp201.GetVariablesResponse read = await bench.Csms.CallAsync(
            new Ocpp201.GetVariablesRequest
            {
                GetVariableData =
                [
                    new Ocpp201.GetVariableDataType
                    {
                        Component = new Ocpp201.ComponentType { Name = "Display" },
                        Variable = new Ocpp201.VariableType { Name = "Brightness" },
                    },
                ],
            }
        );
        Assert.Equal("40", Assert.Single(read.GetVariableResult).AttributeValue);
    }

    [Fact]
    public async Task A_csms_of_2_0_1_starts_and_deauthorizes_a_transaction_of_a_station_that_prefers_2_1()
    {
        await using var bench = new VersionsBench();
        bench.RespondV201 = request => new Ocpp201.TransactionEventResponse
        {
            IdTokenInfo = request.IdToken is null
                ? null
                : new Ocpp201.IdTokenInfoType { Status = Ocpp201.AuthorizationStatusEnumType.Blocked },
        };
        await bench.BeginAsync(s_v201);
        await bench.ReceiveAsync<Ocpp201.BootNotificationRequest>();
        bench.Transaction.EvConnected();
        await bench.ReceiveAsync<Ocpp201.TransactionEventRequest>();

        Ocpp201.RequestStartTransactionResponse response = await bench.Csms.CallAsync(
            new Ocpp201.RequestStartTransactionRequest
            {
                RemoteStartId = 7,
                IdToken = new Ocpp201.IdTokenType { IdToken = "04A1B2C3", Type = Ocpp201.IdTokenEnumType.ISO14443 },
            }
        );

        Assert.Equal(
            (Ocpp201.RequestStartStopStatusEnumType.Accepted, "T1"),
            (response.Status, response.TransactionId)
        );
        Ocpp201.TransactionEventRequest started = await bench.ReceiveAsync<Ocpp201.TransactionEventRequest>();
        Assert.Equal((1, Ocpp201.TriggerReasonEnumType.RemoteStart), Reason(started));
        Assert.Equal((7, "04A1B2C3"), (started.TransactionInfo.RemoteStartId, started.IdToken?.IdToken));
        Assert.Equal(
            (2, Ocpp201.TriggerReasonEnumType.Deauthorized),
            Reason(await bench.ReceiveAsync<Ocpp201.TransactionEventRequest>())
        );
        Assert.Null(bench.Transaction.IdToken);
    }

    [Fact]
    public async Task A_transaction_of_2_0_1_is_not_started_with_an_id_token_that_it_can_not_have()
    {
        await using var bench = new QueueBench();
        var transaction = new V201Transaction(bench.Queue, new V201TransactionOptions { EvseId = 1 });
        IEvseTransaction any = transaction;

        Assert.True(any.CanAuthorize(s_idToken));
        Assert.False(any.CanAuthorize(s_idToken with { Type = "VIN" }));
        Assert.Throws<OcppValidationException>(() => any.Authorize(s_idToken with { Type = "VIN" }));
        Assert.True(any.Authorize(s_idToken));

        Assert.Equal(
            new Ocpp201.IdTokenType { IdToken = "04A1B2C3", Type = Ocpp201.IdTokenEnumType.ISO14443 },
            transaction.IdToken
        );
    }

    [Fact]
    public void An_event_of_2_1_has_in_2_0_1_what_that_version_has()
    {
        Ocpp21.TransactionEventRequest request = Event() with
        {
            TriggerReason = Ocpp21.TriggerReasonEnumType.CostLimitReached,
            EvseSleep = true,
            PreconditioningStatus = Ocpp21.PreconditioningStatusEnumType.Ready,
            IdToken = s_idToken with { Type = "VIN" },
            TransactionInfo = new Ocpp21.TransactionType
            {
                TransactionId = "T1",
                ChargingState = Ocpp21.ChargingStateEnumType.SuspendedEVSE,
                StoppedReason = Ocpp21.ReasonEnumType.ReqEnergyTransferRejected,
                OperationMode = Ocpp21.OperationModeEnumType.ChargingOnly,
                TariffId = "day",
                TransactionLimit = new Ocpp21.TransactionLimitType { MaxCost = 10 },
            },
            MeterValue =
            [
                Reading(Ocpp21.MeasurandEnumType.CurrentExportOffered),
                Reading(Ocpp21.MeasurandEnumType.Voltage, Ocpp21.MeasurandEnumType.DisplayPresentSOC),
            ],
        };

        Ocpp201.TransactionEventRequest? translated = Translated(request);

        Assert.Equal(
            new Ocpp201.TransactionEventRequest
            {
                EventType = Ocpp201.TransactionEventEnumType.Updated,
                TriggerReason = Ocpp201.TriggerReasonEnumType.ChargingStateChanged,
                Timestamp = DateTimeOffset.UnixEpoch,
                SeqNo = 3,
                TransactionInfo = new Ocpp201.TransactionType
                {
                    TransactionId = "T1",
                    ChargingState = Ocpp201.ChargingStateEnumType.SuspendedEVSE,
                    StoppedReason = Ocpp201.ReasonEnumType.Other,
                },
                MeterValue =
                [
                    new Ocpp201.MeterValueType
                    {
                        Timestamp = DateTimeOffset.UnixEpoch,
                        SampledValue =
                        [
                            new Ocpp201.SampledValueType
                            {
                                Value = 1.50m,
                                Measurand = Ocpp201.MeasurandEnumType.Voltage,
                            },
                        ],
                    },
                ],
            },
            translated
        );
        Assert.Null(
            Translated(Event() with { MeterValue = [Reading(Ocpp21.MeasurandEnumType.DisplayPresentSOC)] })?.MeterValue
        );
    }

    [Fact]
    public void An_event_of_2_0_1_is_the_same_in_2_1_and_other_messages_wait()
    {
        var station = new V21Station(new Ocpp21.ChargingStationType { VendorName = "Example", Model = "1" });
        byte[] payload = OcppJson.ToUtf8Bytes(QueueBench.Event(3));
        QueuedMessage message = Message("ocpp2.0.1", "TransactionEvent", payload);

        Assert.Equal(payload, station.Translate(message)?.ToArray());
        Assert.Null(station.Translate(message with { Subprotocol = "ocpp1.6" }));
        Assert.Null(station.Translate(message with { Action = "MeterValues" }));
        Assert.Null(station.Translate(message with { Payload = Encoding.UTF8.GetBytes("{}") }));
        Assert.Null(Station201().Translate(message with { Subprotocol = "ocpp2.1", Action = "MeterValues" }));
        Assert.Null(
            Station201().Translate(message with { Subprotocol = "ocpp2.1", Payload = Encoding.UTF8.GetBytes("{}") })
        );
        Assert.Null(Station201().Translate(message with { Subprotocol = "ocpp1.6" }));
    }

    private static V201Station Station201() =>
        new(new Ocpp201.ChargingStationType { VendorName = "Example", Model = "1" });

    private static Ocpp201.TransactionEventRequest? Translated(Ocpp21.TransactionEventRequest request) =>
        Station201().Translate(Message("ocpp2.1", "TransactionEvent", OcppJson.ToUtf8Bytes(request))) is { } payload
            ? OcppJson.Parse<Ocpp201.TransactionEventRequest>(payload.Span)
            : null;

    private static QueuedMessage Message(string subprotocol, string action, byte[] payload) =>
        new()
        {
            Id = 1,
            Subprotocol = subprotocol,
            Action = action,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Retention = MessageRetention.Required,
            Attempts = 0,
            Payload = payload,
        };

    private static Ocpp21.TransactionEventRequest Event() =>
        new()
        {
            EventType = Ocpp21.TransactionEventEnumType.Updated,
            TriggerReason = Ocpp21.TriggerReasonEnumType.ChargingStateChanged,
            Timestamp = DateTimeOffset.UnixEpoch,
            SeqNo = 3,
            TransactionInfo = new Ocpp21.TransactionType { TransactionId = "T1" },
        };

    private static Ocpp21.MeterValueType Reading(params Ocpp21.MeasurandEnumType[] measurands) =>
        new()
        {
            Timestamp = DateTimeOffset.UnixEpoch,
            SampledValue =
            [
                .. measurands.Select(one => new Ocpp21.SampledValueType { Value = 1.50m, Measurand = one }),
            ],
        };

    private static (int, Ocpp21.TransactionEventEnumType, bool?) Describe(Ocpp21.TransactionEventRequest request) =>
        (request.SeqNo, request.EventType, request.EvseSleep);

    private static (int, Ocpp201.TriggerReasonEnumType) Reason(Ocpp201.TransactionEventRequest request) =>
        (request.SeqNo, request.TriggerReason);
}
