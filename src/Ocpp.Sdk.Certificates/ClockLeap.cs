namespace Ocpp.Certificates;

/// <summary>
/// A clock that is set forward just before a timer is: the timer, which counts from then on, would go off too late.
/// </summary>
internal static class ClockLeap
{
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether more time has passed than passes by itself while a timer is set.</summary>
    public static bool Is(TimeSpan passed) => passed > s_least;
}
