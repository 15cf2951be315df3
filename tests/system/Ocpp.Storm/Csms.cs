namespace Ocpp.Storm;

/// <summary>What accepts connections: none while it is away, then as many in each second as it can.</summary>
internal sealed class Csms(Setting setting, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private long _second;
    private int _accepted;

    /// <summary>Accepts or refuses a connection now.</summary>
    public bool Accept(bool isElsewhere)
    {
        TimeSpan time = clock.GetElapsedTime(_start);
        if (time < setting.Outage || isElsewhere != setting.HasSecondProfile)
        {
            return false;
        }

        long second = time.Ticks / TimeSpan.TicksPerSecond;
        if (second != _second)
        {
            _second = second;
            _accepted = 0;
        }

        if (_accepted == setting.AcceptsASecond)
        {
            return false;
        }

        _accepted++;
        return true;
    }
}
