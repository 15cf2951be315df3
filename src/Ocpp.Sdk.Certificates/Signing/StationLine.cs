namespace Ocpp.Certificates;

/// <summary>The connection to a station, which comes and goes.</summary>
internal sealed class StationLine
{
    private readonly object _gate = new();
    private OcppSession? _session;
    private TaskCompletionSource<OcppSession> _next = NewSource();

    /// <summary>
    /// Held while a CSR of the station is judged and kept, and while a step with one of its requests is: a request that is
    /// repeated must not be taken for a new one because the old one is finished between the look for it and the keeping.
    /// </summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The station's session; <see langword="null"/> when it is not connected.</summary>
    public OcppSession? Session
    {
        get
        {
            lock (_gate)
            {
                return _session is { IsOpen: true } ? _session : null;
            }
        }
    }

    /// <summary>The station is connected by this session now.</summary>
    public void Connected(OcppSession session)
    {
        lock (_gate)
        {
            if (session == _session)
                return;

            _session = session;
            _next.TrySetResult(session);
            _next = NewSource();
        }

        _ = ForgetAsync(session);
    }

    /// <summary>Ends when the station is connected.</summary>
    public Task<OcppSession> WhenConnectedAsync()
    {
        lock (_gate)
        {
            return _session is { IsOpen: true } ? Task.FromResult(_session) : _next.Task;
        }
    }

    /// <summary>Ends when the station has connected anew, after this session.</summary>
    public Task WhenReplacedAsync(OcppSession session)
    {
        lock (_gate)
        {
            return _session is null || _session == session ? _next.Task : Task.CompletedTask;
        }
    }

    /// <summary>Lets go of a session that has ended.</summary>
    private async Task ForgetAsync(OcppSession session)
    {
        await session.Completion.ConfigureAwait(false);
        lock (_gate)
        {
            if (session == _session)
                _session = null;
        }
    }

    private static TaskCompletionSource<OcppSession> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
