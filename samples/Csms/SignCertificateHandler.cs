using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Ocpp.AspNetCore;
using Ocpp.V201;

namespace Csms;

/// <summary>Checks CSRs, and orders certificates for the good ones (OCPP 2.0.1 part 2, A02 and A03).</summary>
public sealed class SignCertificateHandler(CertificateAuthority authority, CertificateDelivery delivery)
    : IOcppHandler<SignCertificateRequest, SignCertificateResponse>
{
    /// <inheritdoc/>
    public Task<SignCertificateResponse> HandleAsync(SignCertificateRequest request, OcppSession session, CancellationToken cancellationToken) =>
        Task.FromResult(Handle(request, session.Identity));

    private SignCertificateResponse Handle(SignCertificateRequest request, string identity)
    {
        if (request.CertificateType == CertificateSigningUseEnumType.V2GCertificate)
        {
            return Reject("UnsupportedRequest", "This CSMS has no V2G certificate authority.");
        }

        if (!CsrPolicy.TryAccept(request.Csr, authority.OperatorName, identity, out CertificateRequest? csr, out string? refusal))
        {
            return Reject("InvalidCSR", refusal);
        }

        // Accepted is not yet issued: a real certificate authority takes its time. CertificateSigned follows when it is
        // done.
        return delivery.TryOrder(new CertificateOrder(identity, csr.SubjectName, csr.PublicKey, request.CertificateType))
            ? new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }
            : Reject("OutOfMemory", "Too many certificates are on order.");
    }

    private static SignCertificateResponse Reject(string reasonCode, string reason) => new()
    {
        Status = GenericStatusEnumType.Rejected,
        StatusInfo = new StatusInfoType { ReasonCode = reasonCode, AdditionalInfo = reason },
    };
}
