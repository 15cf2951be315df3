namespace Ocpp.Tests.WebSockets;

/// <summary>Follows a client's states, from when it is made.</summary>
internal sealed class StateListener : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly IAsyncEnumerator<OcppClientStateChange> _changes;
    private Task<bool> _next;

    public StateListener(OcppClient client)
    {
        _changes = client.StatesAsync(_ending.Token).GetAsyncEnumerator();
        _next = _changes.MoveNextAsync().AsTask();
    }

    /// <summary>The next change; none when there will be no more.</summary>
    public async Task<OcppClientStateChange?> NextAsync()
    {
        if (!await _next.WaitAsync(TimeSpan.FromSeconds(60)))
        {
            return null;
        }

        OcppClientStateChange change = _changes.Current;
        _next = _changes.MoveNextAsync().AsTask();
        return change;
    }

    /// <summary>Reads on to the next change to a state.</summary>
    public async Task<OcppClientStateChange> UntilAsync(OcppClientState state)
    {
        while (await NextAsync() is { } change)
        {
            if (change.State == state)
            {
                return change;
            }
        }

        throw new InvalidOperationException($"The client was closed before it was {state}.");
    }

    /// <summary>The states up to the end.</summary>
    public async Task<IReadOnlyList<OcppClientState>> RestAsync()
    {
        var states = new List<OcppClientState>();
        while (await NextAsync() is { } change)
        {
            states.Add(change.State);
        }

        return states;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAny(_next);
        await _changes.DisposeAsync();
        _ending.Dispose();
    }
}
