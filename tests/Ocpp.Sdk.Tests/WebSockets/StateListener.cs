namespace Ocpp.Tests.WebSockets;

/// <summary>Follows a client's states.</summary>
internal sealed class StateListener(OcppClient client) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<OcppClientStateChange> _changes = client.StatesAsync().GetAsyncEnumerator();

    /// <summary>The next change; none when there will be no more.</summary>
    public async Task<OcppClientStateChange?> NextAsync() =>
        await _changes.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)) ? _changes.Current : null;

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

    public ValueTask DisposeAsync() => _changes.DisposeAsync();
}
