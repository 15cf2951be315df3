using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace Ocpp.Cluster;

/// <summary>
/// The place of a node: the address where stations and callers find it, and one process after the other. A process that
/// ends is followed by a new one, as a supervisor does.
/// </summary>
internal sealed class Slot(int number, NodeSettings settings, Func<int> findSiloPort, Random random) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(300);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{settings.WebPort}"),
        Timeout = s_patience,
    };
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource<string> _ready = NewSource();
    private ChildProcess? _process;
    private bool _isKilled;

    /// <summary>When the process was last stopped; the end of time while it is.</summary>
    private long _pausedUntil = long.MinValue;
    private Task _running = Task.CompletedTask;

    public int Number { get; } = number;

    public Uri StationUrl { get; } = new($"ws://127.0.0.1:{settings.WebPort}/ocpp");

    /// <summary>How many processes were killed.</summary>
    public int Killed { get; private set; }

    /// <summary>How many processes ended by themselves, because they were declared dead.</summary>
    public int Ended { get; private set; }

    /// <summary>The name of the node within the cluster, once it is a part of it.</summary>
    public Task<string> ReadyAsync() => Ready.WaitAsync(s_patience);

    /// <summary>The name of the node within the cluster; <see langword="null"/> while it is not ready.</summary>
    public string? Name => Ready is { IsCompletedSuccessfully: true } ready ? ready.Result : null;

    private Task<string> Ready
    {
        get
        {
            lock (_gate)
            {
                return _ready.Task;
            }
        }
    }

    public void Start() => _running = RunAsync();

    /// <summary>Kills the process on the spot.</summary>
    public async Task KillAsync()
    {
        ChildProcess process;
        lock (_gate)
        {
            _isKilled = true;
            _ready = NewSource();
            process = _process!;
        }

        await process.KillAsync();
    }

    /// <summary>Stops the process for a time, as a machine that has no time for it does.</summary>
    public async Task PauseAsync(TimeSpan time)
    {
        ChildProcess process = _process!;
        Volatile.Write(ref _pausedUntil, long.MaxValue);
        await SignalAsync(process, "STOP");
        await Task.Delay(time);
        await SignalAsync(process, "CONT");
        Volatile.Write(ref _pausedUntil, Stopwatch.GetTimestamp());
    }

    /// <summary>Whether the process was stopped at any time after a time stamp.</summary>
    public bool WasPausedSince(long timestamp) => Volatile.Read(ref _pausedUntil) >= timestamp;

    /// <summary>Cuts it off from the other nodes and from Redis for a time.</summary>
    public async Task SplitAsync(TimeSpan time)
    {
        using HttpResponseMessage response = await _http.PostAsync($"/split/{time.TotalSeconds:0}", content: null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Has the node call a station.</summary>
    public async Task<CallAnswer> CallAsync(string station, string id)
    {
        try
        {
            using HttpResponseMessage response = await _http.PostAsync($"/call/{station}/{id}", content: null);
            return response.StatusCode == HttpStatusCode.OK
                ? (await response.Content.ReadFromJsonAsync<CallAnswer>())!
                : new CallAnswer(0, $"{CallRules.NoReason} {response.StatusCode}", IsNotConnected: false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new CallAnswer(0, "The node that was asked to call is gone.", IsNotConnected: false);
        }
    }

    public async Task<IReadOnlyList<ListedStation>> ListAsync() =>
        (await _http.GetFromJsonAsync<ListedStation[]>("/stations"))!;

    /// <summary>Ends the process, in order if it can.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
        _http.Dispose();
    }

    private async Task RunAsync()
    {
        Task end = Task.Delay(Timeout.Infinite, _end.Token);
        while (!_end.IsCancellationRequested)
        {
            NodeSettings own = settings with { SiloPort = findSiloPort() };
            using var process = ChildProcess.Ourselves([Node.Role, .. own.ToArguments()]);
            _process = process;
            Task exit = process.ExitAsync();
            Task<string> starting = process.ReadAsync<string>();
            if (await Task.WhenAny(starting, exit, end) == starting && starting.IsCompletedSuccessfully)
            {
                _ready.TrySetResult(await starting);
            }

            await Task.WhenAny(exit, end);
            if (!exit.IsCompleted)
            {
                return; // Its input ends, and so does it.
            }

            Count();
            await Task.WhenAny(Task.Delay(random.Next(6000)), end);
        }
    }

    private void Count()
    {
        lock (_gate)
        {
            Killed += _isKilled ? 1 : 0;
            Ended += _isKilled ? 0 : 1;
            _ready = _isKilled ? _ready : NewSource();
            _isKilled = false;
        }
    }

    private static async Task SignalAsync(ChildProcess process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static TaskCompletionSource<string> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
