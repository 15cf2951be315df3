using System.Buffers.Binary;
using Ocpp.Stations;
using Ocpp.Stations.V201;
using Ocpp.V201;

namespace Ocpp.StationKill;

/// <summary>
/// The station, a process of its own: one transaction, whose next number is saved together with each event.
/// </summary>
internal static class Station
{
    public const string Role = "station";
    public const string Identity = "CS-1";

    private const string Key = "evse/1";

    /// <summary>How long the hardware takes from one event to the next.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    /// <param name="file">The file of the queue.</param>
    /// <param name="url">Where the CSMS is.</param>
    /// <param name="count">How many events the transaction has.</param>
    public static async Task RunAsync(string file, Uri url, int count)
    {
        await using var queue = MessageQueue.Open(
            new MessageQueueOptions
            {
                Path = file,
                MaxMessagesPerSecond = int.MaxValue,
                Reported = Print,
            }
        );
        await using var client = new OcppClient(
            Ocpp201Protocol.Instance,
            new OcppClientOptions
            {
                Url = url,
                Identity = Identity,
                RetryFirstConnection = true,
                RetryBackOffWaitMinimum = TimeSpan.FromMilliseconds(5),
                RetryBackOffRandomRange = TimeSpan.FromMilliseconds(20),
                RetryBackOffRepeatTimes = 0,
            }
        );
        Task connecting = client.ConnectAsync();
        Task sending = queue.RunAsync(new ClientConnection(client));
        await Console.Out.WriteLineAsync("running");
        for (int seqNo = Next(queue); seqNo < count; seqNo++)
        {
            byte[] next = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(next, seqNo + 1);
            queue.AddTransactionEvent(Event(seqNo, count), new QueueState(Key, next));
            await Task.Delay(s_pause);
        }

        await connecting;
        await Task.WhenAny(queue.WhenEmptyAsync(), sending).Unwrap(); // if the sending fails, so does the station
        await Console.Out.WriteLineAsync("done");
        await client.CloseAsync();
        await sending;
    }

    /// <summary>Shows what is out of the ordinary: a cut is not.</summary>
    private static void Print(MessageQueueReport report)
    {
        if (report.Kind != MessageQueueReportKind.Delivered)
        {
            Console.Error.WriteLine(report);
        }
    }

    private static int Next(MessageQueue queue) =>
        queue.FindState(Key) is { } next ? BinaryPrimitives.ReadInt32LittleEndian(next.Span) : 0;

    private static TransactionEventRequest Event(int seqNo, int count) =>
        new()
        {
            EventType =
                seqNo == 0 ? TransactionEventEnumType.Started
                : seqNo == count - 1 ? TransactionEventEnumType.Ended
                : TransactionEventEnumType.Updated,
            TriggerReason = TriggerReasonEnumType.ChargingStateChanged,
            Timestamp = DateTimeOffset.UtcNow,
            SeqNo = seqNo,
            TransactionInfo = new TransactionType { TransactionId = "T1" },
        };
}
