using Ocpp.Stations.Transactions;
using Ocpp.Stations.V16;
using Ocpp.Stations.V201;
using Ocpp.V16;

namespace Ocpp.Stations.Tests.V16;

public sealed class V16TransactionTests
{
    private const string Tag = "04A1B2C3";

    [Fact]
    public async Task A_driver_who_plugs_in_first_starts_with_the_authorization() // TC_003
    {
        await using var bench = new V16Bench();
        bench.ConnectAndRun();
        bench.Transaction.EvConnected();
        Assert.Null(bench.Transaction.TransactionId);

        Assert.True(bench.Transaction.Authorize(Tag, reservationId: 7));

        await bench.AssertReceivedAsync("Start 1 04A1B2C3 1000");
        Assert.Equal(("T1", 100), (bench.Transaction.TransactionId, bench.Transaction.CsmsTransactionId));
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
        bench.Register = 1750;
        Assert.True(bench.Transaction.StopAuthorized(Tag));
        await bench.AssertReceivedAsync("Stop 100 Local 1750 04A1B2C3");
        Assert.Equal((null, null), (bench.Transaction.TransactionId, bench.Transaction.CsmsTransactionId));
        Assert.Equal([TransactionEnergy.Allowed, TransactionEnergy.NotAllowed], bench.Energies);
    }

    [Fact]
    public async Task A_driver_who_authorizes_first_starts_with_the_cable() // TC_004_1
    {
        await using var bench = new V16Bench();
        bench.ConnectAndRun();
        bench.Transaction.Authorize(Tag);
        Assert.Null(bench.Transaction.TransactionId);

        bench.Transaction.EvConnected();

        await bench.AssertReceivedAsync("Start 1 04A1B2C3 1000");
    }

    [Fact]
    public async Task An_ev_that_is_not_connected_in_time_ends_the_authorization() // TC_004_2, TC_011_2
    {
        await using var bench = new V16Bench();
        bench.Transaction.Authorize(Tag);

        Assert.True(bench.Transaction.EvConnectionTimedOut());

        Assert.Null(bench.Transaction.IdToken);
        bench.Transaction.EvConnected();
        Assert.Equal(0, bench.Queue.Count);
    }

    [Fact]
    public async Task The_transaction_begins_and_ends_as_ocpp_16_has_it_whatever_the_settings_say()
    {
        await using var bench = new V16Bench(
            new TransactionSettings
            {
                TxStartPoint = TransactionPoints.EVConnected,
                TxStopPoint = TransactionPoints.EVConnected,
            }
        );
        bench.ConnectAndRun();
        bench.Transaction.EvConnected();
        Assert.Equal(0, bench.Queue.Count);
        bench.Transaction.Settings = new TransactionSettings { TxStartPoint = TransactionPoints.EnergyTransfer };

        bench.Transaction.Authorize(Tag);

        await bench.AssertReceivedAsync("Start 1 04A1B2C3 1000");
    }

    [Fact]
    public async Task An_ev_that_disconnects_ends_the_transaction() // TC_005_1
    {
        await using var bench = await StartedAsync();

        bench.Transaction.EvDisconnected();

        await bench.AssertReceivedAsync("Stop 100 EVDisconnected 1000");
        Assert.Null(bench.Transaction.IdToken);
    }

    [Fact]
    // TC_005_2, TC_005_3
    public async Task A_transaction_goes_on_with_an_ev_that_is_connected_again_if_it_is_configured_so()
    {
        await using var bench = await StartedAsync(new TransactionSettings { StopTxOnEVSideDisconnect = false });

        bench.Transaction.EvDisconnected();
        Assert.Equal(TransactionEnergy.NotAllowed, bench.Transaction.Energy);
        bench.Transaction.EvConnected();
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
        bench.Transaction.StopAuthorized(Tag);

        await bench.AssertReceivedAsync("Stop 100 Local 1000 04A1B2C3");
    }

