using Ocpp.Stations.Transactions;
using Ocpp.Stations.V16;
using Ocpp.V16;
using Ocpp.Versions;

namespace Ocpp.Stations.Tests.V16;

public sealed class V16StationTests
{
    [Fact]
    public async Task A_station_registers_and_sends_heartbeats_at_the_interval_of_the_response() // TC_001
    {
        await using var bench = new V16StationBench();
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");

        await bench.PassAsync(TimeSpan.FromSeconds(300));

        await bench.AssertReceivedAsync("Heartbeat");
        Assert.Equal(OcppRegistrationStatus.Accepted, bench.Registration.Status);
    }

    [Fact]
    public async Task A_pending_station_registers_again_after_the_interval_or_when_it_is_asked_to() // TC_002
    {
        await using var bench = new V16StationBench();
        bench.Boot = () => V16StationBench.Answer(RegistrationStatus.Pending, interval: 10);
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");
        Task<StatusNotificationResponse> call = bench.Registration.CallAsync(V16StationBench.Status());

        await bench.PassAsync(TimeSpan.FromSeconds(10));
        await bench.AssertReceivedAsync("Boot Example ");
        Assert.Equal(TriggerMessageStatus.Rejected, await TriggerAsync(bench, MessageTrigger.Heartbeat));
        bench.Boot = () => V16StationBench.Answer(RegistrationStatus.Accepted, interval: 300);
        Assert.Equal(TriggerMessageStatus.Accepted, await TriggerAsync(bench, MessageTrigger.BootNotification));

        await bench.AssertReceivedAsync("Boot Example ", "Status");
        await call;
    }

    [Fact]
    public async Task A_rejected_station_refuses_all_requests_but_a_trigger_to_register()
    {
        await using var bench = new V16StationBench();
        bench.Boot = () => V16StationBench.Answer(RegistrationStatus.Rejected, interval: 10);
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");
        await bench.Clock.WhenArmedAsync(1);

        OcppCallErrorException error = await Assert.ThrowsAsync<OcppCallErrorException>(() =>
            TriggerAsync(bench, MessageTrigger.Heartbeat)
        );
        Assert.Equal(OcppErrorCode.SecurityError, error.ErrorCode);
        Assert.Equal(
            TriggerMessageStatusEnumType.Accepted,
            await TriggerExtendedAsync(bench, MessageTriggerEnumType.BootNotification)
        );

        await bench.AssertReceivedAsync("Boot Example ");
    }

    [Fact]
    public async Task An_accepted_station_sends_what_a_trigger_asks_for() // TC_054
    {
        await using var bench = new V16StationBench();
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");
        await bench.Clock.WhenArmedAsync(1);

        Assert.Equal(TriggerMessageStatus.Accepted, await TriggerAsync(bench, MessageTrigger.BootNotification));
        await bench.AssertReceivedAsync("Boot Example ");
        Assert.Equal(TriggerMessageStatus.Accepted, await TriggerAsync(bench, MessageTrigger.Heartbeat));
        await bench.AssertReceivedAsync("Heartbeat");
        Assert.Equal(
            TriggerMessageStatusEnumType.Accepted,
            await TriggerExtendedAsync(bench, MessageTriggerEnumType.Heartbeat)
        );
        await bench.AssertReceivedAsync("Heartbeat");
        Assert.Equal(
            TriggerMessageStatus.NotImplemented,
            await TriggerAsync(bench, MessageTrigger.DiagnosticsStatusNotification)
        );
        Assert.Equal(
            TriggerMessageStatusEnumType.NotImplemented,
            await TriggerExtendedAsync(bench, MessageTriggerEnumType.LogStatusNotification)
        );
        Assert.Equal(OcppRegistrationStatus.Accepted, bench.Registration.Status);
    }

    [Fact]
    public async Task A_station_that_is_rejected_when_it_registers_anew_is_not_accepted_any_more()
    {
        await using var bench = new V16StationBench();
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");
        await bench.Clock.WhenArmedAsync(1);
        bench.Boot = () => V16StationBench.Answer(RegistrationStatus.Rejected, interval: 10);

        await TriggerAsync(bench, MessageTrigger.BootNotification);

        await bench.AssertReceivedAsync("Boot Example ");
        await bench.PassAsync(TimeSpan.FromSeconds(10));
        await bench.AssertReceivedAsync("Boot Example ");
        Assert.Equal(OcppRegistrationStatus.Rejected, bench.Registration.Status);
    }

