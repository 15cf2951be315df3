namespace Ocpp.Certificates.Versions;

/// <summary>A CSR that a station sends to its CSMS (SignCertificate).</summary>
/// <param name="Csr">The CSR in PEM, as it is sent.</param>
/// <param name="Uses">What the certificate is for.</param>
/// <param name="RequestId">
/// The station's number of the request, where the version sends one (from OCPP 2.1 on, A02.FR.24); otherwise
/// <see langword="null"/> at the CSMS, and not sent by the station.
/// </param>
public sealed record CsrSubmission(string Csr, CertificateUses Uses, int? RequestId = null);