    [Theory]
    [InlineData(TransactionStopReason.DeAuthorized, Reason.DeAuthorized)]
    [InlineData(TransactionStopReason.EmergencyStop, Reason.EmergencyStop)]
    [InlineData(TransactionStopReason.EVDisconnected, Reason.EVDisconnected)]
    [InlineData(TransactionStopReason.ImmediateReset, Reason.HardReset)]
    [InlineData(TransactionStopReason.Local, Reason.Local)]
    [InlineData(TransactionStopReason.MasterPass, Reason.Local)]
    [InlineData(TransactionStopReason.Other, Reason.Other)]
    [InlineData(TransactionStopReason.GroundFault, Reason.Other)]
    [InlineData(TransactionStopReason.PowerLoss, Reason.PowerLoss)]
    [InlineData(TransactionStopReason.Reboot, Reason.Reboot)]
    [InlineData(TransactionStopReason.Remote, Reason.Remote)]
    [InlineData(TransactionStopReason.SoftReset, Reason.SoftReset)]
    [InlineData(TransactionStopReason.StoppedByEV, Reason.Other)]
    [InlineData(TransactionStopReason.UnlockCommand, Reason.UnlockCommand)]
    public async Task A_transaction_that_is_stopped_has_the_reason(TransactionStopReason stopped, Reason reason)
    {
        await using var bench = await StartedAsync();

        Assert.True(bench.Transaction.Stop(stopped));

        await bench.AssertReceivedAsync($"Stop 100 {reason} 1000");
    }

    [Fact]
    public async Task Samples_and_the_last_reading_are_those_of_the_transaction() // TC_070
    {
        await using var bench = await StartedAsync();
        bench.ReadMeter = reading => reading == TransactionReading.End ? [V16Bench.Reading(1900)] : null;
        bench.CompleteStop = stop => stop with { TransactionData = [V16Bench.Reading(1000), .. stop.TransactionData!] };

        Assert.True(bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic, [V16Bench.Reading(1500)]));
        Assert.True(bench.Transaction.Report(TransactionTrigger.MeterValueClock, [V16Bench.Reading(1600)]));
        bench.Register = 1901;
        bench.Transaction.StopAuthorized();

