namespace Ocpp;

/// <summary>
/// Where a session is between its construction and its end. It only ever goes forward, as docs/sessions.md shows.
/// </summary>
public enum OcppSessionState
{
    /// <summary>
    /// Constructed; nothing is received and no call can be made until <see cref="OcppSession.RunAsync"/>.
    /// </summary>
    Created,

    /// <summary>Messages are received and calls can be made.</summary>
    Open,

    /// <summary>
    /// <see cref="OcppSession.CloseAsync"/> waits for outstanding answers in both directions. No call can be made,
    /// while the peer's requests are still handled. There is no close reason yet: the peer, or the network, may come
    /// first.
    /// </summary>
    Draining,

    /// <summary>The close reason is known. Close frames are exchanged, and messages of the peer are dropped.</summary>
    Closing,

    /// <summary>The connection is gone. Outstanding calls fail; handlers are cancelled and waited for.</summary>
    Disconnected,

    /// <summary>Everything has ended, and <see cref="OcppSession.Completion"/> with it.</summary>
    Closed,
}
