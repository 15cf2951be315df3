using System.Text;
using Ocpp.Stations.Transactions;
using Ocpp.V21;

namespace Ocpp.Stations.Tests;

/// <summary>The limits of transactions (OCPP 2.1, E16).</summary>
public sealed class TransactionLimitTests
{
    private const TransactionLimitKinds All =
        TransactionLimitKinds.MaxCost
        | TransactionLimitKinds.MaxEnergy
        | TransactionLimitKinds.MaxTime
        | TransactionLimitKinds.MaxSoC;

    [Fact]
    public async Task A_limit_of_the_driver_is_confirmed_and_suspends_the_energy_until_it_is_raised()
    {
        await using V21TransactionBench bench = await ChargeAsync();

        Assert.True(bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 6000 }));
        Assert.False(bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 6000 }));
        bench.Transaction.EnergyTransferred(5999.9m);
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
        bench.Transaction.EnergyTransferred(6000);
        bench.Transaction.EnergyTransferred(6001);
        Assert.Equal(TransactionLimitKinds.MaxEnergy, bench.Transaction.ReachedLimit);
        Assert.True(bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 8000 }));
        bench.Transaction.EnergyTransferStarted();
        bench.Transaction.EnergyTransferred(8000);

        await bench.AssertEventsAsync(
            """T1 3 Updated LimitSet Charging limits={"maxEnergy":6000}""",
            "T1 4 Updated EnergyLimitReached SuspendedEVSE",
            """T1 5 Updated LimitSet SuspendedEVSE limits={"maxEnergy":8000}""",
            "T1 6 Updated ChargingStateChanged Charging",
            "T1 7 Updated EnergyLimitReached SuspendedEVSE"
        );
        Assert.Equal(
            [
                TransactionEnergy.Allowed,
                TransactionEnergy.NotAllowed,
                TransactionEnergy.Allowed,
                TransactionEnergy.NotAllowed,
            ],
            bench.Energies
        );
    }

    [Theory]
    [InlineData(TransactionLimitKinds.MaxCost, "T1 2 Ended CostLimitReached SuspendedEVSE stopped=LocalOutOfCredit")]
    [InlineData(
        TransactionLimitKinds.MaxEnergy,
        "T1 2 Ended EnergyLimitReached SuspendedEVSE stopped=EnergyLimitReached"
    )]
    [InlineData(TransactionLimitKinds.MaxTime, "T1 2 Ended TimeLimitReached SuspendedEVSE stopped=TimeLimitReached")]
    [InlineData(TransactionLimitKinds.MaxSoC, "T1 2 Ended SoCLimitReached SuspendedEVSE stopped=SOCLimitReached")]
    public async Task A_limit_that_is_reached_ends_a_transaction_that_ends_with_the_transfer_of_energy(
        TransactionLimitKinds reached,
        string expected
    )
    {
        await using var bench = new V21TransactionBench(
            new TransactionSettings
            {
                TxStartPoint = TransactionPoints.EnergyTransfer,
                TxStopPoint = TransactionPoints.EnergyTransfer,
                SupportedLimits = All,
            }
        );
        Charge(bench);
        await bench.NextAsync(1);
        bench.Transaction.SetLimits(
            new TransactionLimits
            {
                MaxCost = 2,
                MaxEnergy = 6000,
                MaxTime = TimeSpan.FromSeconds(120),
                MaxSoC = 80,
            }
        );
        Assert.Equal(
            ["""T1 1 Updated LimitSet Charging limits={"maxCost":2,"maxEnergy":6000,"maxTime":120,"maxSoC":80}"""],
            await bench.NextAsync(1)
        );

        switch (reached)
        {
            case TransactionLimitKinds.MaxCost:
                bench.Transaction.CostCalculated(2.10m);
                break;
            case TransactionLimitKinds.MaxEnergy:
                bench.Transaction.EnergyTransferred(6000);
                break;
            case TransactionLimitKinds.MaxSoC:
                bench.Transaction.StateOfCharge(80);
                break;
            default:
                bench.Queue.Clock.Advance(TimeSpan.FromSeconds(119));
                Assert.Equal("T1", bench.Transaction.TransactionId);
                bench.Queue.Clock.Advance(TimeSpan.FromSeconds(1));
                break;
        }

        await bench.AssertEventsAsync(expected);
        Assert.Null(bench.Transaction.TransactionId);
        Assert.Null(bench.Transaction.Limits);
        Assert.Equal(TransactionLimitKinds.None, bench.Transaction.ReachedLimit);
    }

    [Fact]
    public async Task A_limit_of_the_csms_is_confirmed_once_and_the_driver_can_only_lower_it()
    {
        await using V21TransactionBench bench = await ChargeAsync();
        bench.Respond(
            """{"transactionLimit":{"maxEnergy":10000}}""",
            to: trigger => trigger is "MeterValuePeriodic" or "LimitSet"
        );
        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);

        Assert.Equal(
            [
                "T1 3 Updated MeterValuePeriodic Charging",
                """T1 4 Updated LimitSet Charging limits={"maxEnergy":10000}""",
            ],
            await bench.NextAsync(2)
        );
        await bench.Queue.Queue.WhenEmptyAsync();
        Assert.False(bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 20000 }));
        bench.Respond("{}");
        Assert.True(bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 6000, MaxSoC = 90 }));

        await bench.AssertEventsAsync("""T1 5 Updated LimitSet Charging limits={"maxEnergy":6000,"maxSoC":90}""");
    }

    [Fact]
    public async Task Limits_of_the_csms_that_a_full_disk_does_not_take_count_at_once_and_are_confirmed_in_order()
    {
        await using V21TransactionBench bench = await ChargeAsync();
        using var isAdded = new ManualResetEventSlim();
        string[] responses =
        [
            """{"transactionLimit":{"maxEnergy":10000,"maxSoC":90}}""",
            """{"transactionLimit":{"maxEnergy":8000}}""",
        ];
        int responded = 0;
        bench.Queue.Respond = request =>
        {
            isAdded.Wait();
            bench.Queue.Disk.Room = 0;
            return request.TriggerReason == TriggerReasonEnumType.MeterValuePeriodic
                ? OcppJson.Parse<TransactionEventResponse>(Encoding.UTF8.GetBytes(responses[responded++]))
                : new TransactionEventResponse();
        };
        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);
        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);
        isAdded.Set();
        await bench.NextAsync(2);
        await bench.Queue.Queue.WhenEmptyAsync();

        var limits = new TransactionLimits { MaxEnergy = 8000, MaxSoC = 90 };
        Assert.Equal(limits, bench.Transaction.Limits);
        bench.Transaction.EnergyTransferred(8000);
        Assert.Equal(TransactionEnergy.NotAllowed, bench.Transaction.Energy);
        Assert.Throws<IOException>(() => bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic));
        await bench.Queue.Clock.WhenArmedAsync(1);
        bench.Respond("{}");
        bench.Queue.Disk.Room = long.MaxValue;
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(10));

        await bench.AssertEventsAsync(
            """T1 5 Updated LimitSet Charging limits={"maxEnergy":10000,"maxSoC":90}""",
            """T1 6 Updated LimitSet Charging limits={"maxEnergy":8000,"maxSoC":90}""",
            "T1 7 Updated EnergyLimitReached SuspendedEVSE"
        );
        await bench.RestartAsync();
        Assert.Equal(
            (limits, TransactionLimitKinds.MaxEnergy),
            (bench.Transaction.Limits, bench.Transaction.ReachedLimit)
        );
    }

    [Fact]
    public async Task A_csms_may_raise_the_limit_of_a_driver()
    {
        await using V21TransactionBench bench = await ChargeAsync();
        bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 6000 });
        await bench.NextAsync(1);
        await bench.Queue.Queue.WhenEmptyAsync();
        bench.Respond("""{"transactionLimit":{"maxEnergy":10000}}""", to: trigger => trigger == "MeterValuePeriodic");

        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);

        await bench.AssertEventsAsync(
            "T1 4 Updated MeterValuePeriodic Charging",
            """T1 5 Updated LimitSet Charging limits={"maxEnergy":10000}"""
        );
        Assert.Equal(new TransactionLimits { MaxEnergy = 10000 }, bench.Transaction.Limits);
    }

    [Fact]
    public async Task Limits_that_the_station_does_not_support_are_neither_confirmed_nor_obeyed()
    {
        await using V21TransactionBench bench = await ChargeAsync(TransactionLimitKinds.MaxTime);
        bench.Respond("""{"transactionLimit":{"maxCost":5}}""", to: trigger => trigger == "MeterValuePeriodic");
        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);
        await bench.AssertEventsAsync("T1 3 Updated MeterValuePeriodic Charging");

        Assert.False(bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 1 }));
        bench.Transaction.EnergyTransferred(100);
        bench.Transaction.CostCalculated(100);

        Assert.Null(bench.Transaction.Limits);
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
    }

    [Fact]
    public async Task A_limit_that_is_reached_already_counts_at_once()
    {
        await using V21TransactionBench bench = await ChargeAsync();
        bench.Transaction.EnergyTransferred(5000);

        bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 4000 });

        await bench.AssertEventsAsync(
            """T1 3 Updated LimitSet Charging limits={"maxEnergy":4000}""",
            "T1 4 Updated EnergyLimitReached SuspendedEVSE"
        );
    }

    [Fact]
    public async Task The_cost_is_that_of_the_csms_unless_the_station_calculates_it()
    {
        await using V21TransactionBench bench = await ChargeAsync();
        bench.Transaction.SetLimits(new TransactionLimits { MaxCost = 10 });
        await bench.NextAsync(1);
        await bench.Queue.Queue.WhenEmptyAsync();
        bench.Transaction.CostUpdated("another", 50);
        bench.Transaction.CostUpdated("T1", 9.99m);
        bench.Respond("""{"totalCost":10}""", to: trigger => trigger == "MeterValuePeriodic");
        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);
        await bench.AssertEventsAsync(
            "T1 4 Updated MeterValuePeriodic Charging",
            "T1 5 Updated CostLimitReached SuspendedEVSE"
        );

        bench.Transaction.CostCalculated(8);
        bench.Transaction.SetLimits(new TransactionLimits { MaxCost = 9 });
        bench.Transaction.CostUpdated("T1", 11);

        await bench.AssertEventsAsync("""T1 6 Updated LimitSet SuspendedEVSE limits={"maxCost":9}""");
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
    }

    [Theory]
    [InlineData(20 * 365)]
    [InlineData(-1)]
    public async Task The_longest_time_does_not_change_when_the_clock_is_set(int days)
    {
        await using V21TransactionBench bench = await ChargeAsync();
        bench.Transaction.SetLimits(new TransactionLimits { MaxTime = TimeSpan.FromMinutes(10) });
        await bench.NextAsync(1);
        bench.Queue.Clock.Advance(TimeSpan.FromMinutes(4));

        bench.Clock.Set(bench.Clock.GetUtcNow().AddDays(days));
        bench.Transaction.EnergyTransferred(1);
        bench.Queue.Clock.Advance(TimeSpan.FromMinutes(6) - TimeSpan.FromTicks(1));
        bench.Transaction.EnergyTransferred(2);
        Assert.Equal(TransactionLimitKinds.None, bench.Transaction.ReachedLimit);
        bench.Queue.Clock.Advance(TimeSpan.FromTicks(1));

        await bench.AssertEventsAsync("T1 4 Updated TimeLimitReached SuspendedEVSE");
    }

    [Fact]
    public async Task A_limit_of_time_goes_on_after_a_restart_with_a_clock_that_is_not_set_yet()
    {
        await using V21TransactionBench bench = await ChargeAsync();
        bench.Clock.Set(bench.Clock.GetUtcNow().AddYears(20));
        bench.Queue.Clock.Advance(TimeSpan.FromMinutes(4));
        bench.Transaction.SetLimits(new TransactionLimits { MaxTime = TimeSpan.FromMinutes(10) });
        await bench.NextAsync(1);
        await bench.Queue.Queue.WhenEmptyAsync();

        await bench.RestartAsync();
        bench.Clock.Set(bench.Clock.GetUtcNow().AddYears(20));
        bench.Run();
        bench.Transaction.EnergyTransferred(1);
        Assert.Equal(TransactionLimitKinds.None, bench.Transaction.ReachedLimit);
        bench.Queue.Clock.Advance(TimeSpan.FromMinutes(6));

        await bench.AssertEventsAsync("T1 4 Updated TimeLimitReached SuspendedEVSE");
    }

    [Fact]
    public async Task A_limit_goes_on_after_a_restart()
    {
        await using V21TransactionBench bench = await ChargeAsync();
        var limits = new TransactionLimits
        {
            MaxCost = 2.5m,
            MaxTime = TimeSpan.FromMinutes(10),
            MaxSoC = 80,
        };
        bench.Transaction.SetLimits(limits);
        await bench.NextAsync(1);
        await bench.Queue.Queue.WhenEmptyAsync();
        bench.Queue.Clock.Advance(TimeSpan.FromMinutes(4));

        await bench.RestartAsync();
        Assert.Equal(limits, bench.Transaction.Limits);
        bench.Run();
        bench.Queue.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(["T1 4 Updated TimeLimitReached SuspendedEVSE"], await bench.NextAsync(1));
        await bench.RestartAsync();
        Assert.Equal(TransactionLimitKinds.MaxTime, bench.Transaction.ReachedLimit);
        Assert.Equal(TransactionEnergy.NotAllowed, bench.Transaction.Energy);
    }

    [Fact]
    public async Task Limits_that_messages_can_not_have_are_the_nearest_ones()
    {
        await using V21TransactionBench bench = await ChargeAsync();

        bench.Transaction.SetLimits(new TransactionLimits { MaxTime = TimeSpan.MaxValue });
        bench.Transaction.SetLimits(new TransactionLimits { MaxCost = -1 });
        bench.Transaction.CostCalculated(0);

        await bench.AssertEventsAsync(
            """T1 3 Updated LimitSet Charging limits={"maxTime":2147483647}""",
            """T1 4 Updated LimitSet Charging limits={"maxCost":0,"maxTime":2147483647}""",
            "T1 5 Updated CostLimitReached SuspendedEVSE"
        );
    }

    [Fact]
    public async Task Without_a_transaction_there_are_no_limits()
    {
        await using var bench = new V21TransactionBench(new TransactionSettings { SupportedLimits = All });

        Assert.False(bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 1 }));
        bench.Transaction.EnergyTransferred(5);
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(V21TransactionBench.IdToken);

        await bench.AssertEventsAsync("T1 0 Started Authorized EVConnected evse=1/2 idToken=04A1B2C3");
        Assert.Null(bench.Transaction.Limits);
    }

    [Fact]
    public async Task With_the_messages_of_2_0_1_a_limit_has_no_event_before_it_is_reached()
    {
        await using var bench = new TransactionBench(
            new TransactionSettings
            {
                TxStartPoint = TransactionPoints.EVConnected,
                TxStopPoint = TransactionPoints.EVConnected,
                SupportedLimits = All,
            }
        );
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(TransactionBench.IdToken);
        bench.Transaction.EnergyTransferStarted();
        await bench.NextAsync(3);

        Assert.True(bench.Transaction.SetLimits(new TransactionLimits { MaxEnergy = 6000, MaxSoC = 50 }));
        bench.Transaction.EnergyTransferred(6000);

        await bench.AssertEventsAsync("T1 3 Updated EnergyLimitReached SuspendedEVSE");
    }

    private static async Task<V21TransactionBench> ChargeAsync(TransactionLimitKinds supported = All)
    {
        var bench = new V21TransactionBench(
            new TransactionSettings
            {
                TxStartPoint = TransactionPoints.EVConnected,
                TxStopPoint = TransactionPoints.EVConnected,
                SupportedLimits = supported,
            }
        );
        Charge(bench);
        await bench.NextAsync(3);
        await bench.Queue.Queue.WhenEmptyAsync();
        return bench;
    }

    private static void Charge(V21TransactionBench bench)
    {
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(V21TransactionBench.IdToken);
        bench.Transaction.EnergyTransferStarted();
    }
}
