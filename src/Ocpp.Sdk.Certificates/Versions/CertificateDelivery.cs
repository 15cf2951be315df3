namespace Ocpp.Certificates.Versions;

/// <summary>A chain that a CSMS sends to a station (CertificateSigned).</summary>
/// <param name="Chain">
/// The chain in PEM, as it is sent: the station's certificate first, then the intermediates.
/// </param>
/// <param name="Uses">
/// What the certificate is for: that of its CSR (A02.FR.14). <see langword="null"/> at the station if the CSMS does not
/// say.
/// </param>
/// <param name="RequestId">
/// The number of the request (<see cref="CsrSubmission.RequestId"/>), where the version sends one (A02.FR.25);
/// otherwise <see langword="null"/>, and the request is found by its key.
/// </param>
public sealed record CertificateDelivery(string Chain, CertificateUses? Uses, int? RequestId = null);
