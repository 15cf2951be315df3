using Ocpp.Stations;
using Ocpp.Stations.Transactions;
using Ocpp.Stations.V201;
using Ocpp.V201;

namespace Ocpp.StationKill;

/// <summary>
/// The station, a process of its own: one transaction, which goes on where the process was killed.
/// </summary>
internal static class Station
{
    public const string Role = "station";
    public const string Identity = "CS-1";

    /// <summary>Saved once the transaction has begun: without one, it has ended.</summary>
    private const string Begun = "begun";

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
        var transaction = new V201Transaction(
            queue,
            new V201TransactionOptions
            {
                EvseId = 1,
                Settings = new TransactionSettings
                {
                    TxStartPoint = TransactionPoints.EVConnected,
                    TxStopPoint = TransactionPoints.EVConnected,
                },
            }
        );
        if (queue.FindState(Begun) is null)
        {
            transaction.EvConnected();
            queue.SetState(new QueueState(Begun, Array.Empty<byte>()));
        }

        while (transaction.TransactionId is not null && transaction.NextSeqNo < count - 1)
        {
            transaction.Report(TransactionTrigger.ChargingRateChanged);
            await Task.Delay(s_pause);
        }

        transaction.EvDisconnected();
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
}
