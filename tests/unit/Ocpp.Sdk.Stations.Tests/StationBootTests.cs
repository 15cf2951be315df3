using Ocpp.Stations.V201;
using Ocpp.V201;
using Ocpp.Versions;

namespace Ocpp.Stations.Tests;

public sealed class StationBootTests
{
    private const RegistrationStatusEnumType Accepted = RegistrationStatusEnumType.Accepted;
    private const RegistrationStatusEnumType Pending = RegistrationStatusEnumType.Pending;
    private const RegistrationStatusEnumType Rejected = RegistrationStatusEnumType.Rejected;

    [Fact]
    public async Task A_station_registers_before_it_sends_anything_else()
    {
        await using var bench = new BootBench();
        Task call = bench.Registration.CallAsync(BootBench.Status());
        await bench.BeginAsync();

        BootNotificationRequest boot = await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.ReceiveAsync<StatusNotificationRequest>();
        await call;

        Assert.Equal((BootReasonEnumType.PowerUp, "Example"), (boot.Reason, boot.ChargingStation.VendorName));
        Assert.Equal(OcppRegistrationStatus.Accepted, bench.Registration.Status);
        Assert.Equal(
            new StationRegistration(OcppRegistrationStatus.Accepted, BootBench.Time, TimeSpan.FromSeconds(300)),
            await bench.RegisteredAsync()
        );
    }

    [Fact]
    public async Task A_call_before_the_station_is_accepted_fails_by_choice()
    {
        await using var bench = new BootBench(options =>
            options with
            {
                CallsUntilAccepted = StationCallsUntilAccepted.Fail,
            }
        );

        await Assert.ThrowsAsync<StationNotAcceptedException>(() => bench.Registration.CallAsync(BootBench.Status()));
        await bench.BeginAsync();
        await bench.RegisteredAsync();
        await bench.Registration.CallAsync(BootBench.Status());
    }

