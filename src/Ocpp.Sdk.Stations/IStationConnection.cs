namespace Ocpp.Stations;

/// <summary>Where a part of a station gets the session on which it may send.</summary>
public interface IStationConnection
{
    /// <summary>Whether there is a connection to the CSMS: otherwise the station is offline.</summary>
    bool IsConnected { get; }

    /// <summary>Waits for a session on which the station may send.</summary>
    /// <param name="except">
    /// A session that is of no use any more, such as one on which sending has just failed; <see langword="null"/> if
    /// any is wanted.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session; <see langword="null"/> if there will never be one, because the client is closed.</returns>
    Task<OcppSession?> WaitForSessionAsync(OcppSession? except, CancellationToken cancellationToken);

    /// <summary>
    /// Is called when the CSMS has responded to a message, which saves a heartbeat (G02.FR.06).
    /// </summary>
    void Exchanged();

    /// <summary>Makes a message of one version a message of another.</summary>
    /// <param name="message">The message, with its payload.</param>
    /// <param name="protocol">The version of the session on which it is to be sent.</param>
    /// <returns>
    /// Its payload in the other version; <see langword="null"/> if it has to wait for a session of its own. By default,
    /// it has to.
    /// </returns>
    ReadOnlyMemory<byte>? Translate(QueuedMessage message, OcppProtocol protocol) => null;
}
