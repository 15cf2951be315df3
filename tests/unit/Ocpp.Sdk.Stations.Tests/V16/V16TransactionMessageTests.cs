using Ocpp.Rpc;
using Ocpp.Stations.V16;
using Ocpp.Testing;
using Ocpp.V16;

namespace Ocpp.Stations.Tests.V16;

public sealed class V16TransactionMessageTests
{
    [Fact]
    public async Task Messages_that_were_added_offline_have_the_id_of_the_response() // TC_037_1, TC_038, TC_039
    {
        await using var bench = new V16Bench();
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        bench.Queue.AddMeterValues("A", V16Bench.Sample(1500));
        bench.Queue.AddStopTransaction("A", V16Bench.Stop());
        Assert.Null(bench.Queue.FindTransactionId("A"));

        bench.ConnectAndRun();

        await bench.AssertReceivedAsync("Start 1 TAG 1000", "Meter 100 1 1500", "Stop 100 none 2000");
    }

    [Fact]
    public async Task Messages_of_two_transactions_have_the_ids_of_their_own()
    {
        await using var bench = new V16Bench();
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        bench.Queue.AddStartTransaction("B", V16Bench.Start(2));
        bench.Queue.AddMeterValues("A", V16Bench.Sample(1));
        bench.Queue.AddMeterValues("B", V16Bench.Sample(2, connectorId: 2));
        bench.Queue.AddStopTransaction("B", V16Bench.Stop());
        bench.Queue.AddStopTransaction("A", V16Bench.Stop());

        bench.ConnectAndRun();

        await bench.AssertReceivedAsync(
            "Start 1 TAG 1000",
            "Start 2 TAG 1000",
            "Meter 100 1 1",
            "Meter 101 2 2",
            "Stop 101 none 2000",
            "Stop 100 none 2000"
        );
    }

    [Fact]
    public async Task The_id_is_known_from_the_response_until_the_stop_has_arrived()
    {
        await using var bench = new V16Bench();
        bench.ConnectAndRun();
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        await bench.AssertReceivedAsync("Start 1 TAG 1000");
        Assert.Equal(100, bench.Queue.FindTransactionId("A"));
        Assert.Null(bench.Queue.FindTransactionId("B"));

        bench.Queue.AddStopTransaction("A", V16Bench.Stop());
        await bench.AssertReceivedAsync("Stop 100 none 2000");

        Assert.Null(bench.Queue.FindTransactionId("A"));
        await bench.RestartAsync();
        Assert.Null(bench.Queue.FindTransactionId("A"));
    }

    [Fact]
    public async Task After_a_restart_between_the_response_and_the_next_message_the_id_is_known() // TC_036
    {
        await using var bench = new V16Bench();
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        bench.Queue.AddMeterValues("A", V16Bench.Sample(1500));
        bench.Queue.AddStopTransaction("A", V16Bench.Stop());
        bench.Connect();
        // The response to the first message arrives, and nothing after it.
        int calls = 0;
        bench.Bench.Connection.Pair.Faults = (sender, _) =>
            sender == OcppParty.ChargingStation && ++calls > 1 ? OcppFault.Cut : OcppFault.None;
        bench.Run();
        Assert.Equal("Start 1 TAG 1000", await bench.ReceiveAsync());
        await bench.Bench.Connection.Pair.Station.Completion;

        await bench.RestartAsync();

        Assert.Equal(100, bench.Queue.FindTransactionId("A"));
        bench.ConnectAndRun();
        await bench.AssertReceivedAsync("Meter 100 1 1500", "Stop 100 none 2000");
    }

    [Fact]
    public async Task A_crash_at_any_byte_leaves_the_start_or_its_id()
    {
        await using var bench = new V16Bench();
        using var folder = new TemporaryFolder();
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        bench.Queue.AddStopTransaction("A", V16Bench.Stop());
        bench.Connect();
        bench.Bench.Connection.Pair.Faults = (sender, _) =>
            sender == OcppParty.ChargingStation && bench.Queue.Count == 1 ? OcppFault.Cut : OcppFault.None;
        bench.Run();
        await bench.Bench.Connection.Pair.Station.Completion;
        await bench.Queue.DisposeAsync();
        byte[] file = await File.ReadAllBytesAsync(bench.Bench.Options.Path);
        int states = 0;

        for (int length = 8; length <= file.Length; length++)
        {
            string path = folder.Locate($"{length}");
            await File.WriteAllBytesAsync(path, file[..length]);
            await using var queue = MessageQueue.Open(bench.Bench.Options with { Path = path });
            bool hasStart = queue.List().Any(one => one.Action == "StartTransaction");
            bool hasStop = queue.List().Any(one => one.Action == "StopTransaction");
            int? id = queue.FindTransactionId("A");

            // No id without the stop that has it, no stop without one of the two.
            Assert.Equal(hasStop && !hasStart, id is not null);
            states |= (hasStart, hasStop) switch
            {
                (false, false) => 1,
                (true, false) => 2,
                (true, true) => 4,
                (false, true) => 8,
            };
        }

        Assert.Equal(1 | 2 | 4 | 8, states);
    }