    [Fact]
    public async Task A_station_that_has_changed_registers_again()
    {
        await using var bench = new V16StationBench();
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");

        bench.Station.ChargingStation = bench.Station.ChargingStation with { FirmwareVersion = "2" };
        bench.Registration.Refresh();

        await bench.AssertReceivedAsync("Boot Example 2");
    }

    [Fact]
    public async Task A_station_of_two_versions_registers_with_the_one_that_the_csms_has_chosen()
    {
        await using var bench = new V16StationBench();
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");
        await bench.ReconnectAsync();
        await bench.Clock.WhenArmedAsync(1);
        bench.AssertSilent();

        bench.Protocol = Ocpp.V201.Ocpp201Protocol.Instance;
        await bench.ReconnectAsync();

        await bench.AssertReceivedAsync("Boot of 2.0.1");
    }

    [Theory]
    [InlineData(ResetType.Soft, Reason.SoftReset)] // TC_014
    [InlineData(ResetType.Hard, Reason.HardReset)] // TC_013
    public async Task A_reset_ends_the_transactions_and_restarts_the_station(ResetType type, Reason reason)
    {
        using var folder = new TemporaryFolder();
        await using var queue = MessageQueue.Open(new MessageQueueOptions { Path = folder.Locate("queue") });
        var transaction = new V16Transaction(
            queue,
            new V16TransactionOptions { EvseId = 1, ReadRegister = () => 1000 }
        );
        var restarted = new TaskCompletionSource();
        await using var bench = new V16StationBench(
            (bench, handlers) =>
                new StationReset(
                    bench.Registration,
                    queue,
                    [transaction],
                    new StationResetOptions
                    {
                        Restart = () =>
                        {
                            restarted.SetResult();
                            return Task.CompletedTask;
                        },
                    }
                ).AddTo(handlers)
        );
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");
        _ = queue.RunAsync(bench.Registration);
        transaction.EvConnected();
        transaction.Authorize("TAG");
        await bench.AssertReceivedAsync("Start");
        await queue.WhenEmptyAsync();

        ResetResponse response = await bench.CsmsSession.CallAsync(new ResetRequest { Type = type });

        Assert.Equal(ResetStatus.Accepted, response.Status);
        await restarted.Task;
        await bench.AssertReceivedAsync($"Stop {reason}");
        Assert.False(transaction.Authorize("TAG"));
    }

    [Fact]
    public async Task Samples_are_those_of_the_transaction_and_times_of_the_clock_also_without_one() // TC_070, TC_071
    {
        using var folder = new TemporaryFolder();
        await using var queue = MessageQueue.Open(new MessageQueueOptions { Path = folder.Locate("queue") });
        await using var bench = new V16StationBench();
        var transaction = new V16Transaction(
            queue,
            new V16TransactionOptions
            {
                EvseId = 1,
                ReadRegister = () => 1000,
                ReadMeter = _ => [V16Bench.Reading(1)],
                TimeProvider = bench.Registration.Clock,
            }
        );
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");
        await bench.Clock.WhenArmedAsync(1);
        _ = queue.RunAsync(bench.Registration);
        await transaction.SendReadingAsync(bench.Registration, TransactionReading.Clock, CancellationToken.None);
        await bench.AssertReceivedAsync("Meter ");
        transaction.EvConnected();
        transaction.Authorize("TAG");
        transaction.Sample(TransactionTrigger.MeterValuePeriodic, TransactionReading.Periodic);

        await bench.AssertReceivedAsync("Start", "Meter 7");
    }

    private static async Task<TriggerMessageStatus> TriggerAsync(V16StationBench bench, MessageTrigger message) =>
        (await bench.CsmsSession.CallAsync(new TriggerMessageRequest { RequestedMessage = message })).Status;

    private static async Task<TriggerMessageStatusEnumType> TriggerExtendedAsync(
        V16StationBench bench,
        MessageTriggerEnumType message
    ) => (await bench.CsmsSession.CallAsync(new ExtendedTriggerMessageRequest { RequestedMessage = message })).Status;
}
