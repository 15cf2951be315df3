using System.Diagnostics;
using Ocpp.V201;

namespace Ocpp.Soak;

/// <summary>A station that beats and meters once a second.</summary>
internal sealed class Station : IAsyncDisposable
{
    private readonly OcppClient _client;
    private readonly Random _random;

    public Station(Uri url, int index)
    {
        _random = new Random(index);
        _client = new OcppClient(
            new OcppHandlers(Ocpp201Protocol.Instance),
            new OcppClientOptions
            {
                Url = url,
                Identity = $"CS-{index}",
                RetryBackOffWaitMinimum = TimeSpan.FromMilliseconds(100),
                // The connection is cut again and again.
                RetryBackOffResetAfter = TimeSpan.Zero,
                RetryBackOffRandomRange = TimeSpan.FromMilliseconds(400),
                RetryBackOffRepeatTimes = 3,
                RetryFirstConnection = true,
            }
        );
    }

    public int Made { get; private set; }

    public int Connections { get; private set; }

    /// <summary>How long each answered call took, in milliseconds.</summary>
    public List<double> Latencies { get; } = [];

    /// <summary>Why each of the others failed.</summary>
    public List<string> Failures { get; } = [];

    public async ValueTask ConnectAsync() => await _client.ConnectAsync();

    public async Task RunAsync(CancellationToken end)
    {
        // Not all at once.
        await Task.Delay(_random.Next(1000), CancellationToken.None);
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1));
        OcppSession? last = null;
        do
        {
            Connections += _client.Session is { } session && session != last ? 1 : 0;
            last = _client.Session ?? last;
            await CallAsync(() => _client.CallAsync(new HeartbeatRequest()));
            await CallAsync(() => _client.CallAsync(Meter()));
            await clock.WaitForNextTickAsync(CancellationToken.None);
        } while (!end.IsCancellationRequested);
    }

    /// <returns>Whether there was a connection to cut.</returns>
    public bool Cut()
    {
        OcppSession? session = _client.Session;
        session?.Abort("cut");
        return session is not null;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private MeterValuesRequest Meter() =>
        new()
        {
            EvseId = 1,
            MeterValue =
            [
                new MeterValueType
                {
                    Timestamp = DateTimeOffset.UtcNow,
                    SampledValue =
                    [
                        new SampledValueType
                        {
                            Value = _random.Next(1000),
                            Measurand = MeasurandEnumType.EnergyActiveImportRegister,
                        },
                    ],
                },
            ],
        };

    private async Task CallAsync<TResponse>(Func<Task<TResponse>> call)
    {
        Made++;
        long start = Stopwatch.GetTimestamp();
        try
        {
            await call();
            Latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (Exception exception)
            when (exception is OcppConnectionClosedException or OcppTimeoutException or OcppCallErrorException)
        {
            Failures.Add(exception.GetType().Name);
        }
    }
}
