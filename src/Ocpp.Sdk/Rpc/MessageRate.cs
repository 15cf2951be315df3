namespace Ocpp.Rpc;

/// <summary>Counts messages against a rate: a full second's worth may come at once.</summary>
internal struct MessageRate(int perSecond, TimeProvider clock)
{
    private double _free = perSecond;
    private long _counted = clock.GetTimestamp();

    /// <returns>Whether one more message is within the rate.</returns>
    public bool TryTake()
    {
        long now = clock.GetTimestamp();
        _free = Math.Min(perSecond, _free + (clock.GetElapsedTime(_counted, now).TotalSeconds * perSecond));
        _counted = now;
        if (_free < 1)
        {
            return false;
        }

        _free--;
        return true;
    }
}
