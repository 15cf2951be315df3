using System.Net.WebSockets;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Tests.WebSockets;

/// <summary>
/// A CSMS without a network, on a clock that stands still: accepts, refuses or lets wait as the test says.
/// </summary>
internal sealed class ScriptedCsms
{
    private readonly object _gate = new();
    private readonly List<ScriptedSocket> _sockets = [];
    private readonly List<OcppClientOptions> _tries = [];

    public OcppTestClock Clock { get; } = new();

    /// <summary>What happens to a connection that is opened; it is accepted unless told.</summary>
    public Func<OcppClientOptions, CancellationToken, Task<WebSocket>> Answer { get; set; } = (_, _) => Accept();

    /// <summary>The options of each try to connect.</summary>
    public IReadOnlyList<OcppClientOptions> Tries
    {
        get
        {
            lock (_gate)
            {
                return [.. _tries];
            }
        }
    }

    /// <summary>
    /// Waits until no timer is left to go off: the runtime disposes of some after what they watched has ended.
    /// </summary>
    public async Task NoTimersAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Clock.ArmedTimers > 0)
        {
            await Task.Delay(1, limit.Token);
        }
    }

    /// <summary>The connections that were accepted.</summary>
    public IReadOnlyList<ScriptedSocket> Sockets
    {
        get
        {
            lock (_gate)
            {
                return [.. _sockets];
            }
        }
    }

    public ScriptedSocket Socket => Sockets[^1];

    /// <summary>Options without a random part: waits of 1, 2, 4, 8, 8, … seconds.</summary>
    public OcppClientOptions Options =>
        new()
        {
            Url = new Uri("ws://csms.example.com/ocpp"),
            Identity = "CS-1",
            RetryBackOffWaitMinimum = TimeSpan.FromSeconds(1),
            RetryBackOffRandomRange = TimeSpan.Zero,
            RetryBackOffRepeatTimes = 3,
            Session = new OcppSessionOptions { TimeProvider = Clock },
            Transport = OpenAsync,
        };

    public OcppClient Client(Func<OcppClientOptions, OcppClientOptions>? change = null) =>
        new(new OcppHandlers(Ocpp201Protocol.Instance), change?.Invoke(Options) ?? Options);

    public static Task<WebSocket> Accept() => Task.FromResult<WebSocket>(new ScriptedSocket());

    public static Task<WebSocket> Refuse() =>
        Task.FromException<WebSocket>(
            new OcppConnectionFailedException(OcppConnectionFailure.Unreachable, "Nobody there.")
        );

    /// <summary>Never answers.</summary>
    public static async Task<WebSocket> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("Not reached.");
    }

    private async Task<WebSocket> OpenAsync(OcppClientOptions options, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _tries.Add(options);
        }

        WebSocket socket = await Answer(options, cancellationToken);
        lock (_gate)
        {
            _sockets.Add((ScriptedSocket)socket);
        }

        return socket;
    }
}
