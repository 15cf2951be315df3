namespace Ocpp.Stations;

/// <summary>
/// The time of the CSMS: the clock of the station, corrected by what the CSMS says in its responses (B01.FR.06, G02).
/// Time stamps and timers are those of the station's clock, so that waits do not change when the time is set.
/// Thread-safe.
/// </summary>
/// <param name="station">The clock of the station.</param>
public sealed class StationClock(TimeProvider station) : TimeProvider
{
    /// <summary>The latest time that it is set to, so that it can go on and times can be added to it.</summary>
    private static readonly DateTimeOffset s_latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider _station = station ?? throw new ArgumentNullException(nameof(station));
    private long _offset;

    /// <summary>Is called after the time was set. Must not block.</summary>
    internal event Action? Changed;

    /// <summary>How far the clock of the station is behind that of the CSMS; negative if it is ahead.</summary>
    public TimeSpan Offset => new(Volatile.Read(ref _offset));

    /// <inheritdoc/>
    public override long TimestampFrequency => _station.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _station.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _station.GetUtcNow() + Offset;

    /// <inheritdoc/>
    public override long GetTimestamp() => _station.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _station.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the time; one beyond the year 9000 to its beginning.</summary>
    internal void Set(DateTimeOffset now)
    {
        DateTimeOffset possible = now < s_latest ? now : s_latest;
        Volatile.Write(ref _offset, (possible - _station.GetUtcNow()).Ticks);
        Changed?.Invoke();
    }
}
