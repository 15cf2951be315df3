using System.Threading.Channels;
using Ocpp.Stations.Tests.Storage;
using Ocpp.Stations.V201;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

/// <summary>A queue in a temporary folder, and a CSMS that a test plays.</summary>
internal sealed class QueueBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<MessageQueueReport> _reports = Channel.CreateUnbounded<MessageQueueReport>();
    private readonly Channel<TransactionEventRequest> _received = Channel.CreateUnbounded<TransactionEventRequest>();

    public QueueBench(Func<MessageQueueOptions, MessageQueueOptions>? configure = null)
    {
        Options = new MessageQueueOptions
        {
            Path = _folder.Locate("queue"),
            TimeProvider = Clock,
            Logger = Log,
            Reported = report => _reports.Writer.TryWrite(report),
        };
        Options = configure?.Invoke(Options) ?? Options;
        Queue = MessageQueue.Open(Options, Disk);
    }

    /// <summary>The clock of the queue.</summary>
    public OcppTestClock Clock { get; } = new();

    public FailingDisk Disk { get; } = new();

    public TestLog Log { get; } = new();

    public MessageQueueOptions Options { get; }

    public TestConnection Connection { get; } = new();

    public MessageQueue Queue { get; private set; }

    /// <summary>How the CSMS responds to an event.</summary>
    public Func<TransactionEventRequest, TransactionEventResponse> Respond { get; set; } =
        _ => new TransactionEventResponse();

    /// <summary>The numbers of the events that wait, in order, if they were added with numbers from 0 on.</summary>
    public IEnumerable<int> Waiting => Queue.List().Select(message => (int)message.Id - 1);

    public static TransactionEventRequest Event(
        int seqNo,
        TransactionEventEnumType type = TransactionEventEnumType.Updated,
        TriggerReasonEnumType trigger = TriggerReasonEnumType.ChargingStateChanged
    ) =>
        new()
        {
            EventType = type,
            TriggerReason = trigger,
            Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            SeqNo = seqNo,
            TransactionInfo = new TransactionType { TransactionId = "T1" },
        };

    public static TransactionEventRequest Sample(int seqNo) =>
        Event(seqNo, trigger: TriggerReasonEnumType.MeterValuePeriodic);

    public void Add(params IEnumerable<TransactionEventRequest> events)
    {
        foreach (TransactionEventRequest one in events)
        {
            Assert.True(Queue.AddTransactionEvent(one));
        }
    }

    public void Connect() =>
        Connection.Connect(
            Ocpp201Protocol.Instance,
            csms =>
                csms.On(
                    (TransactionEventRequest request) =>
                    {
                        _received.Writer.TryWrite(request);
                        return Respond(request);
                    }
                )
        );

    public Task RunAsync() => Queue.RunAsync(Connection);

    /// <summary>Closes the queue and opens it again, as a station that restarts.</summary>
    public async Task RestartAsync(Func<MessageQueueOptions, MessageQueueOptions>? configure = null)
    {
        await Queue.DisposeAsync();
        Queue = MessageQueue.Open(configure?.Invoke(Options) ?? Options, Disk);
    }

    /// <summary>Waits for the next events that reach the CSMS, and asserts their numbers.</summary>
    public async Task AssertReceivedAsync(params int[] expected)
    {
        var numbers = new List<int>();
        while (numbers.Count < expected.Length)
        {
            numbers.Add((await _received.Reader.ReadAsync()).SeqNo);
        }

        Assert.Equal(expected, numbers);
    }

    public async Task<TransactionEventRequest> ReceiveAsync() => await _received.Reader.ReadAsync();

    /// <summary>The events that have reached the CSMS, and were not received yet.</summary>
    public IEnumerable<TransactionEventRequest> ReceiveAll()
    {
        while (_received.Reader.TryRead(out TransactionEventRequest? request))
        {
            yield return request;
        }
    }

    public bool HasReceivedMore => _received.Reader.TryPeek(out _);

    /// <summary>The next report of a kind; others are passed over.</summary>
    public async Task<MessageQueueReport> ReportAsync(MessageQueueReportKind kind)
    {
        while (true)
        {
            MessageQueueReport report = await _reports.Reader.ReadAsync();
            if (report.Kind == kind)
            {
                return report;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        await Connection.DisposeAsync();
        _folder.Dispose();
    }
}
