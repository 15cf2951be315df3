namespace Ocpp.Stations;

/// <summary>
/// The connection of a client, without regard to the registration of the station: for a station that boots with code of
/// its own.
/// </summary>
/// <param name="client">The client.</param>
public sealed class ClientConnection(OcppClient client) : IStationConnection
{
    private readonly OcppClient _client = client ?? throw new ArgumentNullException(nameof(client));

    /// <inheritdoc/>
    public bool IsConnected => _client.Session is { IsOpen: true };

    /// <inheritdoc/>
    public async Task<OcppSession?> WaitForSessionAsync(OcppSession? except, CancellationToken cancellationToken)
    {
        if (Find(except) is { } current)
        {
            return current;
        }

        await foreach (OcppClientStateChange _ in _client.StatesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Find(except) is { } session)
            {
                return session;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Exchanged()
    {
        // What sends the heartbeats looks at the frames itself.
    }

    private OcppSession? Find(OcppSession? except) =>
        _client.Session is { IsOpen: true } session && session != except ? session : null;
}
