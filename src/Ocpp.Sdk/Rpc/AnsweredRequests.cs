namespace Ocpp.Rpc;

/// <summary>
/// The requests that were answered last, to which a CALLRESULTERROR may refer. A peer that keeps to one outstanding
/// CALL refers to the last or the one before. Keeps no payload.
/// </summary>
internal sealed class AnsweredRequests
{
    private const int Capacity = 8;

    private readonly (string? MessageId, string Action, Action<OcppResponseError>? Rejected)[] _answered = new (
        string?,
        string,
        Action<OcppResponseError>?
    )[Capacity];
    private int _next;

    /// <summary>Adds a request whose response is about to be sent, in place of the oldest.</summary>
    public void Add(string messageId, string action, Action<OcppResponseError>? rejected)
    {
        lock (_answered)
        {
            _answered[_next] = (messageId, action, rejected);
            _next = (_next + 1) % Capacity;
        }
    }

    /// <summary>Takes the request that an error refers to: each is taken once.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(string messageId, out string action, out Action<OcppResponseError>? rejected)
    {
        lock (_answered)
        {
            // From the newest: a repeated message may keep its id.
            int index = -1;
            for (int age = 1; age <= Capacity && index < 0; age++)
            {
                int place = (_next + Capacity - age) % Capacity;
                index = _answered[place].MessageId == messageId ? place : -1;
            }

            (_, action, rejected) = index < 0 ? default : _answered[index];
            if (index >= 0)
            {
                _answered[index] = default;
            }

            return index >= 0;
        }
    }
}