        await bench.AssertReceivedAsync("Meter 100 1 1500", "Meter 100 1 1600", "Stop 100 Local 1901 1000+1900");
        Assert.False(bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic, [V16Bench.Reading(1)]));
    }

    [Fact]
    public async Task The_transaction_data_has_the_readings_of_the_beginning_and_the_end()
    {
        await using var bench = new V16Bench();
        int register = 100;
        bench.ReadMeter = reading =>
            reading is TransactionReading.BeginForEnd or TransactionReading.End ? [V16Bench.Reading(register++)] : null;
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(Tag);
        await bench.RestartAsync();

        bench.Transaction.Stop(TransactionStopReason.PowerLoss);

        bench.ConnectAndRun();
        await bench.AssertReceivedAsync("Start 1 04A1B2C3 1000", "Stop 100 PowerLoss 1000 100+101");
    }

    [Fact]
    public async Task A_change_that_has_no_message_is_saved()
    {
        await using var bench = await StartedAsync();
        bench.Transaction.EnergyTransferStarted();
        await bench.RestartAsync();

        Assert.Equal(TransactionChargingState.Charging, bench.Transaction.ChargingState);
        Assert.Equal(("T1", 100), (bench.Transaction.TransactionId, bench.Transaction.CsmsTransactionId));
        Assert.Equal(0, bench.Queue.Count);
    }

    [Fact]
    public async Task A_transaction_that_a_loss_of_power_has_interrupted_ends_with_that_reason() // TC_032_1
    {
        await using var bench = await StartedAsync();
        await bench.RestartAsync();

        bench.Transaction.Stop(TransactionStopReason.PowerLoss);

        bench.ConnectAndRun();
        await bench.AssertReceivedAsync("Stop 100 PowerLoss 1000");
    }

    [Fact]
    public async Task A_transaction_that_began_and_ended_offline_arrives_with_the_id_of_its_response() // TC_039
    {
        await using var bench = new V16Bench();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(Tag);
        Assert.Equal(("T1", null), (bench.Transaction.TransactionId, bench.Transaction.CsmsTransactionId));
        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic, [V16Bench.Reading(1500)]);
        await bench.RestartAsync();
        bench.Register = 2000;
        bench.Transaction.StopAuthorized(Tag);
        bench.Transaction.Authorize("OTHER");

        bench.ConnectAndRun();

        await bench.AssertReceivedAsync(
            "Start 1 04A1B2C3 1000",
            "Meter 100 1 1500",
            "Stop 100 Local 2000 04A1B2C3",
            "Start 1 OTHER 2000"
        );
        Assert.Equal(101, bench.Transaction.CsmsTransactionId);
    }

    [Fact]
    public async Task A_transaction_whose_id_tag_the_csms_does_not_accept_is_deauthorized_and_reported() // TC_037_3
    {
        await using var bench = new V16Bench();
        bench.Authorize = _ => AuthorizationStatus.Blocked;
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(Tag);

        bench.ConnectAndRun();

        Assert.Equal($"{Tag} Blocked", await bench.Refused.Reader.ReadAsync());
        await bench.AssertReceivedAsync("Start 1 04A1B2C3 1000", "Stop 100 DeAuthorized 1000");
        Assert.Equal(TransactionEnergy.NotAllowed, bench.Transaction.Energy);
        Assert.Null(bench.Transaction.TransactionId);
    }

    [Fact]
    // TC_037_2
    public async Task A_transaction_whose_id_tag_is_not_accepted_goes_on_without_energy_if_it_is_configured_so()
    {
        await using var bench = new V16Bench(new TransactionSettings { StopTxOnInvalidId = false });
        bench.Authorize = _ => AuthorizationStatus.Invalid;
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(Tag);

        bench.ConnectAndRun();

        await bench.AssertReceivedAsync("Start 1 04A1B2C3 1000");
        Assert.Equal($"{Tag} Invalid", await bench.Refused.Reader.ReadAsync());
        Assert.Equal((TransactionEnergy.NotAllowed, "T1"), (bench.Transaction.Energy, bench.Transaction.TransactionId));
        bench.Transaction.StopAuthorized(Tag.ToLowerInvariant());
        await bench.AssertReceivedAsync("Stop 100 Local 1000 04a1b2c3");
    }

    [Fact]
    public async Task An_id_tag_that_is_not_accepted_after_its_transaction_does_not_touch_the_next_one()
    {
        await using var bench = new V16Bench();
        bench.Authorize = request =>
            request.MeterStart == 1000 ? AuthorizationStatus.Expired : AuthorizationStatus.Accepted;
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(Tag);
        bench.Transaction.StopAuthorized(Tag);
        bench.Register = 1001;
        bench.Transaction.Authorize(Tag);

        bench.ConnectAndRun();

        await bench.AssertReceivedAsync(
            "Start 1 04A1B2C3 1000",
            "Stop 100 Local 1000 04A1B2C3",
            "Start 1 04A1B2C3 1001"
        );
        Assert.Equal($"{Tag} Expired", await bench.Refused.Reader.ReadAsync());
        Assert.False(bench.Refused.Reader.TryPeek(out _));
        Assert.Equal((TransactionEnergy.Allowed, 101), (bench.Transaction.Energy, bench.Transaction.CsmsTransactionId));
    }

    [Fact]
    public async Task A_remote_stop_needs_the_id_that_the_csms_has_chosen()
    {
        await using var bench = await StartedAsync();
        Assert.False(bench.Transaction.RemoteStop(99));

        Assert.True(bench.Transaction.RemoteStop(100));

        await bench.AssertReceivedAsync("Stop 100 Remote 1000");
        Assert.False(bench.Transaction.RemoteStop(100));
    }

    [Fact]
    public async Task A_transaction_that_cannot_be_saved_has_not_begun()
    {
        await using var bench = new V16Bench();
        bench.Transaction.EvConnected();
        bench.Bench.Disk.Room = 0;

        Assert.Throws<IOException>(() => bench.Transaction.Authorize(Tag));

        Assert.Equal((null, TransactionEnergy.NotAllowed), (bench.Transaction.TransactionId, bench.Transaction.Energy));
        bench.Bench.Disk.Room = long.MaxValue;
        bench.ConnectAndRun();
        Assert.True(bench.Transaction.Authorize(Tag));
        await bench.AssertReceivedAsync("Start 1 04A1B2C3 1000");
    }

    [Fact]
    public async Task A_transaction_of_another_version_at_the_same_evse_is_another_one()
    {
        await using var bench = await StartedAsync();

        var other = new V201Transaction(bench.Queue, new V201TransactionOptions { EvseId = 1 });

        Assert.Null(other.TransactionId);
    }

    [Fact]
    public void An_id_tag_is_compared_ignoring_case_and_does_not_show()
    {
        Assert.Equal(new IdTag("abc"), IdTag.FromString("ABC"));
        Assert.Equal(new IdTag("abc").GetHashCode(), new IdTag("ABC").GetHashCode());
        Assert.NotEqual(new IdTag("abc"), new IdTag("abd"));
        Assert.Equal("IdTag", new IdTag("abc").ToString());
        Assert.Equal(new IdTag("abc"), OcppJson.Parse<IdTag>(OcppJson.ToUtf8Bytes(new IdTag("abc"))));
        Assert.Equal(["/idTag"], new IdTag(new string('x', 21)).Validate().Select(one => one.Path));
    }

    private static async Task<V16Bench> StartedAsync(TransactionSettings? settings = null)
    {
        var bench = new V16Bench(settings);
        bench.ConnectAndRun();
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(Tag);
        await bench.AssertReceivedAsync("Start 1 04A1B2C3 1000");
        return bench;
    }
}
