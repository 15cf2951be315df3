using System.Collections.Concurrent;
using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Transactions;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

public sealed class StationResetTests
{
    private const ResetEnumType Immediate = ResetEnumType.Immediate;
    private const ResetEnumType OnIdle = ResetEnumType.OnIdle;
    private const ResetStatusEnumType Accepted = ResetStatusEnumType.Accepted;
    private const ResetStatusEnumType Rejected = ResetStatusEnumType.Rejected;
    private const ResetStatusEnumType Scheduled = ResetStatusEnumType.Scheduled;

    [Theory]
    [InlineData(Immediate)]
    [InlineData(OnIdle)]
    public async Task A_station_without_a_transaction_is_reset_after_the_response(ResetEnumType type)
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();

        Assert.Equal(Accepted, await bench.ResetAsync(type));

        Assert.Equal(0, await bench.RestartedAsync());
        await bench.RestartAsync();
        Assert.Equal(BootReasonEnumType.RemoteReset, (await bench.BeginAsync()).Reason);
    }

    [Fact]
    public async Task An_immediate_reset_ends_all_transactions_and_lets_their_events_arrive_before()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        await bench.StartAsync(bench.Second);

        Assert.Equal(Accepted, await bench.ResetAsync(Immediate));

        Assert.Equal(0, await bench.RestartedAsync());
        Assert.Equal(0, bench.Queue.Count);
        Assert.Equal("T1 Ended ResetCommand ImmediateReset", await bench.EventAsync());
        Assert.Equal("T2 Ended ResetCommand ImmediateReset", await bench.EventAsync());
        await bench.RestartAsync();
        Assert.Null(bench.First.TransactionId);
        Assert.Equal(BootReasonEnumType.RemoteReset, (await bench.BeginAsync()).Reason);
    }

    [Fact]
    public async Task A_reset_on_idle_waits_for_the_end_of_the_last_transaction_and_none_begins_meanwhile()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);

        Assert.Equal(Scheduled, await bench.ResetAsync(OnIdle));

        Assert.Equal("EVSE 2: unavailable", await bench.AvailabilityAsync());
        Assert.True(bench.Reset.IsScheduled());
        bench.Second.EvConnected();
        Assert.False(bench.Second.Authorize(TransactionBench.IdToken));
        Assert.Equal(TransactionEnergy.NotAllowed, bench.Second.Energy);
        bench.First.EnergyTransferStarted();
        Assert.Equal("T1 Updated ChargingStateChanged", await bench.EventAsync());
        Assert.False(bench.HasRestarted);

        bench.First.StopAuthorized(TransactionBench.IdToken);

        Assert.Equal(0, await bench.RestartedAsync());
        Assert.Equal("T1 Ended StopAuthorized Local", await bench.EventAsync());
        Assert.Equal("EVSE 1: unavailable", await bench.AvailabilityAsync());
        await bench.RestartAsync();
        Assert.Equal(BootReasonEnumType.ScheduledReset, (await bench.BeginAsync()).Reason);
    }

    [Fact]
    public async Task An_authorization_without_a_transaction_ends_when_a_reset_is_scheduled()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        bench.Second.Authorize(TransactionBench.OtherIdToken);

        await bench.ResetAsync(OnIdle);
        bench.Second.EvConnected();

        Assert.Null(bench.Second.IdToken);
        Assert.Null(bench.Second.TransactionId);
        Assert.Equal(TransactionEnergy.NotAllowed, bench.Second.Energy);
    }

    [Fact]
    public async Task The_csms_is_told_once_why_the_station_has_started()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.ResetAsync(Immediate);
        await bench.RestartedAsync();

        await bench.RestartAsync(); // and loses its power before the CSMS has responded
        await bench.RestartAsync();
        Assert.Equal(BootReasonEnumType.RemoteReset, (await bench.BeginAsync()).Reason);
        await bench.RestartAsync();
        Assert.Equal(BootReasonEnumType.PowerUp, (await bench.BeginAsync()).Reason);
    }

    [Fact]
    public async Task An_application_that_fails_to_say_whether_an_evse_is_idle_does_not_keep_another_from_its_reset()
    {
        await using var bench = new PartsBench(options =>
            options with
            {
                IsIdle = evseId => evseId == 1 ? throw new TimeoutException() : true,
            }
        );
        await bench.BeginAsync();
        Assert.Equal(Scheduled, await bench.ResetAsync(OnIdle, evseId: 1));

        Assert.Equal(Accepted, await bench.ResetAsync(Immediate, evseId: 2));

        Assert.Equal(2, await bench.RestartedAsync());
        Assert.True(bench.Reset.IsScheduled(1));
        Assert.Contains(bench.Boot.Log.Lines, line => line.EventId == 404 && line.Exception is TimeoutException);
    }

    [Fact]
    public async Task A_full_disk_does_not_repeat_why_the_station_has_started()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.ResetAsync(Immediate);
        await bench.RestartedAsync();
        await bench.RestartAsync();
        bench.Disk.Room = 0;
        Assert.Equal(BootReasonEnumType.RemoteReset, (await bench.BeginAsync()).Reason);

        bench.Disk.Room = long.MaxValue;
        await bench.RestartAsync();

        Assert.Equal(BootReasonEnumType.PowerUp, (await bench.BeginAsync()).Reason);
    }

    [Fact]
    public async Task An_immediate_reset_takes_the_place_of_one_that_is_scheduled()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        Assert.Equal(Scheduled, await bench.ResetAsync(OnIdle));

        Assert.Equal(Accepted, await bench.ResetAsync(Immediate));

        Assert.Equal(0, await bench.RestartedAsync());
        Assert.False(bench.Reset.IsScheduled());
        Assert.Equal("T1 Ended ResetCommand ImmediateReset", await bench.EventAsync());
        Assert.False(bench.HasRestarted);
        await bench.RestartAsync();
        Assert.Equal(BootReasonEnumType.RemoteReset, (await bench.BeginAsync()).Reason);
    }

    [Fact]
    public async Task A_reset_of_the_station_takes_the_place_of_those_of_its_evses()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        Assert.Equal(Scheduled, await bench.ResetAsync(OnIdle, evseId: 1));
        Assert.Equal(Scheduled, await bench.ResetAsync(OnIdle));

        Assert.False(bench.Reset.IsScheduled(1));
        bench.First.StopAuthorized();

        Assert.Equal(0, await bench.RestartedAsync());
        Assert.False(bench.HasRestarted);
    }

    [Fact]
    public async Task An_immediate_reset_of_an_evse_leaves_the_transaction_of_another()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        await bench.StartAsync(bench.Second);

        Assert.Equal(Accepted, await bench.ResetAsync(Immediate, evseId: 1));

        Assert.Equal("T1 Ended ResetCommand ImmediateReset", await bench.EventAsync());
        Assert.Equal(1, await bench.RestartedAsync());
        Assert.Equal("EVSE 1: unavailable", await bench.AvailabilityAsync());
        Assert.Equal("EVSE 1: available", await bench.AvailabilityAsync());
        Assert.Equal("T2", bench.Second.TransactionId);
        Assert.True(bench.First.Authorize(TransactionBench.IdToken));
        Assert.Equal("T3 Started Authorized", await bench.EventAsync());
    }

    [Fact]
    public async Task A_reset_of_an_evse_on_idle_waits_for_its_transaction()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);

        Assert.Equal(Scheduled, await bench.ResetAsync(OnIdle, evseId: 1));
        await bench.StartAsync(bench.Second);
        Assert.True(bench.Reset.IsScheduled(1));
        bench.First.StopAuthorized();

        Assert.Equal("T1 Ended StopAuthorized Local", await bench.EventAsync());
        Assert.Equal(1, await bench.RestartedAsync());
        Assert.Equal("EVSE 1: unavailable", await bench.AvailabilityAsync());
        Assert.Equal("EVSE 1: available", await bench.AvailabilityAsync());
        Assert.Equal("T2", bench.Second.TransactionId);
    }

    [Fact]
    public async Task A_reset_of_an_evse_that_is_unknown_or_can_not_be_reset_on_its_own_is_rejected()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await using var other = new PartsBench(options => options with { RestartEvse = null });
        await other.BeginAsync();

        Assert.Equal(Rejected, await bench.ResetAsync(Immediate, evseId: 3));
        Assert.Equal(Rejected, await other.ResetAsync(Immediate, evseId: 1));
        Assert.False(other.HasRestarted);
    }

    [Fact]
    public async Task A_reset_that_is_not_possible_is_rejected_and_leaves_the_transaction()
    {
        await using var bench = new PartsBench(options =>
            options with
            {
                MayReset = (kind, evseId) => kind != StationResetKind.Immediate || evseId is not null,
            }
        );
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);

        Assert.Equal(Rejected, await bench.ResetAsync(Immediate));

        Assert.Equal("T1", bench.First.TransactionId);
        Assert.True(bench.First.IsAvailable);
    }

    [Fact]
    public async Task Another_reset_is_rejected_while_the_station_is_reset()
    {
        await using var bench = new PartsBench();
        await bench.BeginAsync();
        await bench.ResetAsync(Immediate);
        await bench.RestartedAsync();

        Assert.Equal(Rejected, await bench.ResetAsync(Immediate));
        Assert.Equal(Rejected, await bench.ResetAsync(OnIdle, evseId: 1));
    }

    [Fact]
    public async Task A_reset_on_idle_waits_until_the_application_is_idle()
    {
        bool isIdle = false;
        await using var bench = new PartsBench(options => options with { IsIdle = _ => isIdle });
        await bench.BeginAsync();

        Assert.Equal(Scheduled, await bench.ResetAsync(OnIdle));
        Assert.Equal("EVSE 1: unavailable", await bench.AvailabilityAsync());
        bench.Reset.Refresh();
        Assert.True(bench.Reset.IsScheduled());
        isIdle = true;
        bench.Reset.Refresh();

        Assert.Equal(0, await bench.RestartedAsync());
    }

    [Fact]
    public async Task Changes_of_the_availability_are_reported_one_after_the_other()
    {
        using var isCalled = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        var reported = new ConcurrentQueue<bool>();
        bool isIdle = false;
        await using var bench = new PartsBench(options =>
            options with
            {
                IsIdle = _ => isIdle,
                AvailabilityChanged = (evseId, isAvailable) =>
                {
                    if (!isCalled.IsSet)
                    {
                        isCalled.Set();
                        goesOn.Wait();
                    }

                    reported.Enqueue(isAvailable);
                    options.AvailabilityChanged!(evseId, isAvailable);
                },
            }
        );
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        Assert.Equal(Scheduled, await bench.ResetAsync(OnIdle, evseId: 1));
        Task ended = Task.Run(() => bench.First.StopAuthorized());
        isCalled.Wait();

        isIdle = true;
        bench.Reset.Refresh();
        Assert.Equal(1, await bench.RestartedAsync());
        goesOn.Set();
        await ended;

        Assert.Equal("EVSE 1: unavailable", await bench.AvailabilityAsync());
        Assert.Equal("EVSE 1: available", await bench.AvailabilityAsync());
        Assert.Equal([false, true], reported);
    }

    [Fact]
    public async Task The_application_is_never_called_under_the_lock_of_the_reset()
    {
        StationReset? reset = null;
        var calls = new ConcurrentQueue<string>();
        await using var bench = new PartsBench(options =>
            options with
            {
                MayReset = (_, _) => Check("MayReset"),
                IsIdle = _ => Check("IsIdle"),
                AvailabilityChanged = (_, _) => Check("AvailabilityChanged"),
                Restart = () =>
                {
                    Check("Restart");
                    return options.Restart();
                },
            }
        )
        {
            // A transaction calls it under its own lock, for which the reset must not wait under its own.
            ReadMeter = (_, _) => Check("ReadMeter") ? 1 : 0,
            EnergyChanged = () => Check("EnergyChanged"),
        };
        reset = bench.Reset;
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);

        Assert.Equal(Scheduled, await bench.ResetAsync(OnIdle));
        bench.First.StopAuthorized();

        Assert.Equal(0, await bench.RestartedAsync());
        Assert.Equal(
            ["AvailabilityChanged", "EnergyChanged", "IsIdle", "MayReset", "ReadMeter", "Restart"],
            calls.Distinct().Order(StringComparer.Ordinal)
        );

        // Another thread, which may hold what a callback waits for, gets the lock meanwhile.
        bool Check(string callback)
        {
            calls.Enqueue(callback);
            Task<bool>? other = reset is null ? null : Task.Run(() => reset.IsScheduled());
            Assert.True(other?.Wait(TimeSpan.FromSeconds(30)) != false, $"{callback} was called under the lock.");
            return true;
        }
    }

    [Fact]
    public async Task A_reset_that_fails_is_tried_again_and_then_given_up()
    {
        int attempts = 0;
        await using var bench = new PartsBench(options =>
            options with
            {
                Retries = 1,
                Restart = () =>
                {
                    attempts++;
                    throw new TimeoutException();
                },
            }
        );
        await bench.BeginAsync();

        Assert.Equal(Accepted, await bench.ResetAsync(Immediate));
        await bench.Clock.WhenArmedAsync(2); // the heartbeat, and the wait
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        string[] availabilities =
        [
            await bench.AvailabilityAsync(),
            await bench.AvailabilityAsync(),
            await bench.AvailabilityAsync(),
            await bench.AvailabilityAsync(),
        ];
        Assert.Equal(
            ["EVSE 1: unavailable", "EVSE 2: unavailable", "EVSE 1: available", "EVSE 2: available"],
            availabilities
        );
        Assert.Equal(2, attempts);
        Assert.Equal(2, bench.Boot.Log.Lines.Count(line => line.EventId == 411));
        Assert.True(bench.First.IsAvailable);
        await bench.RestartAsync();
        Assert.Equal(BootReasonEnumType.PowerUp, (await bench.BeginAsync()).Reason);
    }

    [Fact]
    public async Task A_station_that_is_pending_is_reset_at_once()
    {
        await using var bench = new PartsBench();
        bench.Boot.Boot = _ => BootBench.Answer(RegistrationStatusEnumType.Pending, 300);
        await bench.BeginAsync();
        bench.Queue.Add(Ocpp201Protocol.Instance, QueueBench.Event(0));

        Assert.Equal(Accepted, await bench.ResetAsync(Immediate));

        Assert.Equal(0, await bench.RestartedAsync());
        Assert.Equal(1, bench.Queue.Count);
    }

    [Fact]
    public async Task A_csms_that_does_not_respond_delays_a_reset_for_a_limited_time_only()
    {
        await using var bench = new PartsBench(options => options with { FlushTime = TimeSpan.FromSeconds(20) });
        await bench.BeginAsync();
        await bench.StartAsync(bench.First);
        await bench.Queue.WhenEmptyAsync();
        var never = new TaskCompletionSource<TransactionEventResponse>();
        bench.Boot.EventAsync = _ => never.Task;

        Assert.Equal(Accepted, await bench.ResetAsync(Immediate));
        Assert.Equal("T1 Ended ResetCommand ImmediateReset", await bench.EventAsync());
        await bench.Clock.WhenArmedAsync(2); // the heartbeat, and the time for the events
        bench.Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(bench.HasRestarted);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, await bench.RestartedAsync());
        Assert.Equal(1, bench.Queue.Count);
        never.SetResult(new TransactionEventResponse());
    }

    [Fact]
    public async Task The_csms_sees_which_resets_there_are_and_sets_the_retries()
    {
        await using var bench = new PartsBench();
        DeviceModel model = DeviceModel.Open(new DeviceModelOptions());
        model.AddVariablesOf(bench.Reset);

        VariableSetResult result = model.Set([
            new VariableSetting(new ComponentId("OCPPCommCtrlr"), new VariableId("ResetRetries"), "7"),
        ])[0];

        Assert.Equal(VariableSetStatus.Accepted, result.Status);
        Assert.Equal(7, bench.Reset.Retries);
        Assert.Equal("true", model.Get(new ComponentId("EVSE") { EvseId = 2 }, new VariableId("AllowReset")).Value);
    }
}
