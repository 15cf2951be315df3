using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Transactions;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

public sealed class StationMeterTests
{
    private static readonly (int, TransactionReading)[] s_both =
    [
        (1, TransactionReading.Clock),
        (2, TransactionReading.Clock),
    ];

    [Fact]
    public async Task A_transaction_has_a_sample_at_each_interval_since_it_has_begun()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { TxUpdatedInterval = TimeSpan.FromSeconds(60) };
        await bench.BeginAsync();
        bench.Meter.Step(default);
        bench.Clock.Advance(TimeSpan.FromSeconds(40));
        await bench.StartAsync(bench.First);

        Assert.Equal(60, Step(bench, 0));
        Assert.Equal(1, Step(bench, 59));
        Assert.Empty(bench.Readings);
        Assert.Equal(60, Step(bench, 1));
        Assert.Equal([(1, TransactionReading.Periodic)], bench.Readings);
        Assert.Equal("T1 Updated MeterValuePeriodic", await bench.EventAsync());
        // One that is late does not delay the next, and those that were missed are left out.
        Assert.Equal(55, Step(bench, 65));
        Assert.Equal(5, Step(bench, 170));
        Assert.Equal(3, bench.Readings.Count);
    }

    [Fact]
    public async Task The_samples_of_a_transaction_end_with_it()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { TxUpdatedInterval = TimeSpan.FromSeconds(60) };
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        Step(bench, 30);
        bench.First.StopAuthorized();
        bench.First.Authorize(TransactionBench.IdToken);

        Step(bench, 0);
        Step(bench, 59);
        Assert.Empty(bench.Readings);
        Step(bench, 1);
        Assert.Single(bench.Readings);
    }

    [Fact]
    public async Task There_are_no_samples_before_the_csms_knows_the_evse()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { TxUpdatedInterval = TimeSpan.FromSeconds(60) };
        bench.First.Settings = new TransactionSettings { TxStartPoint = TransactionPoints.Authorized };
        await bench.BeginAsync();
        bench.First.Authorize(TransactionBench.IdToken);
        Assert.Equal("T1 Started Authorized", await bench.EventAsync());

        Step(bench, 0);
        Step(bench, 60);
        Assert.Empty(bench.Readings);
        bench.First.EvConnected();
        Step(bench, 60);

        Assert.Equal([(1, TransactionReading.Periodic)], bench.Readings);
    }

    [Fact]
    public async Task Meters_are_read_at_multiples_of_the_interval_since_midnight_of_the_csmss_clock()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { AlignedInterval = TimeSpan.FromMinutes(15) };
        await bench.BeginAsync(); // it is 07:08:09

        Assert.Equal((6 * 60) + 51, Step(bench, 0));
        Assert.Equal(1, Step(bench, (6 * 60) + 50));
        Assert.Empty(bench.Readings);
        Assert.Equal(15 * 60, Step(bench, 1));
        Assert.Equal((1, 1m), Of(await bench.Boot.ReceiveAsync<MeterValuesRequest>()));
        Assert.Equal((2, 2m), Of(await bench.Boot.ReceiveAsync<MeterValuesRequest>()));
        Assert.Equal(s_both, bench.Readings);
    }

    [Fact]
    public async Task A_day_begins_anew_with_an_interval_that_does_not_divide_it()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { AlignedInterval = TimeSpan.FromHours(7) };
        bench.Boot.Registration.Clock.Set(new DateTimeOffset(2026, 3, 1, 21, 0, 0, TimeSpan.Zero));

        Assert.Equal(3 * 3600, Step(bench, 0));
        Assert.Equal(7 * 3600, Step(bench, 3 * 3600));
        Assert.Empty(bench.Readings); // nothing is sent without a connection, and nothing is read
    }

    [Fact]
    public async Task In_a_transaction_the_readings_of_the_clock_are_events_and_outside_messages_of_their_own()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { AlignedInterval = TimeSpan.FromMinutes(15) };
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        Step(bench, 0);

        Step(bench, (6 * 60) + 51);

        object[] received = [await bench.Boot.ReceiveAnyAsync(), await bench.Boot.ReceiveAnyAsync()];
        Assert.Equal((2, 2m), Of(Assert.Single(received.OfType<MeterValuesRequest>())));
        TransactionEventRequest sample = Assert.Single(received.OfType<TransactionEventRequest>());
        Assert.Equal(TriggerReasonEnumType.MeterValueClock, sample.TriggerReason);
        Assert.Equal(1, sample.MeterValue?[0].SampledValue[0].Value);
    }

    [Fact]
    public async Task With_SendDuringIdle_there_are_no_readings_of_the_clock_while_there_is_a_transaction()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { AlignedInterval = TimeSpan.FromMinutes(15), SendDuringIdle = true };
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        Step(bench, 0);

        Step(bench, (6 * 60) + 51);
        Assert.Empty(bench.Readings);
        bench.First.StopAuthorized();
        Assert.Equal("T1 Ended StopAuthorized Local", await bench.EventAsync());
        Step(bench, 15 * 60);

        Assert.Equal(1, Of(await bench.Boot.ReceiveAsync<MeterValuesRequest>()).EvseId);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_brings_its_times_again()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { AlignedInterval = TimeSpan.FromMinutes(15) };
        await bench.BeginAsync();
        Step(bench, 0);
        Step(bench, (6 * 60) + 51);
        await bench.Boot.ReceiveAsync<MeterValuesRequest>();
        await bench.Boot.ReceiveAsync<MeterValuesRequest>();
        await bench.Meter.Sending;
        bench.Readings.Clear();

        bench.Boot.Registration.Clock.Set(BootBench.Time); // it is 07:08:09 again
        Assert.Equal((6 * 60) + 51, Step(bench, 0));
        Step(bench, (6 * 60) + 51);

        await bench.Boot.ReceiveAsync<MeterValuesRequest>();
        await bench.Boot.ReceiveAsync<MeterValuesRequest>();
        Assert.Equal(s_both, bench.Readings);
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_leaves_the_times_in_between_out()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { AlignedInterval = TimeSpan.FromMinutes(15) };
        await bench.BeginAsync();
        Step(bench, 0);

        bench.Boot.Registration.Clock.Set(BootBench.Time.AddHours(3));

        Assert.Equal((6 * 60) + 51, Step(bench, 0));
        Assert.Empty(bench.Readings);
    }

    [Fact]
    public async Task A_clock_that_is_set_to_the_end_of_time_goes_on()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { AlignedInterval = TimeSpan.FromMinutes(15) };
        bench.First.Settings = new TransactionSettings { EVConnectionTimeOut = TimeSpan.FromDays(1) };
        bench.Boot.Boot = _ =>
            BootBench.Answer(RegistrationStatusEnumType.Accepted, 86400) with
            {
                CurrentTime = DateTimeOffset.MaxValue,
            };
        await bench.BeginAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((15 * 60) - 1, Step(bench, 0));
        Assert.True(bench.First.Authorize(TransactionBench.IdToken));
        bench.First.EvConnected();
        Assert.Equal("T1 Started CablePluggedIn", await bench.EventAsync());
    }

    [Fact]
    public async Task A_clock_that_is_corrected_a_little_neither_repeats_a_time_nor_leaves_it_out()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { AlignedInterval = TimeSpan.FromMinutes(15) };
        StationClock clock = bench.Boot.Registration.Clock;
        await bench.BeginAsync();
        Step(bench, 0);

        // A moment before the time the clock is set to a moment after it, and then back again.
        Step(bench, (6 * 60) + 50);
        clock.Set(clock.GetUtcNow().AddSeconds(2));
        Step(bench, 0);
        await bench.Boot.ReceiveAsync<MeterValuesRequest>();
        await bench.Boot.ReceiveAsync<MeterValuesRequest>();
        clock.Set(clock.GetUtcNow().AddSeconds(-2));
        Step(bench, 0);
        Step(bench, 1);

        Assert.Equal(s_both, bench.Readings);
    }

    [Fact]
    public async Task Without_a_registration_or_a_connection_nothing_is_read_outside_of_transactions()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { AlignedInterval = TimeSpan.FromMinutes(15) };
        bench.Boot.Boot = _ => BootBench.Answer(RegistrationStatusEnumType.Pending, 3600);
        await bench.BeginAsync();
        Step(bench, 0);

        Step(bench, (6 * 60) + 51);

        Assert.Empty(bench.Readings);
        bench.Boot.AssertSilent();
    }

    [Fact]
    public async Task A_meter_that_fails_is_logged_and_read_again()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings { TxUpdatedInterval = TimeSpan.FromSeconds(60) };
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        Step(bench, 0);
        bench.ReadMeter = (_, _) => throw new TimeoutException();

        Step(bench, 60);
        Assert.Single(bench.Boot.Log.Lines, line => line.EventId == 409 && line.Exception is TimeoutException);
        bench.ReadMeter = (_, _) => 7;
        Step(bench, 60);

        Assert.Equal("T1 Updated MeterValuePeriodic", await bench.EventAsync());
    }

    [Fact]
    public async Task The_meters_run_by_themselves_and_obey_a_change_at_once()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        using var stop = new CancellationTokenSource();
        bench.Meter.Settings = new MeterSettings { TxUpdatedInterval = TimeSpan.FromSeconds(60) };
        Task running = bench.Meter.RunAsync(stop.Token);
        await bench.Clock.WhenArmedAsync(2); // the heartbeat, and the sample
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Meter.RunAsync(stop.Token));

        bench.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("T1 Updated MeterValuePeriodic", await bench.EventAsync());
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_trigger_for_meter_values_sends_those_of_the_evse_or_of_all()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();

        Assert.Equal(
            TriggerMessageStatusEnumType.Accepted,
            await bench.TriggerAsync(MessageTriggerEnumType.MeterValues, new EVSEType { Id = 2 })
        );
        Assert.Equal((2, 2m), Of(await bench.Boot.ReceiveAsync<MeterValuesRequest>()));
        Assert.Equal(
            TriggerMessageStatusEnumType.Accepted,
            await bench.TriggerAsync(MessageTriggerEnumType.MeterValues, null)
        );
        Assert.Equal((1, 1m), Of(await bench.Boot.ReceiveAsync<MeterValuesRequest>()));
        Assert.Equal((2, 2m), Of(await bench.Boot.ReceiveAsync<MeterValuesRequest>()));
        Assert.Equal(
            TriggerMessageStatusEnumType.Rejected,
            await bench.TriggerAsync(MessageTriggerEnumType.MeterValues, new EVSEType { Id = 3 })
        );
        Assert.All(bench.Readings, one => Assert.Equal(TransactionReading.MeterTrigger, one.Reading));
    }

    [Fact]
    public async Task A_trigger_for_a_status_sends_that_of_the_connector()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();

        Assert.Equal(
            TriggerMessageStatusEnumType.Accepted,
            await bench.TriggerAsync(
                MessageTriggerEnumType.StatusNotification,
                new EVSEType { Id = 1, ConnectorId = 1 }
            )
        );
        StatusNotificationRequest status = await bench.Boot.ReceiveAsync<StatusNotificationRequest>();
        Assert.Equal(
            (1, 1, ConnectorStatusEnumType.Occupied),
            (status.EvseId, status.ConnectorId, status.ConnectorStatus)
        );
        Assert.Equal(
            TriggerMessageStatusEnumType.Rejected,
            await bench.TriggerAsync(
                MessageTriggerEnumType.StatusNotification,
                new EVSEType { Id = 1, ConnectorId = 9 }
            )
        );
        Assert.Equal(
            TriggerMessageStatusEnumType.Rejected,
            await bench.TriggerAsync(MessageTriggerEnumType.StatusNotification, new EVSEType { Id = 1 })
        );
        Assert.Equal(
            TriggerMessageStatusEnumType.NotImplemented,
            await bench.TriggerAsync(MessageTriggerEnumType.LogStatusNotification, null)
        );
    }

    [Fact]
    public async Task Meters_get_what_the_csms_has_set()
    {
        await using var bench = new PartsBench();
        DeviceModel model = DeviceModel.Open(new DeviceModelOptions());
        model.AddVariablesOf(bench.Meter, ["Energy.Active.Import.Register", "Power.Active.Import", "SoC"]);
        var sampled = new ComponentId("SampledDataCtrlr");
        var aligned = new ComponentId("AlignedDataCtrlr");

        IReadOnlyList<VariableSetResult> results = model.Set([
            new VariableSetting(sampled, new VariableId("TxUpdatedInterval"), "60"),
            new VariableSetting(sampled, new VariableId("TxStartedMeasurands"), "SoC"),
            new VariableSetting(sampled, new VariableId("TxUpdatedMeasurands"), "Power.Active.Import,SoC"),
            new VariableSetting(sampled, new VariableId("TxEndedMeasurands"), ""),
            new VariableSetting(aligned, new VariableId("Interval"), "900"),
            new VariableSetting(aligned, new VariableId("Measurands"), "Power.Active.Import"),
            new VariableSetting(aligned, new VariableId("SendDuringIdle"), "true"),
            new VariableSetting(sampled, new VariableId("TxEndedInterval"), "60"),
            new VariableSetting(sampled, new VariableId("TxStartedInterval"), "60"),
        ]);

        Assert.Equal(7, results.Count(one => one.Status == VariableSetStatus.Accepted));
        MeterSettings settings = bench.Meter.Settings;
        Assert.Equal(
            (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(900), true),
            (settings.TxUpdatedInterval, settings.AlignedInterval, settings.SendDuringIdle)
        );
        Assert.Equal(["SoC"], settings.MeasurandsOf(TransactionReading.Begin));
        Assert.Equal(["Power.Active.Import", "SoC"], settings.MeasurandsOf(TransactionReading.Trigger));
        Assert.Equal(["Power.Active.Import"], settings.MeasurandsOf(TransactionReading.MeterTrigger));
        Assert.Empty(settings.MeasurandsOf(TransactionReading.BeginForEnd));
        Assert.Empty(settings.MeasurandsOf(TransactionReading.End));
    }

    [Fact]
    public async Task Intervals_of_zero_end_the_samples_and_leave_the_beginning_and_the_end()
    {
        await using var bench = new PartsBench();
        bench.Meter.Settings = new MeterSettings
        {
            TxUpdatedInterval = TimeSpan.FromSeconds(60),
            AlignedInterval = TimeSpan.FromSeconds(60),
        };
        DeviceModel model = DeviceModel.Open(new DeviceModelOptions());
        model.AddVariablesOf(bench.Meter, ["Energy.Active.Import.Register"]);
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        Step(bench, 0);

        model.Set([
            new VariableSetting(new ComponentId("SampledDataCtrlr"), new VariableId("TxUpdatedInterval"), "0"),
            new VariableSetting(new ComponentId("AlignedDataCtrlr"), new VariableId("Interval"), "0"),
        ]);

        Assert.Equal(86400, Step(bench, 3600));
        Assert.Equal(86400, Step(bench, 3600));
        Assert.Empty(bench.Readings);
        bench.First.StopAuthorized();
        TransactionEventRequest last = await bench.Boot.ReceiveAsync<TransactionEventRequest>();
        Assert.Equal(TransactionEventEnumType.Ended, last.EventType);
        Assert.Equal(2, last.MeterValue?.Count); // of the beginning, and of the end
    }

    /// <summary>Lets the time pass, and what is due be done.</summary>
    /// <returns>How many seconds it is until the next reading is due.</returns>
    private static double Step(PartsBench bench, int seconds)
    {
        bench.Clock.Advance(TimeSpan.FromSeconds(seconds));
        return bench.Meter.Step(CancellationToken.None).TotalSeconds;
    }

    private static (int EvseId, decimal Value) Of(MeterValuesRequest request) =>
        (request.EvseId, request.MeterValue[0].SampledValue[0].Value);
}
