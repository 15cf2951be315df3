using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Ocpp.V201;

namespace CertificateSigning;

/// <summary>
/// The CSMS: checks CSRs, has them signed, and delivers the certificates (OCPP 2.0.1 part 2, A02 and A03).
/// </summary>
internal sealed class Csms(WireEnd wire, string operatorName, CertificateAuthority authority) : Peer(wire, "csms")
{
    /// <summary>
    /// Whether the station took its certificate; <see langword="null"/> as long as it has not answered.
    /// </summary>
    public CertificateSignedStatusEnumType? StationAnswer { get; private set; }

    /// <inheritdoc/>
    protected override ValueTask OnCallAsync(OcppAction action, OcppFrame call) => action switch
    {
        OcppAction<SignCertificateRequest, SignCertificateResponse> =>
            OcppJson.TryParse(call.Payload, out SignCertificateRequest? request, out OcppViolation violation)
                ? SignCertificateAsync(call.MessageId, request)
                : RefuseAsync(call.MessageId, violation),
        _ => RefuseAsync(call.MessageId, OcppRule.UnhandledAction),
    };

    /// <inheritdoc/>
    protected override void OnResult(OcppFrame result)
    {
        if (OcppJson.TryParse(result.Payload, out CertificateSignedResponse? response, out OcppViolation violation))
        {
            StationAnswer = response.Status;
        }
        else
        {
            Console.Error.WriteLine($"CSMS: the answer to CertificateSigned is invalid. {violation}");
        }
    }

    /// <inheritdoc/>
    protected override void OnError(OcppFrame error) =>
        Console.Error.WriteLine($"CSMS: CertificateSigned failed. {error.ErrorCodeName}: {error.ErrorDescription}");

    private async ValueTask SignCertificateAsync(string messageId, SignCertificateRequest request)
    {
        if (request.CertificateType == CertificateSigningUseEnumType.V2GCertificate)
        {
            await RejectAsync(messageId, "UnsupportedRequest", "This CSMS has no V2G certificate authority.");
            return;
        }

        if (!CsrPolicy.TryAccept(request.Csr, operatorName, out CertificateRequest? csr, out string? refusal))
        {
            await RejectAsync(messageId, "InvalidCSR", refusal);
            return;
        }

        // Accepted is not yet issued: a real certificate authority takes its time. CertificateSigned follows when it
        // is done.
        await AnswerAsync(messageId, new SignCertificateResponse { Status = GenericStatusEnumType.Accepted });
        await CallAsync(new CertificateSignedRequest
        {
            CertificateChain = authority.Issue(csr.SubjectName, csr.PublicKey),
            CertificateType = request.CertificateType, // A02.FR.14
        });
    }

    private ValueTask RejectAsync(string messageId, string reasonCode, string reason) =>
        AnswerAsync(messageId, new SignCertificateResponse
        {
            Status = GenericStatusEnumType.Rejected,
            StatusInfo = new StatusInfoType { ReasonCode = reasonCode, AdditionalInfo = reason },
        });
}
