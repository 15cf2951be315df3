using Ocpp.Orleans.Messages;
using Ocpp.Orleans.Nodes;

namespace Ocpp.Orleans.Tests.Running;

/// <summary>A node that writes calls down, and answers them with Canceled.</summary>
internal sealed class FakeNode : INodeService
{
    public List<StationCall> Calls { get; } = [];

    /// <summary>What the next call throws, before there is a task.</summary>
    public Exception? Throws { get; set; }

    /// <summary>Whether calls are answered.</summary>
    public bool Answers { get; set; } = true;

    public TaskCompletionSource Death { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<CallOutcome> CallAsync(
        string station,
        Guid connection,
        StationCall call,
        CancellationToken cancellationToken
    )
    {
        if (Throws is { } exception)
        {
            Throws = null;
            throw exception;
        }

        Calls.Add(call);
        return Answers
            ? Task.FromResult(new CallOutcome(CallOutcomeKind.Canceled))
            : new TaskCompletionSource<CallOutcome>().Task;
    }

    public Task<bool> CloseAsync(string station, Guid connection, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task DropAsync(string station, Guid connection) => throw new NotSupportedException();

    public Task RenewAsync(string station) => throw new NotSupportedException();

    public Task<NodeConnection?> FindAsync(string station) => throw new NotSupportedException();

    public Task<NodeConnection[]> ListAsync(string? after, int max) => throw new NotSupportedException();

    public Task WatchAsync(SiloAddress watcher) => throw new NotSupportedException();

    public Task UnwatchAsync(SiloAddress watcher) => throw new NotSupportedException();

    public Task ChangedAsync(StationChangeMessage[] changes) => throw new NotSupportedException();
}
