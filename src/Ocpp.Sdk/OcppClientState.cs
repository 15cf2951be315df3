namespace Ocpp;

/// <summary>What an <see cref="OcppClient"/> is at.</summary>
public enum OcppClientState
{
    /// <summary>It has not connected yet, could not, or just ended one connection to begin another.</summary>
    Disconnected,

    /// <summary>It opens a connection.</summary>
    Connecting,

    /// <summary>It is connected.</summary>
    Connected,

    /// <summary>It lost the connection or could not open one, and waits to try again.</summary>
    WaitingToReconnect,

    /// <summary>It was closed, for good.</summary>
    Closed,
}
