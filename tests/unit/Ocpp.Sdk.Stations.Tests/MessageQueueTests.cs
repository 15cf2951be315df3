using System.Text;
using Microsoft.Extensions.Logging;
using Ocpp.Stations.V201;
using Ocpp.Testing;
using Ocpp.V16;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

public sealed class MessageQueueTests
{
    private const MessageRetention Required = MessageRetention.Required;

    [Fact]
    public async Task Messages_arrive_in_the_order_in_which_they_were_added()
    {
        await using var bench = new QueueBench();
        bench.Add(Enumerable.Range(0, 3).Select(seqNo => QueueBench.Event(seqNo)));
        bench.Connect();

        _ = bench.RunAsync();
        bench.Add(Enumerable.Range(3, 3).Select(seqNo => QueueBench.Event(seqNo)));

        await bench.AssertReceivedAsync(0, 1, 2, 3, 4, 5);
        await bench.Queue.WhenEmptyAsync();
        Assert.Equal(0, bench.Queue.Bytes);
        Assert.Equal(6, bench.Connection.Exchanges);
    }

    [Fact]
    public async Task An_event_is_marked_offline_only_if_it_occurred_offline()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0));
        bench.Connect();
        _ = bench.RunAsync();
        Assert.True((await bench.ReceiveAsync()).Offline);

        bench.Add(QueueBench.Event(1));
        Assert.Null((await bench.ReceiveAsync()).Offline);

        await bench.Queue.WhenEmptyAsync();
        await CutAsync(bench);
        bench.Add(QueueBench.Event(2));
        bench.Connect();
        Assert.True((await bench.ReceiveAsync()).Offline);
    }

    [Fact]
    public async Task An_event_that_says_whether_it_occurred_offline_stays_as_it_is()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0) with { Offline = false });
        bench.Connect();
        _ = bench.RunAsync();

        Assert.False((await bench.ReceiveAsync()).Offline);
    }

    [Fact]
    public async Task A_message_whose_response_is_lost_with_the_connection_is_sent_again_before_the_others()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0), QueueBench.Event(1));
        bench.Connect();
        bench.Connection.Pair.Faults = (sender, _) => sender == Rpc.OcppParty.Csms ? OcppFault.Cut : OcppFault.None;
        _ = bench.RunAsync();
        await bench.AssertReceivedAsync(0);
        await bench.Connection.Pair.Station.Completion;

        bench.Connect();

        await bench.AssertReceivedAsync(0, 1);
        await bench.Queue.WhenEmptyAsync();
        Assert.False(bench.HasReceivedMore);
    }

    [Fact]
    public async Task A_message_that_the_csms_fails_to_process_is_sent_again_after_growing_waits_and_then_given_up()
    {
        await using var bench = new QueueBench(options => options with { MaxAttempts = 3 });
        bench.Respond = request =>
            request.SeqNo == 0
                ? throw new OcppCallErrorException(OcppErrorCode.InternalError)
                : new TransactionEventResponse();
        bench.Add(QueueBench.Event(0), QueueBench.Event(1));
        bench.Connect();
        _ = bench.RunAsync();

        // E13.FR.03: the interval times the number of preceding transmissions.
        foreach (int seconds in (int[])[60, 120])
        {
            await bench.AssertReceivedAsync(0);
            MessageQueueReport failed = await bench.ReportAsync(MessageQueueReportKind.AttemptFailed);
            Assert.Equal((seconds / 60, "InternalError"), (failed.Message!.Attempts, failed.Detail));
            await bench.Clock.WhenArmedAsync(1);
            bench.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, bench.Clock.ArmedTimers);
            Assert.False(bench.HasReceivedMore);
            bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await bench.AssertReceivedAsync(0, 1);
        MessageQueueReport report = await bench.ReportAsync(MessageQueueReportKind.GaveUp);
        Assert.Equal(("GaveUp, TransactionEvent 1: InternalError", 3), (report.ToString(), report.Message!.Attempts));
        Assert.IsType<OcppCallErrorException>(report.Exception);
        await bench.Queue.WhenEmptyAsync();
    }

    [Fact]
    public async Task Attempts_are_counted_over_a_restart()
    {
        await using var bench = new QueueBench(options => options with { MaxAttempts = 2 });
        bench.Respond = _ => throw new OcppCallErrorException(OcppErrorCode.InternalError);
        bench.Add(QueueBench.Event(0));
        bench.Connect();
        _ = bench.RunAsync();
        await bench.ReportAsync(MessageQueueReportKind.AttemptFailed);

        await bench.RestartAsync();
        Assert.Equal(1, Assert.Single(bench.Queue.List()).Attempts);
        _ = bench.RunAsync();

        MessageQueueReport report = await bench.ReportAsync(MessageQueueReportKind.GaveUp);
        Assert.Equal(2, report.Message!.Attempts);
        await bench.AssertReceivedAsync(0, 0);
    }

    [Fact]
    public async Task Attempts_and_interval_can_be_changed_while_messages_wait()
    {
        await using var bench = new QueueBench();
        bench.Respond = _ => throw new OcppCallErrorException(OcppErrorCode.InternalError);
        bench.Queue.MaxAttempts = 2;
        bench.Queue.AttemptInterval = TimeSpan.FromSeconds(7);
        bench.Add(QueueBench.Event(0));
        bench.Connect();
        _ = bench.RunAsync();
        await bench.ReportAsync(MessageQueueReportKind.AttemptFailed);

        await bench.Clock.WhenArmedAsync(1);
        bench.Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(2, (await bench.ReportAsync(MessageQueueReportKind.GaveUp)).Message!.Attempts);
    }

    [Fact]
    public async Task A_wait_that_is_longer_than_a_timer_can_count_is_waited_for()
    {
        const int Attempts = 60;
        await using var bench = new QueueBench(options =>
            options with
            {
                MaxAttempts = 100,
                AttemptInterval = TimeSpan.FromTicks(1),
                MaxMessagesPerSecond = int.MaxValue,
            }
        );
        int responded = 0;
        bench.Respond = _ =>
        {
            responded++;
            if (responded == Attempts)
            {
                bench.Queue.AttemptInterval = TimeSpan.FromDays(1); // as the CSMS may set it at any time
            }

            throw new OcppCallErrorException(OcppErrorCode.InternalError);
        };
        bench.Add(QueueBench.Event(0));
        bench.Connect();
        Task running = bench.RunAsync();
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            MessageQueueReport report = await bench.ReportAsync(MessageQueueReportKind.AttemptFailed);
            Assert.Equal(attempt, report.Message?.Attempts);
        }

        for (int day = 0; day < Attempts; day++)
        {
            await Task.WhenAny(running, bench.Clock.WhenArmedAsync(1));
            bench.Clock.Advance(TimeSpan.FromDays(1));
        }

        Task<MessageQueueReport> next = bench.ReportAsync(MessageQueueReportKind.AttemptFailed);
        Assert.NotSame(running, await Task.WhenAny(running, next));
        Assert.Equal(Attempts + 1, (await next).Message?.Attempts);
    }

    [Theory]
    [InlineData(false, MessageQueueReportKind.TimedOut, 0)]
    [InlineData(true, MessageQueueReportKind.AttemptFailed, 1)]
    public async Task A_call_without_a_response_counts_as_an_attempt_only_by_choice(
        bool counts,
        MessageQueueReportKind kind,
        int attempts
    )
    {
        await using var bench = new QueueBench(options => options with { TimeoutsCount = counts });
        bench.Add(QueueBench.Event(0));
        bench.Connect();
        bench.Connection.Pair.Faults = (sender, _) => sender == Rpc.OcppParty.Csms ? OcppFault.Drop : OcppFault.None;
        _ = bench.RunAsync();
        await bench.ReceiveAsync();
        bench.Connection.Clock.Advance(OcppSessionOptions.Default.ResponseTimeout);

        MessageQueueReport report = await bench.ReportAsync(kind);

        Assert.Equal(attempts, report.Message!.Attempts);
        Assert.IsType<OcppTimeoutException>(report.Exception);
        bench.Connection.Pair.Faults = null;
        await bench.Clock.WhenArmedAsync(1);
        bench.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, (await bench.ReceiveAsync()).SeqNo);
        await bench.Queue.WhenEmptyAsync();
    }

    [Fact]
    public async Task A_full_queue_drops_every_second_sample_and_keeps_what_else_there_is()
    {
        await using var bench = new QueueBench(options => options with { MaxMessages = 8 });
        bench.Add(QueueBench.Event(0, TransactionEventEnumType.Started));
        bench.Add(Enumerable.Range(1, 6).Select(QueueBench.Sample));
        bench.Add(QueueBench.Event(7));

        bench.Add(QueueBench.Event(8, TransactionEventEnumType.Ended));

        // E11.FR.05: the second, the fourth and the sixth.
        Assert.Equal([0, 1, 3, 5, 7, 8], bench.Waiting);
        foreach (long id in (long[])[3, 5, 7])
        {
            Assert.Equal(id, (await bench.ReportAsync(MessageQueueReportKind.Dropped)).Message!.Id);
        }
    }

    [Fact]
    public async Task A_queue_that_is_full_of_required_messages_refuses_another_and_drops_a_sample()
    {
        await using var bench = new QueueBench(options => options with { MaxMessages = 2 });
        bench.Add(QueueBench.Event(0), QueueBench.Event(1));

        Assert.Throws<MessageQueueFullException>(() => bench.Queue.AddTransactionEvent(QueueBench.Event(2)));
        bool isAdded = bench.Queue.AddTransactionEvent(QueueBench.Sample(2), new QueueState("evse", "3"u8.ToArray()));

        Assert.False(isAdded);
        Assert.Equal([0, 1], bench.Waiting);
        Assert.Equal("3"u8.ToArray(), bench.Queue.FindState("evse"));
        Assert.Equal(
            "Dropped: TransactionEvent, not added",
            (await bench.ReportAsync(MessageQueueReportKind.Dropped)).ToString()
        );
    }

    [Fact]
    public async Task A_queue_is_full_by_bytes_too()
    {
        await using var bench = new QueueBench(options => options with { MaxBytes = 1000 });
        int added = 0;

        Assert.Throws<MessageQueueFullException>(() =>
        {
            for (; added < 100; added++)
            {
                bench.Add(QueueBench.Event(added));
            }
        });

        Assert.Equal(added, bench.Queue.Count);
        Assert.InRange(bench.Queue.Bytes, 1000 - (bench.Queue.Bytes / added), 1000);
    }

    [Fact]
    public async Task A_full_disk_fails_the_message_and_keeps_those_in_the_queue()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0));
        bench.Disk.Room = 20;

        var exception = Assert.Throws<IOException>(() => bench.Queue.AddTransactionEvent(QueueBench.Event(1)));

        Assert.Equal("No space left on device", exception.Message);
        Assert.Equal(1, bench.Queue.Count);
        bench.Disk.Room = long.MaxValue;
        bench.Add(QueueBench.Event(1));
        await bench.RestartAsync();
        Assert.Equal([0, 1], bench.Waiting);
    }

    [Fact]
    public async Task A_delivery_that_a_full_disk_cannot_record_is_reported_and_repeated_after_a_restart()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0), QueueBench.Event(1));
        bench.Disk.Room = 0;
        bench.Connect();
        _ = bench.RunAsync();
        await bench.AssertReceivedAsync(0, 1);
        await bench.Queue.WhenEmptyAsync();
        Assert.IsType<IOException>((await bench.ReportAsync(MessageQueueReportKind.StorageFailed)).Exception);

        await bench.RestartAsync();
        _ = bench.RunAsync();

        await bench.AssertReceivedAsync(0, 1);
    }

    [Fact]
    public async Task Deliveries_and_attempts_that_a_full_disk_could_not_record_are_recorded_before_the_next_message()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0), QueueBench.Event(1));
        bench.Respond = request =>
            request.SeqNo == 0
                ? new TransactionEventResponse()
                : throw new OcppCallErrorException(OcppErrorCode.InternalError);
        bench.Disk.Room = 0;
        bench.Connect();
        _ = bench.RunAsync();
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            MessageQueueReport report = await bench.ReportAsync(MessageQueueReportKind.AttemptFailed);
            Assert.Equal((2, attempt), (report.Message?.Id, report.Message?.Attempts));
            await bench.Clock.WhenArmedAsync(2); // to write, and to send again
            bench.Clock.Advance(attempt * bench.Options.AttemptInterval);
        }

        await bench.ReportAsync(MessageQueueReportKind.AttemptFailed);
        bench.Disk.Room = long.MaxValue;
        bench.Add(QueueBench.Event(2));
        bench.Disk.Room = 0; // the process is killed
        await bench.RestartAsync();

        Assert.Equal([(2, 3), (3, 0)], bench.Queue.List().Select(message => (message.Id, message.Attempts)));
    }

    [Fact]
    public async Task Samples_that_a_full_queue_drops_on_a_full_disk_are_reported_and_do_not_come_back()
    {
        await using var bench = new QueueBench(options => options with { MaxMessages = 6 });
        bench.Add(QueueBench.Event(0));
        bench.Add(Enumerable.Range(1, 5).Select(QueueBench.Sample));
        bench.Disk.Room = 0;

        Assert.Throws<IOException>(() => bench.Queue.AddTransactionEvent(QueueBench.Event(6)));

        Assert.Equal(3, (await bench.ReportAsync(MessageQueueReportKind.Dropped)).Message?.Id);
        Assert.Equal(5, (await bench.ReportAsync(MessageQueueReportKind.Dropped)).Message?.Id);
        Assert.Equal([0, 1, 3, 5], bench.Waiting);
        bench.Disk.Room = long.MaxValue;
        bench.Add(QueueBench.Event(6));
        bench.Disk.Room = 0; // the process is killed
        await bench.RestartAsync();
        Assert.Equal([0, 1, 3, 5, 6], bench.Waiting);
    }

    [Fact]
    public async Task What_is_kept_on_a_full_disk_is_written_before_anything_else()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0));
        bench.Disk.Room = 0;

        Assert.True(bench.Queue.AddTransactionEvent(QueueBench.Event(1), Kept("evse")));
        bench.Queue.SetState(Kept("reset"));

        Assert.Equal([0], bench.Waiting);
        Assert.NotNull(bench.Queue.FindState("evse"));
        Assert.NotNull(bench.Queue.FindState("reset"));
        Assert.Throws<IOException>(() => bench.Queue.AddTransactionEvent(QueueBench.Event(2)));
        bench.Disk.Room = long.MaxValue;
        bench.Add(QueueBench.Event(2));
        Assert.Equal([0, 1, 2], bench.Waiting);
        bench.Disk.Room = 0; // the process is killed
        await bench.RestartAsync();
        Assert.Equal([0, 1, 2], bench.Waiting);
        Assert.NotNull(bench.Queue.FindState("evse"));
        Assert.NotNull(bench.Queue.FindState("reset"));
        bench.Connect();
        _ = bench.RunAsync();
        await bench.AssertReceivedAsync(0, 1, 2);
    }

    [Fact]
    public async Task What_is_kept_is_sent_once_it_is_written_also_if_nothing_else_is_added()
    {
        await using var bench = new QueueBench();
        bench.Connect();
        _ = bench.RunAsync();
        bench.Disk.Room = 0;
        bench.Queue.AddTransactionEvent(QueueBench.Event(0), Kept("evse"));
        await bench.Clock.WhenArmedAsync(1);

        bench.Disk.Room = long.MaxValue;
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        await bench.AssertReceivedAsync(0);
    }

    [Fact]
    public async Task What_is_kept_when_the_process_is_killed_is_lost_with_its_state()
    {
        await using var bench = new QueueBench();
        bench.Disk.Room = 0;
        bench.Queue.AddTransactionEvent(QueueBench.Event(0), Kept("evse"));

        await bench.RestartAsync();

        Assert.Empty(bench.Waiting);
        Assert.Null(bench.Queue.FindState("evse"));
    }

    [Fact]
    public async Task What_is_kept_is_not_refused_by_a_full_queue()
    {
        await using var bench = new QueueBench(options => options with { MaxMessages = 1 });
        bench.Add(QueueBench.Event(0));

        Assert.True(bench.Queue.AddTransactionEvent(QueueBench.Event(1), Kept("evse")));

        Assert.Equal([0, 1], bench.Waiting);
        Assert.Throws<MessageQueueFullException>(() => bench.Queue.AddTransactionEvent(QueueBench.Event(2)));
    }

    [Fact]
    public async Task What_is_kept_is_in_the_smaller_file_too()
    {
        await using var bench = new QueueBench();
        await bench.Queue.DisposeAsync();
        using var store = Stations.Storage.QueueStore.Open(bench.Disk, bench.Options.Path, flushes: false);
        Stations.Storage.StoredMessage message = new()
        {
            Id = 0,
            CreatedAt = bench.Clock.GetUtcNow(),
            Retention = Required,
            Subprotocol = "ocpp2.0.1",
            Action = "TransactionEvent",
            Payload = new byte[70_000],
        };
        store.Remove(store.Add(message, null));
        store.Save();
        store.Keep(message with { Payload = "{}"u8.ToArray() }, Kept("evse"));

        store.Compact();

        Stations.Storage.StoredEntry kept = Assert.Single(store.Messages);
        Assert.Equal((2, "{}"), (kept.Id, Encoding.UTF8.GetString(store.Read(kept).Payload.Span)));
        Assert.InRange(store.FileLength, 1, 1000);
        store.Save(); // nothing is left
        Assert.Single(store.Messages);
    }

    [Fact]
    public async Task A_file_without_permission_is_reported_and_tried_again()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0));
        bench.Disk.Failure = new UnauthorizedAccessException();
        bench.Connect();
        Task running = bench.RunAsync();

        Task<MessageQueueReport> report = bench.ReportAsync(MessageQueueReportKind.StorageFailed);
        Assert.NotSame(running, await Task.WhenAny(running, report)); // it goes on
        Assert.Equal(("UnauthorizedAccessException", 1), ((await report).Detail, (await report).Message?.Id));
        await bench.Clock.WhenArmedAsync(1);
        bench.Disk.Failure = null;
        bench.Respond = _ =>
        {
            bench.Disk.Failure = new UnauthorizedAccessException();
            return new TransactionEventResponse();
        };
        bench.Clock.Advance(TimeSpan.FromSeconds(10));

        await bench.AssertReceivedAsync(0);
        report = bench.ReportAsync(MessageQueueReportKind.StorageFailed);
        Assert.NotSame(running, await Task.WhenAny(running, report));
        Assert.Equal(("UnauthorizedAccessException", null), ((await report).Detail, (await report).Message?.Id));
        await bench.Queue.WhenEmptyAsync();
        bench.Disk.Failure = null;
        bench.Respond = _ => new TransactionEventResponse();
        bench.Add(QueueBench.Event(1));
        await bench.AssertReceivedAsync(1);
    }

    [Fact]
    public async Task A_queue_whose_file_was_cut_has_the_whole_messages_and_reports_the_rest()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0), QueueBench.Event(1));
        await bench.Queue.DisposeAsync();
        using (FileStream file = File.OpenWrite(bench.Options.Path))
        {
            file.SetLength(file.Length - 3);
        }

        await bench.RestartAsync();

        Assert.Equal([0], bench.Waiting);
        string report = (await bench.ReportAsync(MessageQueueReportKind.Damaged)).ToString();
        Assert.Matches("^Damaged: [0-9]+ bytes could not be read, 1 messages could$", report);
        Assert.Contains(
            bench.Log.Lines,
            line =>
                line.EventId == 401
                && line.Level == LogLevel.Warning
                && line.Text.EndsWith(report, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_message_waits_for_a_connection_of_its_version()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0));
        bench.Connection.Connect(Ocpp16Protocol.Instance, _ => { });
        _ = bench.RunAsync();
        Assert.Equal(
            "HeldBack, TransactionEvent 1: ocpp2.0.1, the connection is ocpp1.6",
            (await bench.ReportAsync(MessageQueueReportKind.HeldBack)).ToString()
        );

        await CutAsync(bench);
        bench.Connect();

        await bench.AssertReceivedAsync(0);
    }

    [Fact]
    public async Task A_translation_that_fails_is_logged_and_the_message_waits_for_a_connection_of_its_version()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0));
        bench.Connection.Translation = _ => throw new NotSupportedException();
        bench.Connection.Connect(Ocpp16Protocol.Instance, _ => { });
        Task running = bench.RunAsync();
        Task<MessageQueueReport> report = bench.ReportAsync(MessageQueueReportKind.HeldBack);
        Assert.NotSame(running, await Task.WhenAny(running, report));
        Assert.Single(bench.Log.Lines, line => line.EventId == 404 && line.Exception is NotSupportedException);

        await CutAsync(bench);
        bench.Connect();

        await bench.AssertReceivedAsync(0);
    }

    [Fact]
    public async Task A_state_is_saved_with_its_message_and_is_there_after_the_message_has_left()
    {
        await using var bench = new QueueBench();
        bench.Queue.AddTransactionEvent(QueueBench.Event(0), new QueueState("evse", "1"u8.ToArray()));
        bench.Connect();
        _ = bench.RunAsync();
        await bench.Queue.WhenEmptyAsync();

        await bench.RestartAsync();
        Assert.Equal("1"u8.ToArray(), bench.Queue.FindState("evse"));

        bench.Queue.SetState(new QueueState("evse", null));
        await bench.RestartAsync();
        Assert.Null(bench.Queue.FindState("evse"));
    }

    [Fact]
    public async Task A_long_queue_is_sent_at_a_pace_that_the_csms_allows()
    {
        await using var bench = new QueueBench(options => options with { MaxMessagesPerSecond = 2 });
        bench.Add(Enumerable.Range(0, 5).Select(seqNo => QueueBench.Event(seqNo)));
        bench.Connect();
        _ = bench.RunAsync();
        await bench.AssertReceivedAsync(0, 1);

        foreach (int seqNo in (int[])[2, 3, 4])
        {
            await bench.Clock.WhenArmedAsync(1);
            bench.Clock.Advance(TimeSpan.FromMilliseconds(499));
            Assert.False(bench.HasReceivedMore);
            bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await bench.AssertReceivedAsync(seqNo);
            await bench.ReportAsync(MessageQueueReportKind.Delivered);
        }
    }

    [Fact]
    public async Task The_response_is_passed_on_before_the_message_leaves_the_queue()
    {
        var responses = new List<(int SeqNo, decimal? Cost, int Count)>();
        QueueBench? bench = null;
        await using QueueBench created = bench = new QueueBench(options =>
            options with
            {
                Responded = (message, response) =>
                    responses.Add(
                        (
                            message.ReadRequest<TransactionEventRequest>().SeqNo,
                            response.GetProperty("totalCost").GetDecimal(),
                            bench!.Queue.Count
                        )
                    ),
            }
        );
        bench.Respond = request => new TransactionEventResponse { TotalCost = request.SeqNo + 0.5m };
        bench.Add(QueueBench.Event(0), QueueBench.Event(1));
        bench.Connect();
        _ = bench.RunAsync();
        await bench.Queue.WhenEmptyAsync();

        Assert.Equal([(0, 0.5m, 2), (1, 1.5m, 1)], responses);
    }

    [Fact]
    public async Task A_callback_that_throws_is_logged_and_stops_nothing()
    {
        await using var bench = new QueueBench(options =>
            options with
            {
                Responded = (_, _) => throw new InvalidOperationException("from the application"),
            }
        );
        bench.Add(QueueBench.Event(0), QueueBench.Event(1));
        bench.Connect();
        _ = bench.RunAsync();
        await bench.Queue.WhenEmptyAsync();

        Assert.Equal(
            2,
            bench.Log.Lines.Count(line => line.EventId == 404 && line.Exception is InvalidOperationException)
        );
    }

    [Fact]
    public async Task A_message_that_can_no_longer_be_sent_is_given_up()
    {
        await using var bench = new QueueBench();
        await bench.Queue.DisposeAsync();
        using (var store = Stations.Storage.QueueStore.Open(bench.Disk, bench.Options.Path, flushes: false))
        {
            store.Add(
                new Stations.Storage.StoredMessage
                {
                    Id = 0,
                    CreatedAt = bench.Clock.GetUtcNow(),
                    Retention = Required,
                    Subprotocol = "ocpp2.0.1",
                    Action = "TransactionEvent",
                    Payload = """{"eventType":"Started"}"""u8.ToArray(),
                },
                null
            );
        }

        await bench.RestartAsync();
        bench.Add(QueueBench.Event(1));
        bench.Connect();
        _ = bench.RunAsync();

        MessageQueueReport report = await bench.ReportAsync(MessageQueueReportKind.GaveUp);
        Assert.Equal("GaveUp, TransactionEvent 1: OcppValidationException", report.ToString());
        await bench.AssertReceivedAsync(1);
    }

    [Fact]
    public async Task The_file_stays_small_while_messages_come_and_go()
    {
        await using var bench = new QueueBench(options =>
            options with
            {
                FlushToDisk = false,
                MaxMessagesPerSecond = int.MaxValue,
            }
        );
        bench.Connect();
        _ = bench.RunAsync();
        long longest = 0;
        for (int seqNo = 0; seqNo < 2000; seqNo++)
        {
            bench.Add(QueueBench.Event(seqNo));
            longest = Math.Max(longest, new FileInfo(bench.Options.Path).Length);
            if (seqNo % 100 == 0)
            {
                await bench.Queue.WhenEmptyAsync();
            }
        }

        await bench.Queue.WhenEmptyAsync();
        Assert.InRange(longest, 1, 160 * 1024);
        await bench.AssertReceivedAsync([.. Enumerable.Range(0, 2000)]);
    }

    [Fact]
    public async Task A_compacted_file_has_the_same_messages_attempts_states_and_numbers()
    {
        await using var bench = new QueueBench(options => options with { MaxMessages = 300, FlushToDisk = false });
        bench.Respond = _ => throw new OcppCallErrorException(OcppErrorCode.InternalError);
        bench.Queue.AddTransactionEvent(QueueBench.Event(0), new QueueState("evse", "7"u8.ToArray()));
        bench.Connect();
        Task running = bench.RunAsync();
        await bench.ReportAsync(MessageQueueReportKind.AttemptFailed);
        for (int seqNo = 1; seqNo < 3000; seqNo++)
        {
            bench.Add(QueueBench.Sample(seqNo));
        }

        int[] waiting = [.. bench.Waiting];
        IReadOnlyList<QueuedMessage> before = bench.Queue.List();
        await bench.RestartAsync();

        Assert.InRange(new FileInfo(bench.Options.Path).Length, 1, 200 * 1024);
        Assert.InRange(waiting.Length, 150, 300);
        Assert.Equal(0, waiting[0]);
        Assert.Equal(2999, waiting[^1]);
        Assert.Equal(waiting, bench.Waiting);
        Assert.Equal(before, bench.Queue.List());
        Assert.Equal(1, before[0].Attempts);
        Assert.Equal("7"u8.ToArray(), bench.Queue.FindState("evse"));
        bench.Add(QueueBench.Event(3000));
        Assert.Equal(3001, bench.Queue.List()[^1].Id);
        Assert.True(running.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_message_that_breaks_its_schema_or_is_of_another_version_is_not_added()
    {
        await using var bench = new QueueBench();

        Assert.Throws<OcppValidationException>(() =>
            bench.Queue.AddTransactionEvent(
                QueueBench.Event(0) with
                {
                    TransactionInfo = new TransactionType { TransactionId = new string('x', 37) },
                }
            )
        );
        Assert.Throws<ArgumentException>(() => bench.Queue.Add(Ocpp16Protocol.Instance, QueueBench.Event(0)));
        Assert.Equal(0, bench.Queue.Count);
    }

    [Fact]
    public async Task A_queue_sends_once_at_a_time_and_not_after_it_is_closed()
    {
        await using var bench = new QueueBench();
        Task running = bench.RunAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(bench.RunAsync);

        await bench.Queue.DisposeAsync();

        await running;
        await Assert.ThrowsAsync<ObjectDisposedException>(bench.RunAsync);
        Assert.Throws<ObjectDisposedException>(() => bench.Queue.AddTransactionEvent(QueueBench.Event(0)));
        Assert.Throws<ObjectDisposedException>(() => bench.Queue.SetState(new QueueState("a", null)));
    }

    [Fact]
    public async Task A_queue_that_is_cancelled_sends_again_when_it_runs_again()
    {
        await using var bench = new QueueBench();
        using var stop = new CancellationTokenSource();
        Task running = bench.Queue.RunAsync(bench.Connection, stop.Token);
        await stop.CancelAsync();
        await running;
        Assert.False(bench.Queue.IsOnline);

        bench.Add(QueueBench.Event(0));
        bench.Connect();
        _ = bench.RunAsync();

        await bench.AssertReceivedAsync(0);
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_file()
    {
        await using var bench = new QueueBench();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench.Options.Path));
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var options = new MessageQueueOptions { Path = "queue" };

        Assert.Throws<ArgumentException>(() => options with { Path = " " });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { MaxMessages = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { MaxBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { MaxAttempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { AttemptInterval = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { AttemptInterval = TimeSpan.FromDays(2) });
    }

    [Fact]
    public async Task Whether_a_message_waits_is_asked_of_its_payload()
    {
        await using var bench = new QueueBench();
        bench.Add(QueueBench.Event(0), QueueBench.Event(1));

        Assert.True(bench.Queue.Contains(message => SeqNo(message) == 1));
        Assert.False(bench.Queue.Contains(message => SeqNo(message) == 2));

        bench.Connect();
        _ = bench.RunAsync();
        await bench.Queue.WhenEmptyAsync();
        Assert.False(bench.Queue.Contains(message => SeqNo(message) == 1));

        static int SeqNo(QueuedMessage message) => message.ReadRequest<TransactionEventRequest>().SeqNo;
    }

    private static QueueState Kept(string key) => new(key, [1]) { IsKept = true };

    private static async Task CutAsync(QueueBench bench)
    {
        OcppSession session = bench.Connection.Pair.Station;
        bench.Connection.Pair.Cut();
        await session.Completion;
    }
}
