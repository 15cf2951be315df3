using Ocpp.Stress.Planning;

namespace Ocpp.Stress.Running;

/// <summary>A call that was made. Under the journal's lock.</summary>
/// <param name="plan">What was planned.</param>
/// <param name="order">Its place among the calls of its lane; none for a handler's.</param>
/// <param name="madeAt">When it was made, on the clock.</param>
internal sealed class MadeCall(CallPlan plan, int? order, long madeAt)
{
    public CallPlan Plan => plan;

    public int? Order => order;

    public long MadeAt => madeAt;

    public CancellationTokenSource Cancellation { get; } = new();

    public bool IsCancelRequested { get; set; }

    /// <summary>Known when its CALL is sent.</summary>
    public string? MessageId { get; set; }

    /// <summary>Another CALL was sent while this one had no answer: it must have ended without one.</summary>
    public bool WasOvertaken { get; set; }

    public Outcome? Outcome { get; set; }
}
