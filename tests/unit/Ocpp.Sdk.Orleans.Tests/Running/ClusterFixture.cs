namespace Ocpp.Orleans.Tests.Running;

/// <summary>Three nodes that tests share.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    internal Cluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await Cluster.StartAsync(3);

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
