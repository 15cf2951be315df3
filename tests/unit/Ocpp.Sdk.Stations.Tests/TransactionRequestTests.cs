using Ocpp.Stations.Transactions;
using Ocpp.Stations.V201;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

/// <summary>What a CSMS asks of the transactions of a station with two EVSEs.</summary>
public sealed class TransactionRequestTests : IAsyncDisposable
{
    private const RequestStartStopStatusEnumType Accepted = RequestStartStopStatusEnumType.Accepted;
    private const RequestStartStopStatusEnumType Rejected = RequestStartStopStatusEnumType.Rejected;

    private readonly QueueBench _bench = new();
    private readonly V201Transaction _first;
    private readonly V201Transaction _second;
    private readonly V201Transactions _transactions;
    private readonly OcppPair _pair;
    private bool _mayStart = true;

    public TransactionRequestTests()
    {
        (_first, _second) = (Open(1), Open(2));
        _transactions = new V201Transactions(_bench.Queue, [_first, _second]) { MayStart = (_, _) => _mayStart };
        _pair = OcppPair.Create(
            Ocpp201Protocol.Instance,
            station: station =>
            {
                _transactions.AddTo(station);
                station.On(
                    (TriggerMessageRequest request, OcppRequestContext context) =>
                        _transactions.Trigger(request, context)
                );
            }
        );
    }

    [Fact]
    public async Task A_remote_start_authorizes_the_evse_after_the_response()
    {
        _second.EvConnected();

        RequestStartTransactionResponse response = await StartAsync(evseId: 2);

        Assert.Equal((Accepted, "EVSE 2"), (response.Status, response.TransactionId));
        await WhenQueuedAsync(2);
        TransactionEventRequest request = Queued()[1];
        Assert.Equal(TriggerReasonEnumType.RemoteStart, request.TriggerReason);
        Assert.Equal(7, request.TransactionInfo.RemoteStartId);
        Assert.Equal(TransactionBench.IdToken, request.IdToken);
        Assert.Equal(TransactionBench.IdToken, _second.IdToken);
        Assert.Null(_first.IdToken);
    }

    [Fact]
    public async Task A_remote_start_before_the_ev_is_connected_has_its_id_in_the_first_event()
    {
        Assert.Equal((Accepted, null), await StartedAsync(evseId: 1));

        await AuthorizedAsync(_first);
        _first.EvConnected();

        TransactionEventRequest request = Assert.Single(Queued());
        Assert.Equal(TransactionEventEnumType.Started, request.EventType);
        Assert.Equal(7, request.TransactionInfo.RemoteStartId);
    }

    [Fact]
    public async Task A_remote_start_without_an_evse_gets_the_one_whose_ev_waits()
    {
        Assert.Equal((Rejected, null), await StartedAsync(evseId: null));
        _second.EvConnected();

        Assert.Equal((Accepted, "EVSE 2"), await StartedAsync(evseId: null));

        await AuthorizedAsync(_second);
        Assert.Equal((Accepted, null), await StartedAsync(evseId: null));
        await AuthorizedAsync(_first);
        Assert.Equal((Rejected, null), await StartedAsync(evseId: null));
    }

    [Fact]
    public async Task A_remote_start_is_rejected_at_an_evse_that_is_unknown_or_authorized_or_not_available()
    {
        _first.Authorize(TransactionBench.OtherIdToken);

        Assert.Equal((Rejected, null), await StartedAsync(evseId: 3));
        Assert.Equal((Rejected, null), await StartedAsync(evseId: 1));
        _mayStart = false;
        Assert.Equal((Rejected, null), await StartedAsync(evseId: 2));
        Assert.Null(_second.IdToken);
    }

    [Fact]
    public async Task A_remote_stop_ends_the_transaction_after_the_response()
    {
        _first.EvConnected();
        _first.Authorize(TransactionBench.IdToken);

        Assert.Equal(Accepted, await StopAsync("EVSE 1"));

        await WhenQueuedAsync(3);
        TransactionEventRequest request = Queued()[2];
        Assert.Equal(TransactionEventEnumType.Ended, request.EventType);
        Assert.Equal(TriggerReasonEnumType.RemoteStop, request.TriggerReason);
        Assert.Equal(ReasonEnumType.Remote, request.TransactionInfo.StoppedReason);
        Assert.Equal(Rejected, await StopAsync("EVSE 1"));
    }