    [Fact]
    public async Task A_start_that_is_given_up_leaves_messages_with_an_unknown_id()
    {
        await using var bench = new V16Bench(configure: options => options with { MaxAttempts = 1 });
        bench.Authorize = _ => throw new OcppCallErrorException(OcppErrorCode.InternalError);
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        bench.Queue.AddMeterValues("A", V16Bench.Sample(1500));
        bench.Queue.AddStopTransaction("A", V16Bench.Stop());

        bench.ConnectAndRun();

        await bench.AssertReceivedAsync("Start 1 TAG 1000", "Meter -1 1 1500", "Stop -1 none 2000");
        MessageQueueReport report = await bench.Bench.ReportAsync(MessageQueueReportKind.GaveUp);
        Assert.Equal("GaveUp, StartTransaction 1: InternalError", report.ToString());
    }

    [Fact]
    public async Task A_full_queue_drops_samples_and_neither_start_nor_stop()
    {
        await using var bench = new V16Bench(configure: options => options with { MaxMessages = 4 });
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        Assert.True(bench.Queue.AddMeterValues("A", V16Bench.Sample(1)));
        Assert.True(bench.Queue.AddMeterValues("A", V16Bench.Sample(2)));
        bench.Queue.AddStopTransaction("A", V16Bench.Stop(1));

        bench.Queue.AddStartTransaction("B", V16Bench.Start());
        bench.Queue.AddStopTransaction("B", V16Bench.Stop(2));
        Assert.False(bench.Queue.AddMeterValues("B", V16Bench.Sample(3)));
        Assert.Throws<MessageQueueFullException>(() => bench.Queue.AddStartTransaction("C", V16Bench.Start()));

        bench.ConnectAndRun();
        await bench.AssertReceivedAsync("Start 1 TAG 1000", "Stop 100 none 1", "Start 1 TAG 1000", "Stop 101 none 2");
    }

    [Fact]
    public async Task A_file_that_was_written_anew_has_the_id_and_what_needs_it()
    {
        await using var bench = new V16Bench();
        bench.ConnectAndRun();
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        await bench.AssertReceivedAsync("Start 1 TAG 1000");
        await bench.CutAsync();
        string[] samples = [.. Enumerable.Range(0, 500).Select(index => $"Meter 100 1 {index}")];
        for (int index = 0; index < samples.Length; index++)
        {
            bench.Queue.AddMeterValues("A", V16Bench.Sample(index));
        }

        Assert.True(new FileInfo(bench.Bench.Options.Path).Length > 64 * 1024);
        bench.Connect();
        await bench.AssertReceivedAsync(samples);
        Assert.True(new FileInfo(bench.Bench.Options.Path).Length < 64 * 1024);
        await bench.CutAsync();
        bench.Queue.AddStopTransaction("A", V16Bench.Stop());
        await bench.RestartAsync();

        bench.ConnectAndRun();

        await bench.AssertReceivedAsync("Stop 100 none 2000");
    }

    [Fact]
    public async Task The_id_is_forgotten_when_the_stop_is_given_up()
    {
        await using var bench = new V16Bench(configure: options => options with { MaxAttempts = 1 });
        bench.ConnectAndRun();
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        await bench.AssertReceivedAsync("Start 1 TAG 1000");
        await bench.CutAsync();
        bench.Bench.Connection.Connect(
            Ocpp16Protocol.Instance,
            csms =>
                csms.On<StopTransactionRequest, StopTransactionResponse>(_ =>
                    throw new OcppCallErrorException(OcppErrorCode.InternalError)
                )
        );

        bench.Queue.AddStopTransaction("A", V16Bench.Stop());

        await bench.Bench.ReportAsync(MessageQueueReportKind.GaveUp);
        await bench.Queue.WhenEmptyAsync();
        Assert.Null(bench.Queue.FindTransactionId("A"));
    }

