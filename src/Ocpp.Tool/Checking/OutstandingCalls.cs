namespace Ocpp.Tool.Checking;

/// <summary>
/// The CALLs that wait for their answers, by message id: an answer does not say what it answers. Holds the last CALLs
/// only, so that a log in which answers are missing does not fill the memory.
/// </summary>
/// <param name="capacity">How many CALLs back an answer finds its own.</param>
internal sealed class OutstandingCalls(int capacity = 65_536)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly (string? MessageId, OcppAction? Action)[] _calls = new (string?, OcppAction?)[capacity];
    private int _next;

    /// <summary>Notes a CALL. Where one with the same id waits, as in a log of several stations, the new one takes its place.</summary>
    /// <param name="messageId">The id.</param>
    /// <param name="action">The action, or <see langword="null"/> when it is unknown or can't be read.</param>
    public void Add(string messageId, OcppAction? action)
    {
        if (_calls[_next].MessageId is { } oldest)
        {
            _places.Remove(oldest);
        }

        if (_places.TryGetValue(messageId, out int earlier))
        {
            _calls[earlier] = default;
        }

        _calls[_next] = (messageId, action);
        _places[messageId] = _next;
        _next = (_next + 1) % capacity;
    }

    /// <summary>Finds the CALL that an answer belongs to; it waits no longer.</summary>
    /// <returns><see langword="false"/> when there is none.</returns>
    public bool TryTake(string messageId, out OcppAction? action)
    {
        action = null;
        if (!_places.Remove(messageId, out int place))
        {
            return false;
        }

        action = _calls[place].Action;
        _calls[place] = default;
        return true;
    }
}
