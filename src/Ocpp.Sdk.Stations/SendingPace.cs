namespace Ocpp.Stations;

/// <summary>Keeps messages to so many per second, in the long run and at once. Not thread-safe.</summary>
internal sealed class SendingPace(TimeProvider clock, int perSecond)
{
    private double _allowance = perSecond;
    private long _at = clock.GetTimestamp();

    /// <summary>Waits until the next message may be sent.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        Refill();
        if (_allowance < 1)
        {
            // Rounded up to what a timer can count.
            double milliseconds = Math.Ceiling((1 - _allowance) / perSecond * 1000);
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, cancellationToken).ConfigureAwait(false);
            Refill();
        }

        _allowance--;
    }

    private void Refill()
    {
        long now = clock.GetTimestamp();
        double added = clock.GetElapsedTime(_at, now).TotalSeconds * perSecond;
        _allowance = Math.Min(perSecond, _allowance + added);
        _at = now;
    }
}
