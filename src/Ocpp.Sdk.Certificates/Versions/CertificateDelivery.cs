namespace Ocpp.Certificates.Versions;

/// <summary>A chain that a CSMS sends to a station (CertificateSigned).</summary>
/// <param name="Chain">
/// The chain in PEM, as it is sent: the station's certificate first, then the intermediates.
/// </param>
/// <param name="Uses">
/// What the certificate is for: that of its CSR (A02.FR.14). <see langword="null"/> at the station if the version has
/// no such field.
/// </param>
public sealed record CertificateDelivery(string Chain, CertificateUses? Uses)
{
    /// <summary>
    /// The id of the request (<see cref="CsrSubmission.RequestId"/>, A02.FR.25). <see langword="null"/> if the version
    /// has none, or the CSR came without one: the request is then found by its key.
    /// </summary>
    public int? RequestId { get; init; }
}
