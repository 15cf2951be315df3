using System.Globalization;
using System.Text;
using Ocpp.Stations.Transactions;

namespace Ocpp.Stations.Tests;

/// <summary>The transaction of an EVSE, in each version that has such transactions.</summary>
public abstract class TransactionTests<TIdToken, TMeterValue, TRequest, TResponse>
    where TIdToken : class, IOcppPayload<TIdToken>
    where TMeterValue : class, IOcppPayload<TMeterValue>
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>, new()
{
    private const TransactionPoints Bay = TransactionPoints.ParkingBayOccupancy;
    private const TransactionPoints Connected = TransactionPoints.EVConnected;
    private const TransactionPoints Authorized = TransactionPoints.Authorized;
    private const TransactionPoints Signed = TransactionPoints.DataSigned;
    private const TransactionPoints Power = TransactionPoints.PowerPathClosed;
    private const TransactionPoints Energy = TransactionPoints.EnergyTransfer;

    private static readonly TIdToken s_idToken = TokenOf("04A1B2C3");
    private static readonly TIdToken s_otherIdToken = TokenOf("04D4E5F6");

    private static readonly TransactionSettings s_timeOut = new()
    {
        TxStartPoint = Authorized,
        TxStopPoint = Authorized,
        EVConnectionTimeOut = TimeSpan.FromSeconds(60),
    };

    /// <summary>The same driver in all cases: parks, plugs in, presents a card, and charges.</summary>
    [Theory]
    [InlineData(Bay, "T1 0 Started EVDetected Idle")]
    [InlineData(Connected, "T1 0 Started CablePluggedIn EVConnected evse=1/2")]
    [InlineData(Authorized, "T1 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3")]
    [InlineData(Power, "T1 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3")]
    [InlineData(Signed, "T1 0 Started SignedDataReceived EVConnected evse=1/2 idToken=04A1B2C3")]
    [InlineData(Energy, "T1 0 Started ChargingStateChanged Charging evse=1/2 idToken=04A1B2C3")]
    [InlineData(Connected | Energy, "T1 0 Started CablePluggedIn EVConnected evse=1/2")]
    public async Task A_transaction_begins_at_the_first_of_its_start_points(TransactionPoints start, string expected)
    {
        await using var bench = Open(start, Connected);

        bench.Transaction.ParkingBayOccupied();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.DataSigned();
        bench.Transaction.EnergyTransferStarted();

        Assert.Equal([expected], await bench.NextAsync(1));
        Assert.Equal("T1", bench.Transaction.TransactionId);
    }

    [Fact]
    public async Task Nothing_is_sent_before_a_start_point_is_reached()
    {
        await using var bench = Open(Energy, Energy);

        bench.Transaction.ParkingBayOccupied();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);

        Assert.False(bench.Transaction.Report(TransactionTrigger.MeterValueClock, [Reading(1)]));
        Assert.Equal(0, bench.Queue.Queue.Count);
        Assert.Null(bench.Transaction.TransactionId);
    }

    [Fact]
    public async Task A_driver_who_plugs_in_first_has_one_event_for_each_thing_that_happens()
    {
        await using var bench = Open(Connected, Connected);

        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EnergyTransferStarted();
        bench.Transaction.EnergyTransferSuspendedByEv();
        bench.Transaction.EnergyTransferStarted();
        bench.Transaction.StopAuthorized(s_idToken);
        bench.Transaction.EvDisconnected();

        await bench.AssertEventsAsync(
            "T1 0 Started CablePluggedIn EVConnected evse=1/2",
            "T1 1 Updated Authorized EVConnected idToken=04A1B2C3",
            "T1 2 Updated ChargingStateChanged Charging",
            "T1 3 Updated ChargingStateChanged SuspendedEV",
            "T1 4 Updated ChargingStateChanged Charging",
            "T1 5 Updated StopAuthorized EVConnected idToken=04A1B2C3",
            "T1 6 Ended EVCommunicationLost Idle stopped=Local"
        );
        Assert.Null(bench.Transaction.TransactionId);
    }

    [Fact]
    public async Task A_driver_who_authorizes_first_has_the_evse_and_the_first_reading_once_the_ev_is_connected()
    {
        await using var bench = Open(Authorized, Authorized);
        bench.ReadMeter = reading => reading == TransactionReading.BeginForEnd ? null : [Reading((int)reading + 10)];

        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EvConnected();
        bench.Transaction.EnergyTransferStarted();
        bench.Transaction.StopAuthorized(s_otherIdToken);

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized Idle idToken=04A1B2C3",
            "T1 1 Updated CablePluggedIn EVConnected evse=1/2 meter=10",
            "T1 2 Updated ChargingStateChanged Charging",
            "T1 3 Ended StopAuthorized EVConnected stopped=Local idToken=04D4E5F6 meter=11"
        );
    }

    [Fact]
    public async Task The_last_event_has_the_readings_of_the_beginning_and_the_end()
    {
        await using var bench = Open();
        int register = 100;
        bench.ReadMeter = reading =>
            reading is TransactionReading.BeginForEnd or TransactionReading.End ? [Reading(register++)] : null;

        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EnergyTransferStarted();
        bench.Transaction.StopAuthorized();
        bench.Transaction.Authorize(s_idToken);
        await bench.Queue.Queue.WhenEmptyAsync();
        await bench.RestartAsync();
        bench.Transaction.Stop(TransactionStopReason.PowerLoss);
        bench.ReadMeter = reading => reading == TransactionReading.End ? [Reading(200)] : null;
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.StopAuthorized();
        bench.Run();

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3",
            "T1 1 Updated ChargingStateChanged Charging",
            "T1 2 Ended StopAuthorized EVConnected stopped=Local meter=100+101",
            "T2 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3",
            "T2 1 Ended AbnormalCondition EVConnected stopped=PowerLoss meter=102+103 offline",
            "T3 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3 offline",
            "T3 1 Ended StopAuthorized EVConnected stopped=Local meter=200 offline"
        );
    }

    [Fact]
    public async Task What_is_said_again_is_not_sent_again()
    {
        await using var bench = Open(Connected, Connected);

        bench.Transaction.EvConnected();
        bench.Transaction.EvConnected();
        Assert.True(bench.Transaction.Authorize(s_idToken));
        Assert.False(bench.Transaction.Authorize(s_otherIdToken));
        bench.Transaction.EnergyTransferStarted();
        bench.Transaction.EnergyTransferStarted();

        await bench.AssertEventsAsync(
            "T1 0 Started CablePluggedIn EVConnected evse=1/2",
            "T1 1 Updated Authorized EVConnected idToken=04A1B2C3",
            "T1 2 Updated ChargingStateChanged Charging"
        );
        Assert.Equal(s_idToken, bench.Transaction.IdToken);
    }

    [Theory]
    [InlineData(Bay, "T1 7 Ended EVDeparted Idle stopped=Local")]
    [InlineData(Connected, "T1 6 Ended EVCommunicationLost Idle stopped=Local")]
    [InlineData(Authorized, "T1 4 Ended StopAuthorized EVConnected stopped=Local idToken=04A1B2C3")]
    [InlineData(Power, "T1 4 Ended StopAuthorized EVConnected stopped=Local idToken=04A1B2C3")]
    [InlineData(Energy, "T1 4 Ended StopAuthorized EVConnected stopped=Local idToken=04A1B2C3")]
    [InlineData(Bay | Power, "T1 4 Ended StopAuthorized EVConnected stopped=Local idToken=04A1B2C3")]
    public async Task A_transaction_ends_at_the_first_of_its_stop_points_with_the_reason_that_began_its_end(
        TransactionPoints stop,
        string expected
    )
    {
        await using var bench = Open(Bay, stop);
        bench.Transaction.ParkingBayOccupied();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EnergyTransferStarted();
        int before = bench.Transaction.NextSeqNo;

        bench.Transaction.StopAuthorized(s_idToken);
        bench.Transaction.Report(TransactionTrigger.MeterValueClock);
        bench.Transaction.EvDisconnected();
        bench.Transaction.ParkingBayVacated();

        string[] events = await bench.NextAsync(1 + expected[3] - '0');
        Assert.Equal(4, before);
        Assert.Equal(expected, events[^1]);
        Assert.All(events[..^1], line => Assert.DoesNotContain("Ended", line, StringComparison.Ordinal));
        await bench.Queue.Queue.WhenEmptyAsync();
        Assert.False(bench.Queue.HasReceivedMore);
    }

    [Fact]
    public async Task A_transaction_that_ends_with_the_transfer_of_energy_was_stopped_by_the_ev()
    {
        await using var bench = Open(Energy, Energy);
        Charge(bench, TimeSpan.FromSeconds(90));

        bench.Transaction.EnergyTransferSuspendedByEv();

        await bench.AssertEventsAsync(
            "T1 0 Started ChargingStateChanged Charging evse=1/2 idToken=04A1B2C3",
            "T1 1 Ended ChargingStateChanged SuspendedEV stopped=StoppedByEV"
        );
    }

    [Theory]
    [InlineData(20 * 365)]
    [InlineData(-1)]
    public async Task The_time_spent_charging_does_not_change_when_the_clock_is_set(int days)
    {
        await using var bench = Open(Power, Power);
        Charge(bench, TimeSpan.FromSeconds(30));
        bench.Clock.Set(bench.Clock.GetUtcNow().AddDays(days));
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(12));
        await bench.NextAsync(2);

        bench.Transaction.StopAuthorized();

        Assert.Equal(42, await bench.NextTimeSpentChargingAsync());
    }

    [Fact]
    public async Task A_clock_that_is_not_set_yet_after_a_restart_adds_nothing_to_the_time_spent_charging()
    {
        await using var bench = Open(Power, Power);
        bench.Clock.Set(bench.Clock.GetUtcNow().AddYears(20));
        Charge(bench, TimeSpan.FromSeconds(30));
        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);
        await bench.NextAsync(3);
        await bench.Queue.Queue.WhenEmptyAsync();

        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(500));
        await bench.RestartAsync();
        bench.Clock.Set(bench.Clock.GetUtcNow().AddYears(20));
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(12));
        bench.Transaction.StopAuthorized();
        bench.Run();

        Assert.Equal(42, await bench.NextTimeSpentChargingAsync());
    }

    [Fact]
    public async Task The_time_spent_charging_leaves_out_pauses()
    {
        await using var bench = Open(Power, Power);
        Charge(bench, TimeSpan.FromSeconds(30));
        bench.Transaction.EnergyTransferSuspendedByEvse();
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(500));
        bench.Transaction.EnergyTransferStarted();
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(12));
        await bench.NextAsync(4);

        bench.Transaction.StopAuthorized();

        Assert.Equal(42, await bench.NextTimeSpentChargingAsync());
    }

    [Fact]
    public async Task A_remote_start_has_its_id_once()
    {
        await using var bench = Open(Connected, Power);

        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken, remoteStartId: 7, reservationId: 9);
        bench.Transaction.EnergyTransferStarted();
        Assert.False(bench.Transaction.RemoteStop("T0"));
        Assert.True(bench.Transaction.RemoteStop("T1"));

        await bench.AssertEventsAsync(
            "T1 0 Started CablePluggedIn EVConnected evse=1/2",
            "T1 1 Updated RemoteStart EVConnected idToken=04A1B2C3 remote=7 reservation=9",
            "T1 2 Updated ChargingStateChanged Charging",
            "T1 3 Ended RemoteStop EVConnected stopped=Remote"
        );
    }

    [Theory]
    [InlineData(Power, "T1 1 Ended RemoteStop EVConnected stopped=Remote")]
    [InlineData(Connected, "T1 1 Updated RemoteStop EVConnected")]
    public async Task A_transaction_that_is_not_authorized_yet_can_be_stopped_remotely(
        TransactionPoints stop,
        string expected
    )
    {
        await using var bench = Open(Connected, stop);
        bench.Transaction.EvConnected();

        Assert.True(bench.Transaction.RemoteStop("T1"));

        await bench.AssertEventsAsync("T1 0 Started CablePluggedIn EVConnected evse=1/2", expected);
    }

    [Fact]
    public async Task An_ev_that_is_not_connected_in_time_ends_the_authorization()
    {
        await using var bench = Open(Authorized, Authorized);
        Assert.False(bench.Transaction.EvConnectionTimedOut());
        bench.Transaction.Authorize(s_idToken);

        Assert.True(bench.Transaction.EvConnectionTimedOut());

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized Idle idToken=04A1B2C3",
            "T1 1 Ended EVConnectTimeout Idle stopped=Timeout"
        );
    }

    [Fact]
    public async Task An_ev_that_is_not_connected_within_EVConnectionTimeOut_ends_the_authorization()
    {
        await using var bench = Open(s_timeOut);
        bench.Transaction.Authorize(s_idToken);
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("T1", bench.Transaction.TransactionId);

        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(1));

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized Idle idToken=04A1B2C3",
            "T1 1 Ended EVConnectTimeout Idle stopped=Timeout"
        );
        Assert.Null(bench.Transaction.IdToken);
    }

    [Fact]
    public async Task Each_authorization_has_the_whole_EVConnectionTimeOut()
    {
        await using var bench = Open(s_timeOut);
        bench.Transaction.Authorize(s_idToken);
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(40));
        bench.Transaction.StopAuthorized();
        bench.Transaction.Authorize(s_idToken);
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("T2", bench.Transaction.TransactionId);

        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(1));

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized Idle idToken=04A1B2C3",
            "T1 1 Ended StopAuthorized Idle stopped=Local",
            "T2 0 Started Authorized Idle idToken=04A1B2C3",
            "T2 1 Ended EVConnectTimeout Idle stopped=Timeout"
        );
    }

    [Fact]
    public async Task An_ev_that_was_connected_in_time_may_be_disconnected_for_longer()
    {
        await using var bench = Open(s_timeOut with { StopTxOnEVSideDisconnect = false });
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EvConnected();
        bench.Transaction.EvDisconnected();

        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(60));
        bench.Transaction.EvConnected();

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized Idle idToken=04A1B2C3",
            "T1 1 Updated CablePluggedIn EVConnected evse=1/2",
            "T1 2 Updated EVCommunicationLost Idle",
            "T1 3 Updated CablePluggedIn EVConnected"
        );
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(55, 10)] // the application says first what is
    public async Task The_time_to_connect_the_ev_goes_on_over_a_restart(int before, int after)
    {
        await using var bench = Open(s_timeOut);
        bench.Transaction.Authorize(s_idToken);
        await bench.NextAsync(1);
        await bench.Queue.Queue.WhenEmptyAsync();
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(before));

        await bench.RestartAsync();
        bench.Run();
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(after - 1));
        Assert.Equal("T1", bench.Transaction.TransactionId);
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(1));

        await bench.AssertEventsAsync("T1 1 Ended EVConnectTimeout Idle stopped=Timeout");
    }

    [Fact]
    public async Task A_time_out_that_can_not_be_saved_is_tried_again()
    {
        await using var bench = Open(s_timeOut);
        bench.Transaction.Authorize(s_idToken);
        await bench.NextAsync(1);
        await bench.Queue.Queue.WhenEmptyAsync();
        bench.Queue.Disk.Room = 0;
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(60));
        await bench.Queue.Clock.WhenArmedAsync(1);
        bench.Queue.Disk.Room = long.MaxValue;

        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(10));

        await bench.AssertEventsAsync("T1 1 Ended EVConnectTimeout Idle stopped=Timeout");
    }

    [Fact]
    public async Task A_connected_ev_does_not_time_out()
    {
        await using var bench = Open(Authorized, Authorized);
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EvConnected();

        Assert.False(bench.Transaction.EvConnectionTimedOut());

        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
    }

    [Fact]
    public async Task An_ev_that_disconnects_ends_the_authorization_and_with_it_the_transaction()
    {
        await using var bench = Open(Authorized, Authorized);
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EvConnected();

        bench.Transaction.EvDisconnected();

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized Idle idToken=04A1B2C3",
            "T1 1 Updated CablePluggedIn EVConnected evse=1/2",
            "T1 2 Ended EVCommunicationLost Idle stopped=EVDisconnected"
        );
    }

    [Fact]
    public async Task A_transaction_goes_on_with_an_ev_that_is_connected_again_if_it_is_configured_so()
    {
        await using var bench = Open(
            new TransactionSettings
            {
                TxStartPoint = Authorized,
                TxStopPoint = Authorized,
                StopTxOnEVSideDisconnect = false,
            }
        );
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EvConnected();

        bench.Transaction.EvDisconnected();
        bench.Transaction.EvConnected();
        bench.Transaction.EnergyTransferStarted();

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized Idle idToken=04A1B2C3",
            "T1 1 Updated CablePluggedIn EVConnected evse=1/2",
            "T1 2 Updated EVCommunicationLost Idle",
            "T1 3 Updated CablePluggedIn EVConnected",
            "T1 4 Updated ChargingStateChanged Charging"
        );
    }

    [Fact]
    public async Task Samples_of_the_meter_are_added_to_the_transaction()
    {
        await using var bench = Open(Connected, Connected);
        bench.ReadMeter = reading => reading == TransactionReading.End ? [Reading(30)] : null;
        bench.Transaction.EvConnected();

        Assert.True(bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic, [Reading(10), Reading(20)]));
        bench.Transaction.EvDisconnected();

        await bench.AssertEventsAsync(
            "T1 0 Started CablePluggedIn EVConnected evse=1/2",
            "T1 1 Updated MeterValuePeriodic EVConnected meter=10+20",
            "T1 2 Ended EVCommunicationLost Idle stopped=EVDisconnected meter=30"
        );
    }

    [Theory]
    [InlineData(TransactionStopReason.PowerLoss, TransactionTrigger.AbnormalCondition)]
    [InlineData(TransactionStopReason.Reboot, TransactionTrigger.AbnormalCondition)]
    [InlineData(TransactionStopReason.EmergencyStop, TransactionTrigger.AbnormalCondition)]
    [InlineData(TransactionStopReason.GroundFault, TransactionTrigger.AbnormalCondition)]
    [InlineData(TransactionStopReason.OvercurrentFault, TransactionTrigger.AbnormalCondition)]
    [InlineData(TransactionStopReason.PowerQuality, TransactionTrigger.AbnormalCondition)]
    [InlineData(TransactionStopReason.Other, TransactionTrigger.AbnormalCondition)]
    [InlineData(TransactionStopReason.ImmediateReset, TransactionTrigger.ResetCommand)]
    [InlineData(TransactionStopReason.EnergyLimitReached, TransactionTrigger.EnergyLimitReached)]
    [InlineData(TransactionStopReason.SOCLimitReached, TransactionTrigger.EnergyLimitReached)]
    [InlineData(TransactionStopReason.TimeLimitReached, TransactionTrigger.TimeLimitReached)]
    [InlineData(TransactionStopReason.LocalOutOfCredit, TransactionTrigger.ChargingStateChanged)]
    [InlineData(TransactionStopReason.StoppedByEV, TransactionTrigger.ChargingStateChanged)]
    [InlineData(TransactionStopReason.Remote, TransactionTrigger.RemoteStop)]
    [InlineData(TransactionStopReason.Local, TransactionTrigger.StopAuthorized)]
    [InlineData(TransactionStopReason.MasterPass, TransactionTrigger.StopAuthorized)]
    [InlineData(TransactionStopReason.DeAuthorized, TransactionTrigger.Deauthorized)]
    [InlineData(TransactionStopReason.EVDisconnected, TransactionTrigger.EVCommunicationLost)]
    [InlineData(TransactionStopReason.Timeout, TransactionTrigger.EVConnectTimeout)]
    public async Task A_transaction_that_is_stopped_at_once_has_the_trigger_of_its_reason(
        TransactionStopReason reason,
        TransactionTrigger expected
    )
    {
        await using var bench = Open(Connected, Connected);
        Assert.False(bench.Transaction.Stop(reason));
        bench.Transaction.EvConnected();

        Assert.True(bench.Transaction.Stop(reason));

        await bench.AssertEventsAsync(
            "T1 0 Started CablePluggedIn EVConnected evse=1/2",
            $"T1 1 Ended {expected} EVConnected stopped={reason}"
        );
        Assert.Null(bench.Transaction.TransactionId);
    }

    [Fact]
    public async Task A_master_pass_is_the_reason_of_the_end()
    {
        await using var bench = Open();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);

        Assert.True(bench.Transaction.StopAuthorized(s_otherIdToken, isMasterPass: true));

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3",
            "T1 1 Ended StopAuthorized EVConnected stopped=MasterPass idToken=04D4E5F6"
        );
    }

    [Fact]
    public async Task The_next_transaction_of_an_ev_that_stays_connected_begins_with_a_new_authorization()
    {
        await using var bench = Open(Connected, Authorized);
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.StopAuthorized(s_idToken);

        bench.Transaction.EnergyTransferEnded();
        bench.Transaction.Authorize(s_otherIdToken);

        await bench.AssertEventsAsync(
            "T1 0 Started CablePluggedIn EVConnected evse=1/2",
            "T1 1 Updated Authorized EVConnected idToken=04A1B2C3",
            "T1 2 Ended StopAuthorized EVConnected stopped=Local idToken=04A1B2C3",
            "T2 0 Started Authorized EVConnected evse=1/2 idToken=04D4E5F6"
        );
    }

    [Fact]
    public async Task After_a_restart_a_transaction_goes_on_with_its_next_number()
    {
        await using var bench = Open(Connected, Connected);
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EnergyTransferStarted();
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(60));
        await bench.Queue.Queue.WhenEmptyAsync();

        await bench.RestartAsync();
        bench.Transaction.EvConnected();
        bench.Transaction.EnergyTransferStarted();
        bench.Transaction.StopAuthorized(bench.Transaction.IdToken);
        bench.Transaction.EvDisconnected();
        bench.Run();

        await bench.Queue.Queue.WhenEmptyAsync();
        Assert.Equal(
            [
                "T1 0 Started CablePluggedIn EVConnected evse=1/2",
                "T1 1 Updated Authorized EVConnected idToken=04A1B2C3",
                "T1 2 Updated ChargingStateChanged Charging",
                "T1 3 Updated StopAuthorized EVConnected idToken=04A1B2C3 offline",
                "T1 4 Ended EVCommunicationLost Idle stopped=Local offline",
            ],
            bench.Arrived
        );
    }

    [Fact]
    public async Task A_transaction_that_a_loss_of_power_has_interrupted_ends_with_that_reason()
    {
        await using var bench = Open();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        bench.ReadMeter = _ => [Reading(5)];
        await bench.NextAsync(1);
        await bench.Queue.Queue.WhenEmptyAsync();

        await bench.RestartAsync();
        Assert.Equal("T1", bench.Transaction.TransactionId);
        bench.Transaction.Stop(TransactionStopReason.PowerLoss);
        bench.Run();

        await bench.AssertEventsAsync("T1 1 Ended AbnormalCondition EVConnected stopped=PowerLoss meter=5 offline");
        await bench.RestartAsync();
        Assert.Null(bench.Transaction.TransactionId);
    }

    [Fact]
    public async Task An_event_that_can_not_be_saved_has_not_happened_and_can_be_said_again()
    {
        await using var bench = Open(Connected, Connected);
        bench.Transaction.EvConnected();
        await bench.NextAsync(1);
        await bench.Queue.Queue.WhenEmptyAsync();
        bench.Queue.Disk.Room = 0;

        Assert.Throws<IOException>(() => bench.Transaction.Authorize(s_idToken));
        Assert.Equal(1, bench.Transaction.NextSeqNo);
        Assert.Equal(TransactionEnergy.NotAllowed, bench.Transaction.Energy);

        bench.Queue.Disk.Room = long.MaxValue;
        Assert.True(bench.Transaction.Authorize(s_idToken));
        await bench.AssertEventsAsync("T1 1 Updated Authorized EVConnected idToken=04A1B2C3");
        Assert.Equal([TransactionEnergy.Allowed], bench.Energies);
    }

    [Fact]
    public async Task A_meter_that_can_not_be_read_leaves_everything_as_it_was()
    {
        await using var bench = Open(Connected, Connected);
        bench.ReadMeter = _ => throw new TimeoutException();

        Assert.Throws<TimeoutException>(() => bench.Transaction.EvConnected());

        Assert.Null(bench.Transaction.TransactionId);
        Assert.Equal(0, bench.Queue.Queue.Count);
    }

    [Fact]
    public async Task Changes_of_the_energy_are_reported_one_after_the_other()
    {
        await using var bench = Open();
        using var isCalled = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        List<TransactionEnergy> reported = [];
        bench.EnergyChanged = () =>
        {
            TransactionEnergy energy = bench.Transaction.Energy;
            if (!isCalled.IsSet)
            {
                isCalled.Set();
                goesOn.Wait();
            }

            lock (reported)
            {
                reported.Add(energy);
            }
        };
        bench.Transaction.EvConnected();
        Task authorized = Task.Run(() => bench.Transaction.Authorize(s_idToken));
        isCalled.Wait();

        bench.Transaction.StopAuthorized();
        goesOn.Set();
        await authorized;

        Assert.Equal([TransactionEnergy.Allowed, TransactionEnergy.NotAllowed], reported);
    }

    [Fact]
    public async Task A_handler_that_throws_keeps_the_beginning_of_a_transaction_from_no_other()
    {
        await using var bench = Open();
        int calls = 0;
        bench.Transaction.BegunOrEnded += () => throw new TimeoutException();
        bench.Transaction.BegunOrEnded += () => calls++;

        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);

        Assert.Equal(1, calls);
        Assert.Single(bench.Queue.Log.Lines, line => line.EventId == 404 && line.Exception is TimeoutException);
    }

    [Fact]
    public async Task Energy_that_flows_already_counts_from_the_beginning_of_the_transaction()
    {
        await using var bench = Open(Power, Authorized);
        bench.Transaction.EvConnected();
        bench.Transaction.EnergyTransferStarted();
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(100));
        for (int seconds = 7; seconds <= 9; seconds += 2)
        {
            bench.Transaction.EnergyTransferStarted();
            bench.Transaction.Authorize(s_idToken);
            bench.Queue.Clock.Advance(TimeSpan.FromSeconds(seconds));
            bench.Transaction.Stop(TransactionStopReason.Other);
            await bench.NextAsync(1);
            Assert.Equal(seconds, await bench.NextTimeSpentChargingAsync());
        }
    }

    [Fact]
    public async Task Events_of_many_threads_have_consecutive_numbers()
    {
        await using var bench = Open(Connected, Connected);
        bench.Transaction.EvConnected();

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        for (int sample = 0; sample < 25; sample++)
                        {
                            bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);
                        }
                    })
                )
        );

        await bench.Queue.AssertReceivedAsync([.. Enumerable.Range(0, 101)]);
    }

    [Fact]
    public void A_transaction_needs_points_at_which_it_begins_and_ends()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new TransactionSettings { TxStartPoint = TransactionPoints.None }
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransactionSettings { TxStopPoint = Power | Signed });
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new TransactionSettings { TxStartPoint = (TransactionPoints)64 }
        );
    }

    [Fact]
    public async Task A_saved_transaction_of_another_version_is_refused()
    {
        await using var bench = Open();
        bench.Queue.Queue.SetState(new QueueState("transaction/1", new byte[] { 9 }));

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(bench.RestartAsync);

        Assert.Equal("The saved transaction has version 9, not 4.", exception.Message);
    }

    [Theory]
    [InlineData(Power, "T1 1 Ended Deauthorized SuspendedEVSE stopped=DeAuthorized")]
    [InlineData(Authorized, "T1 1 Ended Deauthorized SuspendedEVSE stopped=DeAuthorized")]
    [InlineData(Energy, "T1 1 Ended Deauthorized SuspendedEVSE stopped=DeAuthorized")]
    [InlineData(Connected, "T1 1 Updated Deauthorized SuspendedEVSE")]
    public async Task A_transaction_whose_id_token_the_csms_does_not_accept_is_deauthorized(
        TransactionPoints stop,
        string expected
    )
    {
        await using var bench = Open(Energy, stop);
        bench.RefuseIdTokens();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EnergyTransferStarted();

        await bench.AssertEventsAsync("T1 0 Started ChargingStateChanged Charging evse=1/2 idToken=04A1B2C3", expected);
        Assert.Equal(TransactionEnergy.NotAllowed, bench.Transaction.Energy);
        Assert.Null(bench.Transaction.IdToken);
    }

    [Theory]
    [InlineData(0, TransactionEnergy.NotAllowed)]
    [InlineData(500, TransactionEnergy.Limited)]
    public async Task A_transaction_goes_on_with_no_more_than_a_limited_energy_if_it_is_configured_so(
        int maxEnergy,
        TransactionEnergy expected
    )
    {
        await using var bench = Open(
            new TransactionSettings { StopTxOnInvalidId = false, MaxEnergyOnInvalidId = maxEnergy }
        );
        bench.RefuseIdTokens();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        await bench.AssertEventsAsync("T1 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3");
        Assert.Equal([TransactionEnergy.Allowed, expected], bench.Energies);

        await bench.RestartAsync();
        Assert.Equal(expected, bench.Transaction.Energy);
        bench.Transaction.EnergyTransferSuspendedByEvse();
        bench.Run();

        await bench.AssertEventsAsync("T1 1 Updated ChargingStateChanged SuspendedEVSE offline");
    }

    [Fact]
    public async Task A_limited_energy_ends_with_what_the_transaction_has_had()
    {
        await using var bench = Open(new TransactionSettings { StopTxOnInvalidId = false, MaxEnergyOnInvalidId = 500 });
        bench.RefuseIdTokens();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        await bench.AssertEventsAsync("T1 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3");

        bench.Transaction.EnergyTransferred(499.9m);
        Assert.Equal(TransactionEnergy.Limited, bench.Transaction.Energy);
        bench.Transaction.EnergyTransferred(500);

        Assert.Equal(
            [TransactionEnergy.Allowed, TransactionEnergy.Limited, TransactionEnergy.NotAllowed],
            bench.Energies
        );
    }

    [Fact]
    public async Task A_refused_id_token_gets_no_energy_even_if_that_can_not_be_saved()
    {
        await using var bench = Open();
        bench.RefuseIdTokens(before: () => bench.Queue.Disk.Room = 0);
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);

        await bench.NextAsync(1);
        await bench.Queue.ReportAsync(MessageQueueReportKind.StorageFailed);

        Assert.Equal([TransactionEnergy.Allowed, TransactionEnergy.NotAllowed], bench.Energies);
        Assert.Null(bench.Transaction.TransactionId);

        // The CSMS is notified as soon as it can be saved.
        await bench.Queue.Clock.WhenArmedAsync(1);
        bench.Queue.Disk.Room = long.MaxValue;
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(10));
        await bench.AssertEventsAsync("T1 1 Ended Deauthorized EVConnected stopped=DeAuthorized");
    }

    [Fact]
    public async Task A_refused_id_token_ends_the_transaction_without_a_reading_that_fails()
    {
        await using var bench = Open();
        bench.RefuseIdTokens(before: () => bench.ReadMeter = _ => throw new TimeoutException());
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);

        await bench.AssertEventsAsync(
            "T1 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3",
            "T1 1 Ended Deauthorized EVConnected stopped=DeAuthorized"
        );
        Assert.Contains(bench.Queue.Log.Lines, line => line.EventId == 409 && line.Exception is TimeoutException);
    }

    [Fact]
    public async Task A_refusal_of_an_id_token_that_only_stopped_leaves_the_next_authorization()
    {
        await using var bench = Open(Connected, Connected);
        bench.RefuseIdTokens(to: trigger => trigger == "StopAuthorized");
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);

        bench.Transaction.StopAuthorized(s_otherIdToken);
        bench.Transaction.Authorize(s_idToken);

        await bench.AssertEventsAsync(
            "T1 0 Started CablePluggedIn EVConnected evse=1/2",
            "T1 1 Updated Authorized EVConnected idToken=04A1B2C3",
            "T1 2 Updated StopAuthorized EVConnected idToken=04D4E5F6",
            "T1 3 Updated Authorized EVConnected idToken=04A1B2C3"
        );
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
    }

    private static TMeterValue Reading(decimal energy) =>
        Parse<TMeterValue>(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"timestamp":"1970-01-01T00:00:00Z","sampledValue":[{"value":{{energy}}}]}"""
            )
        );

    private static TIdToken TokenOf(string idToken) =>
        Parse<TIdToken>($$"""{"idToken":"{{idToken}}","type":"ISO14443"}""");

    private static T Parse<T>(string json)
        where T : class, IOcppPayload<T> => OcppJson.Parse<T>(Encoding.UTF8.GetBytes(json));

    private protected abstract VersionTransactionBench<TIdToken, TMeterValue, TRequest, TResponse> Open(
        TransactionSettings? settings = null
    );

    /// <summary>Begins a transaction, and transfers energy for a time.</summary>
    private static void Charge(VersionTransactionBench<TIdToken, TMeterValue, TRequest, TResponse> bench, TimeSpan time)
    {
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EvConnected();
        bench.Transaction.EnergyTransferStarted();
        bench.Queue.Clock.Advance(time);
    }

    private VersionTransactionBench<TIdToken, TMeterValue, TRequest, TResponse> Open(
        TransactionPoints start,
        TransactionPoints stop
    ) => Open(new TransactionSettings { TxStartPoint = start, TxStopPoint = stop });
}
