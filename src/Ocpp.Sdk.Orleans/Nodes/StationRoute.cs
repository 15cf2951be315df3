using Ocpp.Orleans.Messages;

namespace Ocpp.Orleans.Nodes;

/// <summary>
/// The way from this node to a station on another one. The grain says where the station is; calls then go straight to
/// that node, one message there and one back, in the order in which they are made.
/// </summary>
/// <param name="station">The identity of the station.</param>
/// <param name="locate">Asks the grain of the station where it is.</param>
/// <param name="nodes">The nodes.</param>
internal sealed class StationRoute(string station, Func<Task<NodeConnection?>> locate, INodes nodes)
{
    private readonly object _gate = new();

    /// <summary>What waits until it is known where the station is. Guarded by the lock.</summary>
    private readonly Queue<Action<Task<NodeConnection?>>> _waiting = new();
    private NodeConnection? _connection;
    private Guid _id;
    private long _nextNumber;

    /// <summary>Makes a call.</summary>
    public Task<CallOutcome> CallAsync(StationCall call, CancellationToken cancellationToken) =>
        SendAsync(
            connection =>
                nodes[connection.Node]
                    .CallAsync(
                        station,
                        connection.Id,
                        call with
                        {
                            Caller = nodes.Self,
                            Route = _id,
                            Number = _nextNumber++,
                        },
                        cancellationToken
                    ),
            outcome => outcome.Kind == CallOutcomeKind.NotConnected,
            CallOutcome.NotConnected
        );

    /// <summary>Closes the connection.</summary>
    /// <returns><see langword="false"/> if the station is not connected.</returns>
    public Task<bool> CloseAsync(CancellationToken cancellationToken) =>
        SendAsync(
            connection => nodes[connection.Node].CloseAsync(station, connection.Id, cancellationToken),
            isClosed => !isClosed,
            false
        );

    /// <summary>
    /// Sends a message to the node that holds the connection. If it holds the connection no more, the station may be
    /// elsewhere by now: it is located again, once, for nothing was sent to it.
    /// </summary>
    private async Task<T> SendAsync<T>(Func<NodeConnection, Task<T>> send, Func<T, bool> isNotConnected, T notConnected)
    {
        for (int tries = 0; ; tries++)
        {
            NodeConnection? used = null;
            try
            {
                T result = await SendInOrder(connection =>
                {
                    used = connection;
                    // The grain may not know yet that the node is lost. Nothing is sent, so that nothing is in doubt.
                    return connection is null || nodes.IsDead(connection.Node)
                        ? Task.FromResult(notConnected)
                        : UntilDeadAsync(send(connection), connection.Node);
                });
                if (used is null || !isNotConnected(result))
                {
                    return result;
                }
            }
            catch (Exception exception) when (NodeFailure.IsLost(exception))
            {
                Forget(used);
                throw;
            }

            Forget(used);
            if (tries > 0)
            {
                return notConnected;
            }
        }
    }

    /// <summary>
    /// Waits for an answer as long as the node lives: what was sent to one that was stopped or cut off, and declared
    /// dead, is answered by nobody.
    /// </summary>
    private async Task<T> UntilDeadAsync<T>(Task<T> answer, SiloAddress node)
    {
        await Task.WhenAny(answer, nodes.WhenDeadAsync(node));
        return answer.IsCompleted ? await answer : throw new SiloUnavailableException(NodeFailure.Description);
    }

    private Task<T> SendInOrder<T>(Func<NodeConnection?, Task<T>> send)
    {
        lock (_gate)
        {
            // A node that is known to be lost takes no message: the station may be elsewhere by now.
            if (_connection is { } known && _waiting.Count == 0 && !nodes.IsDead(known.Node))
            {
                return Begin(send, known);
            }

            var sent = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(located =>
                sent.SetResult(
                    located.IsCompletedSuccessfully
                        ? Begin(send, located.Result)
                        : Task.FromException<T>(located.Exception?.InnerException ?? new TaskCanceledException(located))
                )
            );
            if (_waiting.Count == 1)
            {
                _ = LocateAsync();
            }

            return sent.Task.Unwrap();
        }
    }

    /// <summary>
    /// Sends, and does not throw: what waits behind it would never be sent. Called under the lock.
    /// </summary>
    private Task<T> Begin<T>(Func<NodeConnection?, Task<T>> send, NodeConnection? connection)
    {
        try
        {
            return send(connection);
        }
#pragma warning disable CA1031 // The caller gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Use(connection); // Its number is not used: those after it begin anew.
            return Task.FromException<T>(exception);
        }
    }

    /// <summary>Called under the lock.</summary>
    private void Use(NodeConnection? connection) => (_connection, _id, _nextNumber) = (connection, Guid.NewGuid(), 0);

    private async Task LocateAsync()
    {
        Task<NodeConnection?> locating = LocateOnceAsync();
        await ((Task)locating).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding
        );
        lock (_gate)
        {
            Use(locating.IsCompletedSuccessfully ? locating.Result : null);
            while (_waiting.TryDequeue(out Action<Task<NodeConnection?>>? send))
            {
                send(locating);
            }
        }
    }

    private async Task<NodeConnection?> LocateOnceAsync() => await locate();

    private void Forget(NodeConnection? connection)
    {
        lock (_gate)
        {
            if (_connection?.Id == connection?.Id)
            {
                _connection = null;
            }
        }
    }
}
