namespace Ocpp.AspNetCore;

/// <summary>
/// Takes part in the life of each station's connection. Registered as a service by what shares stations between
/// processes; applications use <see cref="OcppOptions.Connected"/> and <see cref="OcppOptions.Disconnected"/>.
/// </summary>
public interface IOcppConnectionLifetime
{
    /// <summary>
    /// A station has been accepted. Its session begins when the task has ended: until then nothing is received or sent.
    /// An earlier connection of the station to this process is being closed.
    /// </summary>
    /// <param name="session">The session, which has not begun.</param>
    /// <param name="cancellationToken">Cancelled when the connection is lost.</param>
    /// <returns>
    /// Ends when the session may begin. If it fails, the connection is closed, the session ends, and that is logged.
    /// </returns>
    Task ConnectingAsync(OcppSession session, CancellationToken cancellationToken);

    /// <summary>
    /// A connection for which <see cref="ConnectingAsync"/> was called has ended, whether its session has begun or not.
    /// Must not block.
    /// </summary>
    /// <param name="session">The session.</param>
    void Disconnected(OcppSession session);
}
