using Ocpp.Rpc;

namespace Ocpp.Tool.Checking;

/// <summary>
/// The CALLs that wait for their answers, by station and message id: an answer does not say what it answers. Holds the
/// last CALLs only, so that a log in which answers are missing does not fill the memory.
/// </summary>
/// <param name="capacity">How many CALLs back an answer finds its own.</param>
internal sealed class OutstandingCalls(int capacity = 65_536)
{
    private readonly Dictionary<CallKey, int> _places = [];
    private readonly (CallKey Key, OcppAction? Action)[] _calls = new (CallKey, OcppAction?)[capacity];
    private int _next;

    /// <summary>Notes a CALL. Where one of the station with the same id waits, the new one takes its place.</summary>
    /// <param name="station">The station; empty if the log is of one.</param>
    /// <param name="messageId">The id.</param>
    /// <param name="action">The action, or <see langword="null"/> if it is unknown or can't be read.</param>
    public void Add(string station, string messageId, OcppAction? action)
    {
        var key = new CallKey(station, messageId);
        if (_calls[_next].Key is { MessageId: not null } oldest)
        {
            _places.Remove(oldest);
        }

        if (_places.TryGetValue(key, out int earlier))
        {
            _calls[earlier] = default;
        }

        _calls[_next] = (key, action);
        _places[key] = _next;
        _next = (_next + 1) % capacity;
    }

    /// <summary>Finds the CALL that an answer belongs to; it waits no longer.</summary>
    /// <returns><see langword="false"/> if there is none.</returns>
    public bool TryTake(string station, string messageId, out OcppAction? action)
    {
        action = null;
        if (!_places.Remove(new CallKey(station, messageId), out int place))
        {
            return false;
        }

        action = _calls[place].Action;
        _calls[place] = default;
        return true;
    }

    private readonly record struct CallKey(string Station, string MessageId);
}
