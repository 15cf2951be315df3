namespace Ocpp.Certificates;

/// <summary>
/// The response of a station or a CSMS to a request of certificate signing, in any version of OCPP.
/// </summary>
/// <param name="Status">The response.</param>
/// <param name="Reason">Why it is not Accepted; <see langword="null"/> if the peer gave no reason.</param>
public sealed record SigningResponse(SigningStatus Status, RejectionReason? Reason = null)
{
    /// <summary>Accepted.</summary>
    public static SigningResponse Accepted { get; } = new(SigningStatus.Accepted);

    /// <summary>The peer does not implement what was asked for.</summary>
    public static SigningResponse NotImplemented { get; } = new(SigningStatus.NotImplemented);

    /// <summary>Whether the status is Accepted.</summary>
    public bool IsAccepted => Status == SigningStatus.Accepted;

    /// <summary>Rejected.</summary>
    /// <param name="reason">Why; <see langword="null"/> if the peer gave no reason.</param>
    public static SigningResponse Rejected(RejectionReason? reason = null) => new(SigningStatus.Rejected, reason);
}