    [Fact]
    public async Task A_call_that_waits_ends_with_the_client()
    {
        await using var bench = new BootBench();
        bench.Boot = _ => BootBench.Answer(Pending, 60);
        Task running = await bench.BeginAsync();
        await bench.RegisteredAsync();
        Task call = bench.Registration.CallAsync(BootBench.Status());

        await bench.Client.CloseAsync();

        await running;
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call);
        Assert.Null(await bench.Registration.WaitForSessionAsync(null, CancellationToken.None));
    }

    [Theory]
    [InlineData(Pending, 20, 20)]
    [InlineData(Pending, 0, 60)]
    [InlineData(Rejected, 20, 20)]
    [InlineData(Rejected, 0, 60)]
    public async Task A_station_that_is_not_accepted_registers_again_after_the_interval_or_its_own(
        RegistrationStatusEnumType status,
        int interval,
        int seconds
    )
    {
        await using var bench = new BootBench();
        bench.Boot = _ => BootBench.Answer(status, interval);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();

        bench.Boot = _ => BootBench.Answer(Accepted, 300);
        await bench.PassAsync(TimeSpan.FromSeconds(seconds));

        Assert.Equal(BootReasonEnumType.PowerUp, (await bench.ReceiveAsync<BootNotificationRequest>()).Reason);
        Assert.Equal(OcppRegistrationStatus.Accepted, (await bench.RegisteredAsync()).Status);
    }

    [Fact]
    public async Task A_registration_that_fails_is_repeated_after_the_stations_interval()
    {
        await using var bench = new BootBench();
        bench.Boot = _ => throw new OcppCallErrorException(OcppErrorCode.InternalError);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();

        bench.Boot = _ => BootBench.Answer(Accepted, 300);
        await bench.PassAsync(TimeSpan.FromSeconds(60));

        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();
        Assert.Single(bench.Log.Lines, line => line.EventId == 403 && line.Exception is OcppCallErrorException);
    }

    [Fact]
    public async Task The_interval_of_a_station_that_is_not_accepted_goes_on_over_a_reconnection()
    {
        await using var bench = new BootBench();
        bench.Boot = _ => BootBench.Answer(Rejected, 100);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();
        await bench.Clock.WhenArmedAsync(1);
        bench.Clock.Advance(TimeSpan.FromSeconds(70));

        await bench.ReconnectAsync();
        await bench.PassAsync(TimeSpan.FromSeconds(30));

        await bench.ReceiveAsync<BootNotificationRequest>();
    }

    [Fact]
    public async Task A_pending_station_sends_what_it_is_asked_for_and_nothing_else()
    {
        await using var bench = new BootBench();
        bench.Boot = _ => BootBench.Answer(Pending, 60);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();
        Task call = bench.Registration.CallAsync(BootBench.Status(evseId: 1));

        GetBaseReportResponse report = await bench.CsmsSession.CallAsync(
            new GetBaseReportRequest { RequestId = 1, ReportBase = ReportBaseEnumType.FullInventory }
        );
        await bench.Registration.CallRequestedAsync(BootBench.Status(evseId: 2));

        Assert.Equal(GenericDeviceModelStatusEnumType.Accepted, report.Status);
        Assert.Equal(2, (await bench.ReceiveAsync<StatusNotificationRequest>()).EvseId);
        Assert.False(call.IsCompleted);
        bench.AssertSilent();
    }

    [Fact]
    public async Task A_trigger_makes_a_pending_station_register_at_once()
    {
        await using var bench = new BootBench();
        bench.Boot = _ => BootBench.Answer(Pending, 6000);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();
        bench.Boot = _ => BootBench.Answer(Accepted, 300);

        Assert.Equal(
            TriggerMessageStatusEnumType.Accepted,
            await TriggerAsync(bench, MessageTriggerEnumType.BootNotification)
        );

        Assert.Equal(BootReasonEnumType.Triggered, (await bench.ReceiveAsync<BootNotificationRequest>()).Reason);
        Assert.Equal(OcppRegistrationStatus.Accepted, (await bench.RegisteredAsync()).Status);
        Assert.Equal(
            TriggerMessageStatusEnumType.Rejected,
            await TriggerAsync(bench, MessageTriggerEnumType.BootNotification)
        );
    }

    [Fact]
    public async Task A_station_that_is_rejected_refuses_all_requests_but_the_trigger_to_register()
    {
        await using var bench = new BootBench();
        bench.Boot = _ => BootBench.Answer(Rejected, 6000);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();

        var refused = await Assert.ThrowsAsync<OcppCallErrorException>(() =>
            bench.CsmsSession.CallAsync(
                new GetBaseReportRequest { RequestId = 1, ReportBase = ReportBaseEnumType.FullInventory }
            )
        );
        await Assert.ThrowsAsync<StationNotAcceptedException>(() =>
            bench.Registration.CallRequestedAsync(BootBench.Status())
        );
        TriggerMessageStatusEnumType triggered = await TriggerAsync(bench, MessageTriggerEnumType.BootNotification);

        Assert.Equal(OcppErrorCode.SecurityError, refused.ErrorCode);
        Assert.Equal(TriggerMessageStatusEnumType.Accepted, triggered);
        await bench.ReceiveAsync<BootNotificationRequest>();
    }

    [Fact]
    public async Task An_accepted_station_does_not_register_again_when_it_reconnects()
    {
        await using var bench = new BootBench();
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();

        await bench.ReconnectAsync();
        await bench.Registration.CallAsync(BootBench.Status());

        await bench.ReceiveAsync<StatusNotificationRequest>();
        Assert.Equal(OcppRegistrationStatus.Accepted, bench.Registration.Status);
        bench.AssertSilent();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_station_that_has_changed_registers_again(bool whileConnected)
    {
        await using var bench = new BootBench();
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();

        bench.Station.ChargingStation = bench.Station.ChargingStation with { FirmwareVersion = "2" };
        if (whileConnected)
        {
            bench.Registration.Refresh();
        }
        else
        {
            await bench.ReconnectAsync();
        }

        Assert.Equal("2", (await bench.ReceiveAsync<BootNotificationRequest>()).ChargingStation.FirmwareVersion);
        await bench.RegisteredAsync();
    }

    [Fact]
    public async Task An_equal_description_is_not_a_change()
    {
        await using var bench = new BootBench();
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();

        bench.Station.ChargingStation = bench.Station.ChargingStation with { };
        bench.Registration.Refresh();
        await bench.Registration.CallAsync(BootBench.Status());

        await bench.ReceiveAsync<StatusNotificationRequest>();
        bench.AssertSilent();
    }

    [Fact]
    public async Task Heartbeats_follow_at_the_interval_of_the_registration()
    {
        await using var bench = new BootBench();
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();

        for (int beat = 0; beat < 3; beat++)
        {
            await bench.PassAsync(TimeSpan.FromSeconds(300));
            await bench.ReceiveAsync<HeartbeatRequest>();
        }
    }

    [Fact]
    public async Task A_heartbeat_is_left_out_while_other_messages_go()
    {
        await using var bench = new BootBench();
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();
        await bench.Clock.WhenArmedAsync(1);
        bench.Clock.Advance(TimeSpan.FromSeconds(200));
        await bench.Registration.CallAsync(BootBench.Status());
        await bench.ReceiveAsync<StatusNotificationRequest>();

        await bench.PassAsync(TimeSpan.FromSeconds(300));

        await bench.ReceiveAsync<HeartbeatRequest>();
    }

    [Fact]
    public async Task There_is_a_heartbeat_a_day_whatever_else_goes()
    {
        await using var bench = new BootBench();
        bench.Boot = _ => BootBench.Answer(Accepted, 400);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();

        // 287 times 300 seconds are 5 minutes less than a day.
        for (int message = 0; message < 287; message++)
        {
            await bench.Clock.WhenArmedAsync(1);
            bench.Registration.Exchanged();
            bench.Clock.Advance(TimeSpan.FromSeconds(300));
        }

        bench.AssertSilent();
        bench.Registration.Exchanged();
        await bench.PassAsync(TimeSpan.FromSeconds(300));
        await bench.ReceiveAsync<HeartbeatRequest>();
    }

    [Fact]
    public async Task The_interval_of_heartbeats_can_be_changed()
    {
        await using var bench = new BootBench();
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();
        Assert.Equal(TimeSpan.FromSeconds(300), bench.Registration.HeartbeatInterval);

        bench.Registration.HeartbeatInterval = TimeSpan.FromSeconds(10);
        await bench.PassAsync(TimeSpan.FromSeconds(10));

        await bench.ReceiveAsync<HeartbeatRequest>();
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Registration.HeartbeatInterval = TimeSpan.Zero);
    }

    [Fact]
    public async Task A_heartbeat_that_fails_is_followed_by_the_next_one()
    {
        await using var bench = new BootBench();
        bench.Heartbeat = _ => throw new OcppCallErrorException(OcppErrorCode.InternalError);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.PassAsync(TimeSpan.FromSeconds(300));
        await bench.ReceiveAsync<HeartbeatRequest>();

        await bench.PassAsync(TimeSpan.FromSeconds(300));

        await bench.ReceiveAsync<HeartbeatRequest>();
    }

    [Fact]
    public async Task A_trigger_makes_an_accepted_station_send_a_heartbeat()
    {
        await using var bench = new BootBench();
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();

        TriggerMessageStatusEnumType status = await TriggerAsync(bench, MessageTriggerEnumType.Heartbeat);

        Assert.Equal(TriggerMessageStatusEnumType.Accepted, status);
        await bench.ReceiveAsync<HeartbeatRequest>();
        Assert.Equal(
            TriggerMessageStatusEnumType.NotImplemented,
            await TriggerAsync(bench, MessageTriggerEnumType.MeterValues)
        );
    }

    [Fact]
    public async Task The_clock_is_that_of_the_csms_also_if_it_is_set_back()
    {
        var times = new List<DateTimeOffset>();
        await using var bench = new BootBench(options => options with { ClockSet = times.Add });
        await bench.BeginAsync();
        await bench.RegisteredAsync();
        Assert.Equal(BootBench.Time, bench.Registration.Clock.GetUtcNow());

        DateTimeOffset earlier = BootBench.Time.AddDays(-1);
        bench.Heartbeat = _ => new HeartbeatResponse { CurrentTime = earlier };
        await bench.Clock.WhenArmedAsync(1);
        bench.Clock.Advance(TimeSpan.FromSeconds(300));
        await bench.Clock.WhenArmedAsync(1);

        Assert.Equal(earlier, bench.Registration.Clock.GetUtcNow());
        Assert.Equal([BootBench.Time, earlier], times);
    }

    [Fact]
    public async Task The_queue_waits_until_the_station_is_accepted()
    {
        using var folder = new TemporaryFolder();
        await using var bench = new BootBench();
        bench.Boot = _ => BootBench.Answer(Pending, 20);
        await using var queue = MessageQueue.Open(new MessageQueueOptions { Path = folder.Locate("queue") });
        queue.AddTransactionEvent(QueueBench.Event(0));
        _ = queue.RunAsync(bench.Registration);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();
        bench.Boot = _ => BootBench.Answer(Accepted, 300);

        await bench.PassAsync(TimeSpan.FromSeconds(20));

        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.ReceiveAsync<TransactionEventRequest>();
        await queue.WhenEmptyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sending_ends_when_the_client_is_closed_also_while_nothing_waits(bool registers)
    {
        using var folder = new TemporaryFolder();
        await using var bench = new BootBench();
        await using var queue = MessageQueue.Open(new MessageQueueOptions { Path = folder.Locate("queue") });
        Task sending = queue.RunAsync(registers ? bench.Registration : new ClientConnection(bench.Client));
        await bench.BeginAsync();
        queue.AddTransactionEvent(QueueBench.Event(0));
        await queue.WhenEmptyAsync();

        await bench.Client.CloseAsync();

        await sending;
    }

    [Fact]
    public async Task A_registration_runs_once_at_a_time_and_ends_when_it_is_cancelled()
    {
        await using var bench = new BootBench();
        using var stop = new CancellationTokenSource();
        await bench.Client.ConnectAsync();
        Task running = bench.Registration.RunAsync(stop.Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Registration.RunAsync());

        await stop.CancelAsync();

        await running;
    }

    [Fact]
    public void Options_without_a_version_or_with_two_of_one_protocol_are_refused()
    {
        var station = new V201Station(new ChargingStationType { VendorName = "Example", Model = "1" });

        Assert.Throws<ArgumentException>(() => new StationBootOptions { Versions = [] });
        Assert.Throws<ArgumentException>(() => new StationBootOptions { Versions = [station, station] });
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new StationBootOptions { Versions = [station], RetryInterval = TimeSpan.Zero }
        );
    }

    private static async Task<TriggerMessageStatusEnumType> TriggerAsync(
        BootBench bench,
        MessageTriggerEnumType message
    ) => (await bench.CsmsSession.CallAsync(new TriggerMessageRequest { RequestedMessage = message })).Status;
}
