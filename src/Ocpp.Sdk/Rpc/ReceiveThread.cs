using System.Diagnostics;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Ocpp.Rpc;

/// <summary>
/// Gives the application the thread of the loop that receives, once the loop no longer needs it: when it waits for the
/// socket. What the peer sends next is received on the thread on which the socket has it, however long this is kept.
/// So no thread is woken up for a request or an answer, unless more has been received already. Used by the loop alone.
/// </summary>
internal sealed class ReceiveThread
{
    /// <summary>
    /// The execution context of the pool's threads, in which handlers run: that of the loop is its caller's. Known once
    /// something was queued.
    /// </summary>
    private static ExecutionContext? s_poolContext;

    private IFollowUp? _followUp;

    /// <summary>Whether the loop has left the thread on which it was begun, which is not its own.</summary>
    private bool _isOwn;

    /// <summary>What is to be done when the loop next waits. One at most.</summary>
    public void Add(IFollowUp followUp)
    {
        Debug.Assert(_followUp is null, "A message asks for one thing.");
        _followUp = followUp;
    }

    /// <summary>Waits for the socket, and does meanwhile what there is to do.</summary>
    public Receiving WaitFor(ValueTask<ValueWebSocketReceiveResult> received) => new(this, received);

    /// <summary>Has a thread of the pool do what there is to do: the loop goes on, or waits for that.</summary>
    public void Release()
    {
        if (_followUp is { } followUp)
        {
            _followUp = null;
            Queue(followUp);
        }
    }

    /// <summary>Does something on a thread of the pool.</summary>
    public static void Queue(IFollowUp followUp) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static followUp =>
            {
                s_poolContext ??= ExecutionContext.Capture();
                followUp.Run();
            },
            followUp,
            preferLocal: false
        );

    private void Suspend(
        ConfiguredValueTaskAwaitable<ValueWebSocketReceiveResult>.ConfiguredValueTaskAwaiter received,
        Action loop
    )
    {
        IFollowUp? followUp = _followUp;
        bool isOwn = _isOwn;
        _followUp = null;
        _isOwn = true;

        // From here on the loop may run on another thread, and use the fields.
        received.UnsafeOnCompleted(loop);
        if (followUp is null)
        {
            return;
        }

        // A socket in memory may complete one receive within another.
        if (isOwn && s_poolContext is { } context && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            ExecutionContext.Run(context, static followUp => ((IFollowUp)followUp!).Run(), followUp);
        }
        else
        {
            Queue(followUp);
        }
    }

    /// <summary>What <see cref="WaitFor"/> returns, to be awaited at once.</summary>
    public readonly struct Receiving(ReceiveThread thread, ValueTask<ValueWebSocketReceiveResult> received)
        : ICriticalNotifyCompletion
    {
        private readonly ConfiguredValueTaskAwaitable<ValueWebSocketReceiveResult>.ConfiguredValueTaskAwaiter _awaiter =
            received.ConfigureAwait(false).GetAwaiter();

        public bool IsCompleted
        {
            get
            {
                if (!_awaiter.IsCompleted)
                {
                    return false;
                }

                thread.Release();
                return true;
            }
        }

        public Receiving GetAwaiter() => this;

        public ValueWebSocketReceiveResult GetResult() => _awaiter.GetResult();

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) => thread.Suspend(_awaiter, continuation);
    }
}
