using Ocpp.Stations.Transactions;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

/// <summary>Transactions of a station that is offline for a time, or not accepted yet.</summary>
public sealed class TransactionOfflineTests
{
    private const TransactionPoints Connected = TransactionPoints.EVConnected;

    [Fact]
    public async Task A_transaction_that_is_offline_from_beginning_to_end_arrives_as_a_whole_and_in_order()
    {
        await using var bench = new TransactionBench(Connected, Connected);
        await bench.Queue.Connection.Pair.Station.CloseAsync();
        bench.ReadMeter = reading => [TransactionBench.Reading(reading == TransactionReading.End ? 90 : 10)];
        DateTimeOffset start = bench.Queue.Clock.GetUtcNow();

        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(TransactionBench.IdToken);
        bench.Transaction.EnergyTransferStarted();
        bench.Queue.Clock.Advance(TimeSpan.FromHours(1));
        bench.Transaction.StopAuthorized(TransactionBench.IdToken);
        bench.Transaction.EvDisconnected();
        Assert.Equal(5, bench.Queue.Queue.Count);
        bench.Queue.Connect();

        TransactionEventRequest first = await bench.Queue.ReceiveAsync();
        Assert.Equal((start, true, 10m), (first.Timestamp, first.Offline, first.MeterValue?[0].SampledValue[0].Value));
        await bench.AssertEventsAsync(
            "T1 1 Updated Authorized EVConnected idToken=04A1B2C3 offline",
            "T1 2 Updated ChargingStateChanged Charging offline",
            "T1 3 Updated StopAuthorized EVConnected idToken=04A1B2C3 offline",
            "T1 4 Ended EVCommunicationLost Idle stopped=Local meter=10+90 offline"
        );
    }

    [Fact]
    public async Task A_transaction_goes_on_when_the_connection_is_lost_and_says_what_happened_meanwhile()
    {
        await using var bench = new TransactionBench(Connected, Connected);
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(TransactionBench.IdToken);
        await bench.NextAsync(2);
        await bench.Queue.Queue.WhenEmptyAsync();
        await bench.Queue.Connection.Pair.Station.CloseAsync();

        bench.Transaction.EnergyTransferStarted();
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
        bench.Queue.Connect();
        Assert.Equal(["T1 2 Updated ChargingStateChanged Charging offline"], await bench.NextAsync(1));
        bench.Transaction.EvDisconnected();

        await bench.AssertEventsAsync("T1 3 Ended EVCommunicationLost Idle stopped=EVDisconnected");
    }

    [Fact]
    public async Task What_waits_when_the_connection_is_lost_is_sent_as_what_occurred_offline()
    {
        await using var bench = new TransactionBench(Connected, Connected);
        bench.Queue.Respond = _ => throw new OcppCallErrorException(OcppErrorCode.InternalError);
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(TransactionBench.IdToken);
        Assert.Equal(["T1 0 Started CablePluggedIn EVConnected evse=1/2"], await bench.NextAsync(1));
        await bench.Queue.Clock.WhenArmedAsync(1); // the wait until it is sent again
        bench.Queue.Respond = _ => new TransactionEventResponse();
        await bench.Queue.Connection.Pair.Station.CloseAsync();
        bench.Queue.Clock.Advance(TimeSpan.FromMinutes(1));

        bench.Queue.Connect();
        string[] waited = await bench.NextAsync(2);
        bench.Transaction.EnergyTransferStarted();

        Assert.Equal(
            [
                "T1 0 Started CablePluggedIn EVConnected evse=1/2 offline",
                "T1 1 Updated Authorized EVConnected idToken=04A1B2C3 offline",
            ],
            waited
        );
        await bench.AssertEventsAsync("T1 2 Updated ChargingStateChanged Charging");
    }

    [Fact]
    public async Task What_waits_when_the_station_is_restarted_is_sent_as_what_occurred_offline()
    {
        await using var bench = new TransactionBench(Connected, Connected);
        bench.Queue.Respond = _ => throw new OcppCallErrorException(OcppErrorCode.InternalError);
        bench.Transaction.EvConnected();
        await bench.NextAsync(1);
        await bench.Queue.Clock.WhenArmedAsync(1);
        bench.Queue.Respond = _ => new TransactionEventResponse();

        await bench.RestartAsync();
        bench.Run();

        await bench.AssertEventsAsync("T1 0 Started CablePluggedIn EVConnected evse=1/2 offline");
    }

    [Fact]
    public async Task A_transaction_that_began_offline_is_deauthorized_when_the_csms_does_not_accept_it_later()
    {
        await using var bench = new TransactionBench();
        await bench.Queue.Connection.Pair.Station.CloseAsync();
        bench.Queue.Respond = request => new TransactionEventResponse
        {
            IdTokenInfo = request.IdToken is null
                ? null
                : new IdTokenInfoType { Status = AuthorizationStatusEnumType.Invalid },
        };
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(TransactionBench.IdToken);
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);

        bench.Queue.Connect();

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3 offline",
            "T1 1 Ended Deauthorized EVConnected stopped=DeAuthorized"
        );
    }

    [Fact]
    public async Task The_end_of_charging_is_an_event_and_the_transaction_ends_with_its_stop_point()
    {
        await using var bench = new TransactionBench(Connected, Connected);
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(TransactionBench.IdToken);
        bench.Transaction.EnergyTransferStarted();
        await bench.NextAsync(3);

        bench.Transaction.EnergyTransferSuspendedByEv();
        bench.Transaction.EnergyTransferEnded();
        bench.Transaction.EvDisconnected();

        await bench.AssertEventsAsync(
            "T1 3 Updated ChargingStateChanged SuspendedEV",
            "T1 4 Updated ChargingStateChanged EVConnected",
            "T1 5 Ended EVCommunicationLost Idle stopped=EVDisconnected"
        );
    }

    [Fact]
    public async Task No_transaction_begins_before_the_csms_has_accepted_the_station_unless_it_is_configured_so()
    {
        await using var bench = new PartsBench();
        bench.Boot.Boot = _ => BootBench.Answer(RegistrationStatusEnumType.Pending, 300);
        await bench.BeginAsync();
        bench.First.Settings = new TransactionSettings { TxStartPoint = Connected };

        bench.First.EvConnected();
        Assert.False(bench.First.Authorize(TransactionBench.IdToken));
        Assert.False(bench.First.IsFree);
        Assert.Equal((null, TransactionEnergy.NotAllowed), (bench.First.TransactionId, bench.First.Energy));
        bench.First.Settings = bench.First.Settings with { TxBeforeAcceptedEnabled = true };
        Assert.True(bench.First.IsFree);
        Assert.True(bench.First.Authorize(TransactionBench.IdToken));

        Assert.Equal(("T1", TransactionEnergy.Allowed), (bench.First.TransactionId, bench.First.Energy));
        Assert.Equal(1, bench.Queue.Count);
        bench.Boot.AssertSilent();
        bench.Boot.Boot = _ => BootBench.Answer(RegistrationStatusEnumType.Accepted, 86400);
        await bench.Clock.WhenArmedAsync(1);
        bench.Clock.Advance(TimeSpan.FromSeconds(300));
        await bench.Boot.ReceiveAsync<BootNotificationRequest>();
        Assert.Equal("T1 Started Authorized", await bench.EventAsync());
    }
}
