using Ocpp.Orleans.Messages;
using Ocpp.Orleans.Nodes;
using Ocpp.Orleans.Tests.Running;

namespace Ocpp.Orleans.Tests;

/// <summary>The way from one node to a station on another.</summary>
public sealed class StationRouteTests
{
    private static readonly StationCall s_call = new("Heartbeat", null, [], null);

    private readonly FakeNodes _nodes = new();
    private readonly Queue<TaskCompletionSource<NodeConnection?>> _located = new();
    private readonly StationRoute _route;
    private int _asked;

    public StationRouteTests() => _route = new StationRoute("CS-1", LocateAsync, _nodes);

    [Fact]
    public async Task A_send_that_throws_does_not_hold_up_those_that_wait_for_the_same_station()
    {
        TaskCompletionSource<NodeConnection?> located = Prepare();
        _nodes[1].Throws = new InvalidOperationException("It can't be sent.");
        Task<CallOutcome> first = _route.CallAsync(s_call, default);
        Task<CallOutcome> second = _route.CallAsync(s_call, default);

        located.SetResult(FakeNodes.ConnectionTo(1));

        await Assert.ThrowsAsync<InvalidOperationException>(() => first.WaitAsync(Cluster.Patience));
        Assert.Equal(CallOutcomeKind.Canceled, (await second.WaitAsync(Cluster.Patience)).Kind);
        CallOutcome third = await _route.CallAsync(s_call, default).WaitAsync(Cluster.Patience);
        Assert.Equal(CallOutcomeKind.Canceled, third.Kind);

        // Those that were sent count from 0: the other node waits for none that was not.
        Assert.Equal([0, 1], _nodes[1].Calls.Select(call => call.Number));
        Assert.Single(_nodes[1].Calls.Select(call => call.Route).Distinct());
    }

    [Fact]
    public async Task A_station_is_located_again_when_the_node_that_held_it_is_known_to_be_lost()
    {
        Prepare().SetResult(FakeNodes.ConnectionTo(1));
        await _route.CallAsync(s_call, default).WaitAsync(Cluster.Patience);
        _nodes.Lost.Add(FakeNodes.ConnectionTo(1).Node);
        Prepare().SetResult(FakeNodes.ConnectionTo(2));

        CallOutcome outcome = await _route.CallAsync(s_call, default).WaitAsync(Cluster.Patience);

        Assert.Equal(CallOutcomeKind.Canceled, outcome.Kind);
        Assert.Single(_nodes[1].Calls);
        Assert.Single(_nodes[2].Calls);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_station_that_is_located_on_a_node_that_is_known_to_be_lost_is_not_connected_there()
    {
        _nodes.Lost.Add(FakeNodes.ConnectionTo(1).Node);
        _nodes[1].Death.SetResult();
        Prepare().SetResult(FakeNodes.ConnectionTo(1));
        Prepare().SetResult(FakeNodes.ConnectionTo(1));

        CallOutcome outcome = await _route.CallAsync(s_call, default).WaitAsync(Cluster.Patience);

        Assert.Equal(CallOutcomeKind.NotConnected, outcome.Kind);
        Assert.Empty(_nodes[1].Calls);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_call_that_a_node_does_not_answer_fails_when_the_node_is_declared_dead()
    {
        Prepare().SetResult(FakeNodes.ConnectionTo(1));
        _nodes[1].Answers = false;
        Task<CallOutcome> call = _route.CallAsync(s_call, default);

        _nodes[1].Death.SetResult();

        var exception = await Assert.ThrowsAsync<SiloUnavailableException>(() => call.WaitAsync(Cluster.Patience));
        Assert.Equal("The node that holds the connection is lost.", exception.Message);
    }

    [Fact]
    public async Task A_station_that_could_not_be_located_is_located_again_with_the_next_call()
    {
        Prepare().SetException(new SiloUnavailableException("The node of the grain is lost."));
        await Assert.ThrowsAsync<SiloUnavailableException>(() =>
            _route.CallAsync(s_call, default).WaitAsync(Cluster.Patience)
        );
        Prepare().SetResult(FakeNodes.ConnectionTo(1));

        await _route.CallAsync(s_call, default).WaitAsync(Cluster.Patience);

        Assert.Single(_nodes[1].Calls);
    }

    private TaskCompletionSource<NodeConnection?> Prepare()
    {
        var located = new TaskCompletionSource<NodeConnection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _located.Enqueue(located);
        return located;
    }

    private Task<NodeConnection?> LocateAsync()
    {
        _asked++;
        return _located.Dequeue().Task;
    }
}
