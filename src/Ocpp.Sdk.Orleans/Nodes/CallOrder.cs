namespace Ocpp.Orleans.Nodes;

/// <summary>
/// Begins the calls of one route in the order of their numbers, for messages between nodes may overtake each other. A
/// message that is lost holds up those behind it for a short time only.
/// </summary>
internal sealed class CallOrder(Guid route, TimeProvider timeProvider)
{
    public Guid Route { get; } = route;

    /// <summary>A message that has not come by then is lost: others wait for microseconds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private readonly object _gate = new();
    private readonly SortedDictionary<long, Action> _early = [];
    private long _next;
    private ITimer? _timer;

    /// <summary>Begins a call when it is its turn.</summary>
    /// <param name="number">The number of the call, from 0. One that comes after its turn begins at once.</param>
    /// <param name="begin">Begins it. Must not block.</param>
    public Task<T> BeginAsync<T>(long number, Func<Task<T>> begin)
    {
        lock (_gate)
        {
            if (number > _next)
            {
                var begun = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
                _early[number] = () => begun.SetResult(begin());
                _timer ??= timeProvider.CreateTimer(_ => SkipLost(), null, s_patience, Timeout.InfiniteTimeSpan);
                return begun.Task.Unwrap();
            }

            Task<T> call = begin();
            if (number == _next)
            {
                _next++;
                BeginEarly();
            }

            return call;
        }
    }

    private void SkipLost()
    {
        lock (_gate)
        {
            if (_early.Count > 0)
            {
                _next = _early.Keys.First();
                BeginEarly();
            }
        }
    }

    /// <summary>Begins those whose turn has come. Called under the lock.</summary>
    private void BeginEarly()
    {
        while (_early.Remove(_next, out Action? begin))
        {
            _next++;
            begin();
        }

        _timer?.Dispose();
        _timer =
            _early.Count == 0
                ? null
                : timeProvider.CreateTimer(_ => SkipLost(), null, s_patience, Timeout.InfiniteTimeSpan);
    }
}
