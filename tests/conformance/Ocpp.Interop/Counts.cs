namespace Ocpp.Interop;

/// <summary>What came to pass.</summary>
internal sealed class Counts
{
    public int Calls { get; set; }

    public int Answers { get; set; }

    public int Refused { get; set; }

    public int TimedOut { get; set; }

    public int Reconnects { get; set; }

    /// <summary>What the sessions reported that was not on purpose.</summary>
    public int Reports { get; set; }

    public override string ToString() =>
        $"{Calls} calls, {Answers} answers, {Refused} refused, {TimedOut} timed out, {Reconnects} reconnects, "
        + $"{Reports} reports";
}
