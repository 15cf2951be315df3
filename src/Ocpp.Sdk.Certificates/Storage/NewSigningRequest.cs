using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Storage;

/// <summary>A request that a CSMS is about to accept from a station.</summary>
/// <param name="Station">The identity of the station.</param>
/// <param name="Csr">The CSR.</param>
/// <param name="Uses">What the certificate is for.</param>
public sealed record NewSigningRequest(string Station, CertificateSigningRequest Csr, CertificateUses Uses)
{
    /// <summary>The station's id of the request (A02.FR.24); <see langword="null"/> if it sent none.</summary>
    public int? RequestId { get; init; }

    /// <summary>The root that the certificate is to lead to (A02.FR.27); <see langword="null"/> for any.</summary>
    public CertificateHash? RootCertificate { get; init; }

    /// <summary>
    /// Who holds a new request at first, so that nothing is done with it before its station has been answered. Defaults
    /// to <see langword="null"/>: nobody.
    /// </summary>
    public SigningRequestLease? Lease { get; init; }

    /// <summary>What the history of a request says when its station repeats it.</summary>
    internal const string RepetitionReason = "The station asked again.";

    /// <summary>How often that is written at most: each time is a wait for the disk.</summary>
    internal static readonly TimeSpan RepetitionInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A station may repeat a CSR under another id, or with another root: it is the newest that it waits for. That is
    /// no change of the request itself, so that it conflicts with nobody's work on it. A certificate that is issued has
    /// its root already.
    /// </summary>
    internal SigningRequest Repeat(SigningRequest request) =>
        request with
        {
            RequestId = RequestId ?? request.RequestId,
            RootCertificate = request.Chain is null && RootCertificate is { } root ? root : request.RootCertificate,
        };
}
