namespace Ocpp.Stress.Running;

/// <summary>A request that has come, in the receiver's eyes. Under the journal's lock.</summary>
internal sealed class TakenRequest(string messageId, int number)
{
    public string MessageId => messageId;

    public int Number => number;

    public bool IsBegun { get; set; }

    public bool IsEnded { get; set; }

    /// <summary>It was answered in the handler's place: others may have begun since.</summary>
    public bool IsTimedOut { get; set; }

    /// <summary>The handler's.</summary>
    public CancellationToken Token { get; set; }
}