    [Fact]
    public async Task The_status_of_a_transaction_is_whether_it_is_ongoing_and_has_events_that_wait()
    {
        Assert.Equal((null, false), await StatusAsync(null));
        Assert.Equal((false, false), await StatusAsync("EVSE 1"));
        _first.EvConnected();
        Assert.Equal((null, true), await StatusAsync(null));
        Assert.Equal((true, true), await StatusAsync("EVSE 1"));
        Assert.Equal((false, false), await StatusAsync("EVSE 2"));

        _bench.Connect();
        _ = _bench.RunAsync();
        await _bench.Queue.WhenEmptyAsync();
        Assert.Equal((null, false), await StatusAsync(null));
        Assert.Equal((true, false), await StatusAsync("EVSE 1"));

        _bench.Connection.Pair.Cut();
        await _bench.Connection.Pair.Station.Completion;
        _first.Stop(TransactionStopReason.Other);
        Assert.Equal((false, true), await StatusAsync("EVSE 1"));
    }

    [Fact]
    public async Task A_trigger_adds_an_event_with_a_reading_for_each_transaction_it_is_about()
    {
        Assert.Equal(TriggerMessageStatusEnumType.Rejected, await TriggerAsync());
        _first.EvConnected();
        _second.EvConnected();

        Assert.Equal(TriggerMessageStatusEnumType.Accepted, await TriggerAsync(evseId: 2));
        await WhenQueuedAsync(3);
        Assert.Equal(TriggerMessageStatusEnumType.Accepted, await TriggerAsync());
        await WhenQueuedAsync(5);
        Assert.Equal(
            TriggerMessageStatusEnumType.NotImplemented,
            await TriggerAsync(message: MessageTriggerEnumType.MeterValues)
        );

        TransactionEventRequest[] events = Queued()[2..];
        Assert.Equal(["EVSE 2", "EVSE 1", "EVSE 2"], events.Select(one => one.TransactionInfo.TransactionId));
        Assert.All(
            events,
            one =>
            {
                Assert.Equal(TriggerReasonEnumType.Trigger, one.TriggerReason);
                Assert.Equal(TransactionBench.Reading((int)TransactionReading.Trigger), one.MeterValue?[0]);
            }
        );
    }

    [Fact]
    public void Each_evse_has_one_transaction() =>
        Assert.Throws<ArgumentException>(() => new V201Transactions(_bench.Queue, [_first, Open(1)]));

    public async ValueTask DisposeAsync()
    {
        await _pair.DisposeAsync();
        await _bench.DisposeAsync();
    }

    private V201Transaction Open(int evseId) =>
        new(
            _bench.Queue,
            new V201TransactionOptions
            {
                EvseId = evseId,
                Settings = new TransactionSettings
                {
                    TxStartPoint = TransactionPoints.EVConnected,
                    TxStopPoint = TransactionPoints.Authorized,
                },
                ReadMeter = reading => [TransactionBench.Reading((int)reading)],
                CreateTransactionId = () => $"EVSE {evseId}",
            }
        );

    private Task<RequestStartTransactionResponse> StartAsync(int? evseId) =>
        _pair.Csms.CallAsync(
            new RequestStartTransactionRequest
            {
                EvseId = evseId,
                RemoteStartId = 7,
                IdToken = TransactionBench.IdToken,
            }
        );

    private async Task<(RequestStartStopStatusEnumType, string?)> StartedAsync(int? evseId)
    {
        RequestStartTransactionResponse response = await StartAsync(evseId);
        return (response.Status, response.TransactionId);
    }

    private async Task<RequestStartStopStatusEnumType> StopAsync(string transactionId) =>
        (await _pair.Csms.CallAsync(new RequestStopTransactionRequest { TransactionId = transactionId })).Status;

    private async Task<(bool?, bool)> StatusAsync(string? transactionId)
    {
        GetTransactionStatusResponse response = await _pair.Csms.CallAsync(
            new GetTransactionStatusRequest { TransactionId = transactionId }
        );
        return (response.OngoingIndicator, response.MessagesInQueue);
    }

    private async Task<TriggerMessageStatusEnumType> TriggerAsync(
        int? evseId = null,
        MessageTriggerEnumType message = MessageTriggerEnumType.TransactionEvent
    ) =>
        (
            await _pair.Csms.CallAsync(
                new TriggerMessageRequest
                {
                    RequestedMessage = message,
                    Evse = evseId is { } id ? new EVSEType { Id = id } : null,
                }
            )
        ).Status;

    private TransactionEventRequest[] Queued()
    {
        var events = new List<TransactionEventRequest>();
        _bench.Queue.Contains(message =>
        {
            events.Add(message.ReadRequest<TransactionEventRequest>());
            return false;
        });
        return [.. events];
    }

    /// <summary>The work after a response may be done after the CSMS has it.</summary>
    private async Task WhenQueuedAsync(int count)
    {
        while (_bench.Queue.Count < count)
        {
            await Task.Yield();
        }
    }

    private static async Task AuthorizedAsync(V201Transaction transaction)
    {
        while (transaction.IdToken is null)
        {
            await Task.Yield();
        }
    }
}
