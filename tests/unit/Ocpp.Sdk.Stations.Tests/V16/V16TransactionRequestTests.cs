using Ocpp.Stations.Transactions;
using Ocpp.Stations.V16;
using Ocpp.Testing;
using Ocpp.V16;

namespace Ocpp.Stations.Tests.V16;

/// <summary>What a CSMS asks of the transactions of a station with two connectors.</summary>
public sealed class V16TransactionRequestTests : IAsyncDisposable
{
    private const RemoteStartStopStatus Accepted = RemoteStartStopStatus.Accepted;
    private const RemoteStartStopStatus Rejected = RemoteStartStopStatus.Rejected;

    private readonly V16Bench _bench = new();
    private readonly V16Transaction _first;
    private readonly V16Transaction _second;
    private readonly OcppPair _pair;
    private bool _mayStart = true;

    public V16TransactionRequestTests()
    {
        (_first, _second) = (Open(1, connectorId: null), Open(2, connectorId: 3));
        var transactions = new V16Transactions(_bench.Queue, [_first, _second]) { MayStart = (_, _) => _mayStart };
        _pair = OcppPair.Create(
            Ocpp16Protocol.Instance,
            station: station =>
            {
                transactions.AddTo(station);
                station.On(
                    (TriggerMessageRequest request, OcppRequestContext context) =>
                        transactions.Trigger(request, context)
                );
                station.On(
                    (ExtendedTriggerMessageRequest request, OcppRequestContext context) =>
                        transactions.Trigger(request, context)
                );
            }
        );
    }

    [Fact]
    public async Task A_remote_start_authorizes_the_connector_after_the_response() // TC_010
    {
        _second.EvConnected();

        Assert.Equal(Accepted, await StartAsync(connectorId: 3));

        await WhenQueuedAsync(1);
        _bench.ConnectAndRun();
        await _bench.AssertReceivedAsync("Start 3 TAG 1000");
        Assert.Null(_first.IdToken);
    }

    [Fact]
    public async Task A_remote_start_before_the_ev_is_connected_starts_with_the_cable() // TC_011_1
    {
        Assert.Equal(Accepted, await StartAsync(connectorId: 1));
        while (_first.IdToken is null)
        {
            await Task.Yield();
        }

        Assert.Equal(0, _bench.Queue.Count);
        _first.EvConnected();

        _bench.ConnectAndRun();
        await _bench.AssertReceivedAsync("Start 1 TAG 1000");
    }

    [Fact]
    // TC_026
    public async Task A_remote_start_is_rejected_at_a_connector_that_is_unknown_or_authorized_or_not_available()
    {
        _first.Authorize("OTHER");

        Assert.Equal(Rejected, await StartAsync(connectorId: 0)); // TC_027
        Assert.Equal(Rejected, await StartAsync(connectorId: 2));
        Assert.Equal(Rejected, await StartAsync(connectorId: 1));
        _mayStart = false;
        Assert.Equal(Rejected, await StartAsync(connectorId: 3));
        Assert.Null(_second.IdToken);
    }

    [Fact]
    public async Task A_remote_start_without_a_connector_gets_the_one_whose_ev_waits()
    {
        Assert.Equal(Rejected, await StartAsync(connectorId: null));
        _second.EvConnected();

        Assert.Equal(Accepted, await StartAsync(connectorId: null));

        await WhenQueuedAsync(1);
        Assert.Equal("TAG", _second.IdToken?.Value);
        Assert.Null(_first.IdToken);
    }

    [Fact]
    public async Task A_remote_stop_ends_the_transaction_after_the_response() // TC_012, TC_028
    {
        _bench.ConnectAndRun();
        _first.EvConnected();
        _first.Authorize("TAG");
        await _bench.AssertReceivedAsync("Start 1 TAG 1000");
        Assert.Equal(Rejected, await StopAsync(99));

        Assert.Equal(Accepted, await StopAsync(100));

        await _bench.AssertReceivedAsync("Stop 100 Remote 1000");
        Assert.Equal(Rejected, await StopAsync(100));
    }

    [Fact]
    public async Task A_trigger_adds_readings_to_the_transaction_or_without_one() // TC_054
    {
        _bench.ConnectAndRun();
        _first.EvConnected();
        _first.Authorize("TAG");
        await _bench.AssertReceivedAsync("Start 1 TAG 1000");

        Assert.Equal(TriggerMessageStatus.Accepted, await TriggerAsync(MessageTrigger.MeterValues, connectorId: null));
        await _bench.AssertReceivedAsync("Meter 100 1 1", "Meter  3 2");
        ExtendedTriggerMessageResponse response = await _pair.Csms.CallAsync(
            new ExtendedTriggerMessageRequest { RequestedMessage = MessageTriggerEnumType.MeterValues, ConnectorId = 3 }
        );
        Assert.Equal(TriggerMessageStatusEnumType.Accepted, response.Status);
        await _bench.AssertReceivedAsync("Meter  3 2");

        // TC_055
        Assert.Equal(TriggerMessageStatus.Rejected, await TriggerAsync(MessageTrigger.MeterValues, connectorId: 2));
        Assert.Equal(
            TriggerMessageStatus.NotImplemented,
            await TriggerAsync(MessageTrigger.StatusNotification, connectorId: 1)
        );
    }

    [Fact]
    public void Two_transactions_of_one_evse_are_refused() =>
        Assert.Throws<ArgumentException>(() => new V16Transactions(_bench.Queue, [_first, Open(1, connectorId: 5)]));

    public async ValueTask DisposeAsync()
    {
        await _pair.DisposeAsync();
        await _bench.DisposeAsync();
    }

    private V16Transaction Open(int evseId, int? connectorId) =>
        new(
            _bench.Queue,
            new V16TransactionOptions
            {
                EvseId = evseId,
                ConnectorId = connectorId,
                ReadRegister = () => 1000,
                ReadMeter = reading =>
                    reading is TransactionReading.Trigger or TransactionReading.MeterTrigger
                        ? [V16Bench.Reading(evseId)]
                        : null,
            }
        );

    /// <summary>Waits until so many messages are in the queue, which follow from what the CSMS has asked for.</summary>
    private async Task WhenQueuedAsync(int count)
    {
        while (_bench.Queue.Count < count)
        {
            await Task.Yield();
        }
    }

    private async Task<RemoteStartStopStatus> StartAsync(int? connectorId) =>
        (
            await _pair.Csms.CallAsync(new RemoteStartTransactionRequest { ConnectorId = connectorId, IdTag = "TAG" })
        ).Status;

    private async Task<RemoteStartStopStatus> StopAsync(int transactionId) =>
        (await _pair.Csms.CallAsync(new RemoteStopTransactionRequest { TransactionId = transactionId })).Status;

    private async Task<TriggerMessageStatus> TriggerAsync(MessageTrigger message, int? connectorId) =>
        (
            await _pair.Csms.CallAsync(
                new TriggerMessageRequest { RequestedMessage = message, ConnectorId = connectorId }
            )
        ).Status;
}
