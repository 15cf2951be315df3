namespace Ocpp.Certificates.Authorities;

/// <summary>
/// Whoever signs what stations ask for. A CSMS does not sign itself but forwards to one (A02.FR.04); it may answer at
/// once, in hours, or never. An implementation can be called from several threads.
/// </summary>
public interface ICertificateAuthority
{
    /// <summary>Asks for a certificate, or asks again for one that was promised for later.</summary>
    /// <param name="order">What is to be signed.</param>
    /// <param name="cancellationToken">
    /// Gives up waiting; whether the authority signed meanwhile is then unknown.
    /// </param>
    /// <returns>The answer. Whatever goes wrong is an answer, too.</returns>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was cancelled.</exception>
    Task<CertificateAuthorityAnswer> SignAsync(SigningOrder order, CancellationToken cancellationToken = default);
}
