using Ocpp.Stations.Transactions;

namespace Ocpp.Stations.Tests;

/// <summary>Transactions that go on after a restart (OCPP 2.1, E17).</summary>
public sealed class TransactionResumptionTests
{
    [Theory]
    [InlineData(false, "T1 3 Updated TxResumed SuspendedEVSE offline", TransactionEnergy.NotAllowed)] // TC_E_112
    [InlineData(true, "T1 3 Updated TxResumed Charging offline", TransactionEnergy.Allowed)] // TC_E_113
    public async Task A_transaction_that_was_interrupted_for_a_short_time_is_resumed(
        bool allowsEnergy,
        string expected,
        TransactionEnergy energy
    )
    {
        await using V21TransactionBench bench = await InterruptAsync(
            TimeSpan.FromSeconds(60),
            TimeSpan.FromSeconds(60),
            allowsEnergy
        );

        Assert.True(bench.Transaction.Resume());
        Assert.Equal(energy, bench.Transaction.Energy);
        bench.Run();

        await bench.AssertEventsAsync(expected);
        Assert.Equal(!allowsEnergy, bench.Transaction.AllowEnergyTransfer());
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
        await bench.RestartAsync();
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
    }

    [Theory]
    [InlineData(0, 1)] // TC_E_114, TC_E_115
    [InlineData(60, 61)] // TC_E_116
    public async Task A_transaction_that_was_interrupted_for_too_long_ends(int timeout, int interruption)
    {
        await using V21TransactionBench bench = await InterruptAsync(
            TimeSpan.FromSeconds(timeout),
            TimeSpan.FromSeconds(interruption),
            allowsEnergy: true
        );

        Assert.False(bench.Transaction.Resume());
        bench.Run();

        await bench.AssertEventsAsync("T1 3 Ended AbnormalCondition EVConnected stopped=PowerLoss offline");
        Assert.False(bench.Transaction.Resume());
    }

    [Fact]
    public async Task The_application_knows_better_how_long_and_why_a_transaction_was_interrupted()
    {
        await using V21TransactionBench bench = await InterruptAsync(
            TimeSpan.FromSeconds(60),
            TimeSpan.FromSeconds(10),
            allowsEnergy: true
        );

        Assert.False(bench.Transaction.Resume(TransactionStopReason.Reboot, TimeSpan.FromSeconds(90)));
        bench.Run();

        await bench.AssertEventsAsync("T1 3 Ended AbnormalCondition EVConnected stopped=Reboot offline");
    }

    [Fact]
    public async Task An_interruption_is_not_time_in_which_energy_was_transferred()
    {
        await using V21TransactionBench bench = await InterruptAsync(
            TimeSpan.FromSeconds(600),
            TimeSpan.FromSeconds(500),
            allowsEnergy: true
        );
        bench.Transaction.Resume();
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(7));
        bench.Transaction.EvDisconnected();
        bench.Run();

        await bench.NextAsync(1);
        Assert.Equal(20 + 7, await bench.NextTimeSpentChargingAsync());
    }

    [Fact]
    public async Task An_interruption_that_the_application_knows_is_part_of_the_time_of_the_transaction()
    {
        await using V21TransactionBench bench = await InterruptAsync(
            TimeSpan.FromSeconds(600),
            TimeSpan.FromSeconds(10),
            allowsEnergy: true,
            TransactionLimitKinds.MaxTime
        );
        Assert.True(bench.Transaction.Resume(TransactionStopReason.PowerLoss, TimeSpan.FromSeconds(300)));
        bench.Transaction.SetLimits(new TransactionLimits { MaxTime = TimeSpan.FromSeconds(20 + 300 + 30) });
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(TransactionLimitKinds.None, bench.Transaction.ReachedLimit);
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(1));
        bench.Run();

        await bench.AssertEventsAsync(
            "T1 3 Updated TxResumed Charging offline",
            """T1 4 Updated LimitSet Charging limits={"maxTime":350} offline""",
            "T1 5 Updated TimeLimitReached SuspendedEVSE offline"
        );
    }

    [Fact]
    public async Task A_clock_that_is_set_does_not_change_how_long_ago_an_event_of_this_run_was()
    {
        await using V21TransactionBench bench = await InterruptAsync(
            TimeSpan.FromSeconds(60),
            TimeSpan.FromSeconds(10),
            allowsEnergy: true
        );
        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);
        bench.Clock.Set(bench.Clock.GetUtcNow().AddYears(20));

        Assert.True(bench.Transaction.Resume());
    }

    [Fact]
    public async Task A_transaction_without_energy_before_the_interruption_can_get_it_afterwards()
    {
        await using var bench = new V21TransactionBench(
            new TransactionSettings { ResumptionTimeout = TimeSpan.FromSeconds(60) }
        );
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(V21TransactionBench.IdToken);
        await bench.NextAsync(1);
        await bench.Queue.Queue.WhenEmptyAsync();
        await bench.RestartAsync();

        Assert.True(bench.Transaction.Resume());
        bench.Run();

        await bench.AssertEventsAsync("T1 1 Updated TxResumed EVConnected offline");
        Assert.Equal(TransactionEnergy.Allowed, bench.Transaction.Energy);
    }

    [Fact]
    public async Task Without_a_transaction_there_is_nothing_to_resume()
    {
        await using var bench = new V21TransactionBench(
            new TransactionSettings { ResumptionTimeout = TimeSpan.FromSeconds(60) }
        );

        Assert.False(bench.Transaction.Resume());
        Assert.False(bench.Transaction.AllowEnergyTransfer());

        Assert.True(bench.Transaction.MayResume);
        Assert.Equal(0, bench.Queue.Queue.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new TransactionSettings { ResumptionTimeout = TimeSpan.FromSeconds(-1) }
        );
    }

    /// <summary>Energy is transferred for 20 s until the last event, and then there is no power for a time.</summary>
    private static async Task<V21TransactionBench> InterruptAsync(
        TimeSpan timeout,
        TimeSpan interruption,
        bool allowsEnergy,
        TransactionLimitKinds supportedLimits = TransactionLimitKinds.None
    )
    {
        var bench = new V21TransactionBench(
            new TransactionSettings
            {
                ResumptionTimeout = timeout,
                AllowEnergyTransferResumption = allowsEnergy,
                SupportedLimits = supportedLimits,
            }
        );
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(V21TransactionBench.IdToken);
        bench.Transaction.EnergyTransferStarted();
        bench.Queue.Clock.Advance(TimeSpan.FromSeconds(20));
        bench.Transaction.Report(TransactionTrigger.MeterValuePeriodic);
        await bench.NextAsync(3);
        await bench.Queue.Queue.WhenEmptyAsync();
        await bench.RestartAsync();
        bench.Queue.Clock.Advance(interruption);
        return bench;
    }
}