    [Fact]
    public async Task An_id_that_cannot_be_saved_is_used_all_the_same()
    {
        await using var bench = new V16Bench();
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        bench.Queue.AddStopTransaction("A", V16Bench.Stop());
        bench.Bench.Disk.Room = 0;

        bench.ConnectAndRun();

        await bench.AssertReceivedAsync("Start 1 TAG 1000", "Stop 100 none 2000");
        Assert.Equal("IOException", (await bench.Bench.ReportAsync(MessageQueueReportKind.StorageFailed)).Detail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_id_that_could_not_be_saved_is_saved_with_the_next_message_or_after_a_while(bool addsMessage)
    {
        await using V16Bench bench = await StartOnFullDiskAsync();
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Bench.Disk.Flushed = () => flushed.TrySetResult();
        await bench.Bench.Clock.WhenArmedAsync(1);
        bench.Bench.Disk.Room = long.MaxValue;

        if (addsMessage)
        {
            bench.Queue.AddMeterValues("A", V16Bench.Sample(1500));
        }
        else
        {
            bench.Bench.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        await flushed.Task;
        await bench.KillAsync();
        Assert.Equal(100, bench.Queue.FindTransactionId("A"));
        bench.Queue.AddStopTransaction("A", V16Bench.Stop());
        bench.ConnectAndRun();
        string[] sample = addsMessage ? ["Meter 100 1 1500"] : [];
        await bench.AssertReceivedAsync([.. sample, "Stop 100 none 2000"]);
    }

    [Fact]
    public async Task While_the_id_cannot_be_saved_nothing_is_added_and_writing_is_tried_again_and_again()
    {
        await using V16Bench bench = await StartOnFullDiskAsync();
        for (int round = 0; round < 3; round++)
        {
            await bench.Bench.Clock.WhenArmedAsync(1);
            bench.Bench.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Throws<IOException>(() => bench.Queue.AddMeterValues("A", V16Bench.Sample(1500)));
        Assert.Throws<IOException>(() => bench.Queue.SetState(new QueueState("other", [1])));
        Assert.Equal(0, bench.Queue.Count);
        Assert.Null(bench.Queue.FindState("other"));

        // Closing the queue is the last occasion.
        bench.Bench.Disk.Room = long.MaxValue;
        await bench.RestartAsync();
        Assert.Equal(100, bench.Queue.FindTransactionId("A"));
        Assert.Equal(0, bench.Queue.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sample_without_an_id_is_sent_once_and_the_stop_as_often_as_any_message(bool isSilent)
    {
        await using var bench = new V16Bench(configure: options => options with { MaxAttempts = 2 });
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        bench.Queue.AddMeterValues("A", V16Bench.Sample(1500));
        bench.Queue.AddMeterValues("A", V16Bench.Sample(1600));
        bench.Queue.AddStopTransaction("A", V16Bench.Stop());
        bench.Queue.AddStartTransaction("B", V16Bench.Start(2));
        bool isUnknown = false;
        bench.Refuse = line =>
        {
            isUnknown = line.Contains(" -1 ", StringComparison.Ordinal);
            return isUnknown || line.StartsWith("Start 1", StringComparison.Ordinal);
        };
        bench.Connect();
        bench.Bench.Connection.Pair.Faults = (sender, _) =>
            isSilent && isUnknown && sender == OcppParty.Csms ? OcppFault.Drop : OcppFault.None;

        bench.Run();

        Assert.Equal("Start 1 TAG 1000", await bench.ReceiveAsync());
        await bench.Bench.ReportAsync(MessageQueueReportKind.AttemptFailed);
        await bench.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("Start 1 TAG 1000", await bench.ReceiveAsync());
        await bench.Bench.ReportAsync(MessageQueueReportKind.GaveUp);
        foreach (string sample in new[] { "Meter -1 1 1500", "Meter -1 1 1600" })
        {
            Assert.Equal(sample, await bench.ReceiveAsync());
            await bench.TimeOutAsync(isSilent);
            Assert.Equal("MeterValues", (await bench.Bench.ReportAsync(MessageQueueReportKind.GaveUp)).Message?.Action);
        }

        Assert.Equal("Stop -1 none 2000", await bench.ReceiveAsync());
        await bench.TimeOutAsync(isSilent);
        await bench.Bench.ReportAsync(MessageQueueReportKind.AttemptFailed);
        await bench.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("Stop -1 none 2000", await bench.ReceiveAsync());
        await bench.TimeOutAsync(isSilent);
        await bench.AssertReceivedAsync("Start 2 TAG 1000");
    }

    /// <summary>
    /// The CSMS has responded to a StartTransaction, the connection is lost, and the disk is full since before that.
    /// </summary>
    private static async Task<V16Bench> StartOnFullDiskAsync()
    {
        var bench = new V16Bench();
        bench.Queue.AddStartTransaction("A", V16Bench.Start());
        bench.Bench.Disk.Room = 0;
        bench.ConnectAndRun();
        await bench.AssertReceivedAsync("Start 1 TAG 1000");
        await bench.CutAsync();
        return bench;
    }
}
