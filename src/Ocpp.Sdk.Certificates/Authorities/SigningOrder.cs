using Ocpp.V201;

namespace Ocpp.Certificates;

/// <summary>What a certificate authority is asked to sign.</summary>
/// <param name="Request">The CSR, accepted by a <see cref="CsrPolicy"/>.</param>
/// <param name="CertificateType">
/// What the certificate is for; <see langword="null"/> for both the connection to the CSMS and that to cars.
/// </param>
public sealed record SigningOrder(CertificateSigningRequest Request, CertificateSigningUseEnumType? CertificateType)
{
    /// <summary>The station's MaxCertificateChainSize where it is known. Default 10000, OCPP's own limit, which is also the most.</summary>
    public int MaxChainSize { get; init => field = Math.Min(value, CertificateSignedRequest.CertificateChainMaxLength); } =
        CertificateSignedRequest.CertificateChainMaxLength;

    /// <summary>What the authority gave with <see cref="CertificateAuthorityAnswer.Later"/>, when it is asked again.</summary>
    public string? Ticket { get; init; }
}
