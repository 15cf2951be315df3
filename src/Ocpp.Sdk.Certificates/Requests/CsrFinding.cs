namespace Ocpp.Certificates.Requests;

/// <summary>Something that is wrong with a CSR.</summary>
/// <param name="Check">The check that failed.</param>
/// <param name="Reason">What is wrong, as a sentence for the operator. It quotes nothing of the CSR.</param>
public sealed record CsrFinding(CsrCheck Check, string Reason)
{
    /// <summary>
    /// The reason that is sent to the station, from the specification's list of reason codes; at most
    /// 20 characters.
    /// </summary>
    public string ReasonCode =>
        Check switch
        {
            CsrCheck.Length => "TooLargeElement",
            CsrCheck.Encryption => "NotEnabled",
            CsrCheck.RequestId => "DuplicateRequestId",
            _ => "InvalidCSR",
        };
}
