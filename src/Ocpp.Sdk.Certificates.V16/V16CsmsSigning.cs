using Ocpp.Certificates.Versions;
using Ocpp.V16;

namespace Ocpp.Certificates.V16;

/// <summary>
/// Certificate signing of a CSMS with the messages of the security extension of OCPP 1.6. They have neither a
/// certificateType nor a request id: a CSR is always for the connection to the CSMS, and its chain is matched by public
/// key. A refusal has no reason on the wire; the CSMS reports it to its operator.
/// </summary>
public sealed class V16CsmsSigning : CsmsSigningVersion
{
    private V16CsmsSigning() { }

    /// <summary>The version.</summary>
    public static V16CsmsSigning Instance { get; } = new();

    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp16Protocol.Instance;

    /// <inheritdoc/>
    public override IReadOnlyList<CertificateUses> SupportedUses => V16Types.SupportedUses;

    /// <inheritdoc/>
    public override int MaxCsrLength => SignCertificateRequest.CsrMaxLength;

    /// <inheritdoc/>
    protected override void AddCsrHandler(IOcppHandlers handlers, ICsmsSigningHandler csms) =>
        AddCsrHandler(
            handlers,
            csms,
            (SignCertificateRequest request) => new CsrSubmission(request.Csr, CertificateUses.CsmsConnection),
            response => new SignCertificateResponse
            {
                Status = response.IsAccepted ? GenericStatusEnumType.Accepted : GenericStatusEnumType.Rejected,
            }
        );

    /// <inheritdoc/>
    public override Task<SigningResponse> DeliverAsync(
        IOcppCaller peer,
        CertificateDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return CallAsync(
            peer,
            new CertificateSignedRequest { CertificateChain = delivery.Chain },
            response =>
                response.Status == CertificateSignedStatusEnumType.Accepted
                    ? SigningResponse.Accepted
                    : SigningResponse.Rejected(),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public override Task<SigningResponse> TriggerAsync(
        IOcppCaller peer,
        CertificateTrigger trigger,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(trigger);
        V16Types.ThrowIfUnsupported(trigger.Uses);
        return CallAsync(
            peer,
            new ExtendedTriggerMessageRequest { RequestedMessage = V16Types.Trigger },
            response => new SigningResponse(response.Status.ToStatus()),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public override bool? ReadRegistration(object response) =>
        response is BootNotificationResponse boot ? boot.Status == RegistrationStatus.Accepted : null;
}
