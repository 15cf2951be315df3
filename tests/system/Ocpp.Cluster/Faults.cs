namespace Ocpp.Cluster;

/// <summary>What happens to the cluster.</summary>
internal sealed class Faults(
    Options options,
    IReadOnlyList<Slot> slots,
    RedisServer redis,
    PostgreSqlCluster? postgreSql
)
{
    /// <summary>Lets it happen, and waits until it is over.</summary>
    /// <param name="node">The node that it happens to.</param>
    /// <param name="time">How long it lasts.</param>
    /// <returns>What happened.</returns>
    public async Task<string> StrikeAsync(int node, TimeSpan time)
    {
        Slot slot = slots[node];
        switch (options.Fault)
        {
            case FaultKind.Kill or FaultKind.Clocks:
                await slot.KillAsync();
                return $"node {node} is killed";

            case FaultKind.Pause:
                await slot.PauseAsync(time);
                return $"node {node} was stopped";

            case FaultKind.Split:
                await slot.SplitAsync(time);
                return $"node {node} was cut off";

            case FaultKind.Redis:
                await redis.StopAsync();
                await Task.Delay(time);
                await redis.StartAsync();
                return "Redis was away";

            default:
                await Own(postgreSql).CrashAsync();
                await Task.Delay(time);
                await Own(postgreSql).StartAgainAsync();
                return "PostgreSQL was away";
        }
    }

    private static PostgreSqlCluster Own(PostgreSqlCluster? postgreSql) =>
        postgreSql ?? throw new InvalidOperationException("Only a PostgreSQL of the trial's own can be ended.");
}
