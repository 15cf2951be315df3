using Ocpp.Orleans.Messages;

namespace Ocpp.Orleans.Stations;

/// <summary>
/// Knows which node holds the connection of a station. Its key is the identity in upper case, for identities are
/// compared without regard to case.
/// </summary>
[Alias("ocpp.station")]
internal interface IStationGrain : IGrainWithStringKey
{
    /// <summary>Registers a new connection in place of the one before, which is closed wherever it is.</summary>
    /// <returns>The version of the connection.</returns>
    [Alias("connect")]
    Task<long> ConnectAsync(NodeConnection connection);

    /// <summary>Registers a connection again that a node still holds.</summary>
    /// <returns><see langword="false"/> if a newer one has taken its place.</returns>
    [Alias("renew")]
    Task<bool> RenewAsync(NodeConnection connection);

    /// <summary>A connection has ended.</summary>
    [Alias("disconnect")]
    Task DisconnectedAsync(Guid connection);

    /// <summary>Finds the connection.</summary>
    [Alias("find")]
    Task<NodeConnection?> FindAsync();
}
