using System.Threading.Channels;
using Ocpp.Stations.Tests.Storage;
using Ocpp.Testing;

namespace Ocpp.Stations.Tests;

/// <summary>A queue in a temporary folder, and a CSMS of any version that a test plays.</summary>
internal abstract class VersionQueueBench<TRequest, TResponse> : IAsyncDisposable
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>, new()
{
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<MessageQueueReport> _reports = Channel.CreateUnbounded<MessageQueueReport>();
    private readonly Channel<TRequest> _received = Channel.CreateUnbounded<TRequest>();
    private readonly OcppProtocol _protocol;

    protected VersionQueueBench(OcppProtocol protocol, Func<MessageQueueOptions, MessageQueueOptions>? configure)
    {
        _protocol = protocol;
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
    public Func<TRequest, TResponse> Respond { get; set; } = _ => new TResponse();

    /// <summary>The numbers of the events that wait, in order, if they were added with numbers from 0 on.</summary>
    public IEnumerable<int> Waiting => Queue.List().Select(message => (int)message.Id - 1);

    public void Connect() =>
        Connection.Connect(
            _protocol,
            csms =>
                csms.On(
                    (TRequest request) =>
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
            numbers.Add(NumberOf(await _received.Reader.ReadAsync()));
        }

        Assert.Equal(expected, numbers);
    }

    public async Task<TRequest> ReceiveAsync() => await _received.Reader.ReadAsync();

    /// <summary>The events that have reached the CSMS, and were not received yet.</summary>
    public IEnumerable<TRequest> ReceiveAll()
    {
        while (_received.Reader.TryRead(out TRequest? request))
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

    /// <summary>The number of an event.</summary>
    protected abstract int NumberOf(TRequest request);
}
