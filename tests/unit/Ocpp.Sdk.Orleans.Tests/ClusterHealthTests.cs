using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Ocpp.Orleans.Nodes;
using Ocpp.Orleans.Tests.Running;
using Orleans.Configuration;

namespace Ocpp.Orleans.Tests;

/// <summary>What a node says of its cluster, and of its own place in it.</summary>
public sealed class ClusterHealthTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private static readonly DateTime s_now = DateTime.UtcNow;

    [Fact]
    public async Task A_node_of_a_complete_cluster_is_healthy()
    {
        foreach (Node node in new[] { fixture.Cluster[0], fixture.Cluster[1], fixture.Cluster[2] })
        {
            HealthReportEntry entry = await CheckAsync(node);

            Assert.Equal(HealthStatus.Healthy, entry.Status);
            Assert.Equal("The cluster is complete.", entry.Description);
            Assert.Equal(node.Address.ToParsableString(), entry.Data["node"]);
            Assert.Equal(3, entry.Data["nodes"]);
            Assert.Empty((string[])entry.Data["suspected"]);
        }
    }

    [Fact]
    public async Task A_node_that_has_stopped_is_unhealthy_and_those_left_are_healthy()
    {
        await using Cluster cluster = await Cluster.StartAsync(2);

        await cluster[1].StopAsync();
        await cluster[0].WhenClusterHasAsync(1).WaitAsync(Cluster.Patience);

        HealthReportEntry stopped = await CheckAsync(cluster[1]);
        Assert.Equal(HealthStatus.Unhealthy, stopped.Status);
        Assert.StartsWith("This node is not active: ", stopped.Description, StringComparison.Ordinal);
        HealthReportEntry left = await CheckAsync(cluster[0]);
        Assert.Equal(HealthStatus.Healthy, left.Status);
        Assert.Equal(1, left.Data["nodes"]);
    }

    [Fact]
    public async Task A_node_that_the_others_have_declared_dead_is_unhealthy_before_it_knows()
    {
        HealthCheckResult result = await CheckAsync(Stored(SiloStatus.Dead));

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Equal("The other nodes take this node for Dead.", result.Description);
    }

    [Fact]
    public async Task A_node_that_is_not_in_the_store_is_unhealthy()
    {
        HealthCheckResult result = await CheckAsync(Task.FromResult(new MembershipTableData(new TableVersion(1, "1"))));

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Equal("This node is not in the membership store.", result.Description);
    }

    [Fact]
    public async Task A_node_that_is_suspected_degrades_until_the_vote_expires()
    {
        TimeSpan expiration = new ClusterMembershipOptions().DeathVoteExpirationTimeout;

        HealthCheckResult suspected = await CheckAsync(Stored(SiloStatus.Active, votedAt: s_now));
        HealthCheckResult expired = await CheckAsync(
            Stored(SiloStatus.Active, votedAt: s_now - expiration - TimeSpan.FromSeconds(1))
        );

        string name = fixture.Cluster[0].Address.ToParsableString();
        Assert.Equal(HealthStatus.Degraded, suspected.Status);
        Assert.Equal($"Suspected of being lost: {name}.", suspected.Description);
        Assert.Equal([name], (string[])suspected.Data["suspected"]);
        Assert.Equal(HealthStatus.Healthy, expired.Status);
        Assert.Empty((string[])expired.Data["suspected"]);
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_degrades()
    {
        var failure = new IOException();

        HealthCheckResult result = await CheckAsync(Task.FromException<MembershipTableData>(failure));

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Equal("The membership store can't be reached.", result.Description);
        Assert.Same(failure, result.Exception);
        Assert.Equal(3, result.Data["nodes"]);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_in_time_degrades()
    {
        HealthCheckResult result = await CheckAsync(
            new TaskCompletionSource<MembershipTableData>().Task,
            new EndedTime()
        );

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.IsType<TimeoutException>(result.Exception);
    }

    [Fact]
    public async Task A_check_that_is_cancelled_says_nothing_of_the_store()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            CheckAsync(new TaskCompletionSource<MembershipTableData>().Task, cancellationToken: cancelled.Token)
        );
    }

    private static async Task<HealthReportEntry> CheckAsync(Node node)
    {
        HealthReport report = await node.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["ocpp-cluster"];
    }

    /// <summary>The check of the first node, over a store that holds something else.</summary>
    private Task<HealthCheckResult> CheckAsync(
        Task<MembershipTableData> stored,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default
    )
    {
        IServiceProvider services = fixture.Cluster[0].Services;
        var check = new ClusterHealthCheck(
            services.GetRequiredService<IClusterMembershipService>(),
            StubStore.Create(stored),
            services.GetRequiredService<ILocalSiloDetails>(),
            Options.Create(new ClusterMembershipOptions()),
            timeProvider ?? TimeProvider.System
        );
        var registration = new HealthCheckRegistration("ocpp-cluster", check, HealthStatus.Unhealthy, []);
        return check.CheckHealthAsync(new HealthCheckContext { Registration = registration }, cancellationToken);
    }

    /// <summary>A store that knows the first node only.</summary>
    private Task<MembershipTableData> Stored(SiloStatus status, DateTime? votedAt = null)
    {
        var entry = new MembershipEntry
        {
            SiloAddress = fixture.Cluster[0].Address,
            Status = status,
            SuspectTimes = votedAt is { } time ? [Tuple.Create(fixture.Cluster[1].Address, time)] : null,
        };
        return Task.FromResult(new MembershipTableData(Tuple.Create(entry, "1"), new TableVersion(1, "1")));
    }
}
