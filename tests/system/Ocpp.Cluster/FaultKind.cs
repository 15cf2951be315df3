namespace Ocpp.Cluster;

/// <summary>What is done to the cluster, again and again.</summary>
internal enum FaultKind
{
    /// <summary>A node is killed, and a new one started.</summary>
    Kill,

    /// <summary>A node is stopped for longer than its leases last, and goes on.</summary>
    Pause,

    /// <summary>Redis is stopped, and started again with what it had.</summary>
    Redis,

    /// <summary>PostgreSQL is ended as by a crash, and started again.</summary>
    PostgreSql,

    /// <summary>A node is killed, where the clocks of the nodes are a minute apart.</summary>
    Clocks,

    /// <summary>A node can reach neither the others nor Redis, but its stations.</summary>
    Split,
}
