namespace Ocpp.Rpc;

/// <summary>Where the message ids of one sender must be unique.</summary>
public enum OcppMessageIdScope
{
    /// <summary>Among the messages of one connection.</summary>
    Connection,

    /// <summary>Among the messages of all connections of a station's identity, past and present.</summary>
    Station,
}
