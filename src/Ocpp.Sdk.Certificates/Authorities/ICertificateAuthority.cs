namespace Ocpp.Certificates.Authorities;

/// <summary>
/// A certificate authority, which signs the CSRs of stations. A CSMS forwards CSRs to it instead of signing them itself
/// (A02.FR.04). It may answer at once, hours later, or never. Implementations must be thread-safe.
/// </summary>
public interface ICertificateAuthority
{
    /// <summary>Requests a certificate, or asks again after <see cref="CertificateAuthorityAnswer.Later"/>.</summary>
    /// <param name="order">The CSR, and what is known of its station.</param>
    /// <param name="cancellationToken">
    /// Stops waiting. Whether the authority has signed is unknown then.
    /// </param>
    /// <returns>The answer. Failures are answers too.</returns>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was cancelled.</exception>
    Task<CertificateAuthorityAnswer> SignAsync(SigningOrder order, CancellationToken cancellationToken = default);
}
