namespace Ocpp.Orleans.Nodes;

/// <summary>The nodes of the cluster.</summary>
internal interface INodes
{
    /// <summary>This node.</summary>
    SiloAddress Self { get; }

    /// <summary>The service of a node.</summary>
    INodeService this[SiloAddress node] { get; }

    /// <summary>Whether this node knows that another one has ended, or was declared dead.</summary>
    bool IsDead(SiloAddress node);

    /// <summary>Ends when this node knows that another one has ended, or was declared dead.</summary>
    Task WhenDeadAsync(SiloAddress node);
}
