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
    protected override void AddCsrHandler(IOcppHandlers handlers, ICsmsSigningHandler csms)
    {
        handlers.On(
            async (SignCertificateRequest request, OcppRequestContext context) =>
            {
                SigningResponse response = await csms.SubmitAsync(
                        new CsrSubmission(request.Csr, CertificateUses.CsmsConnection),
                        this,
                        context
                    )
                    .ConfigureAwait(false);
                return new SignCertificateResponse
                {
                    Status = response.IsAccepted ? GenericStatusEnumType.Accepted : GenericStatusEnumType.Rejected,
                };
            }
        );
    }

    /// <inheritdoc/>
    public override async Task<SigningResponse> DeliverAsync(
        OcppSession session,
        CertificateDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(delivery);
        CertificateSignedResponse response = await session
            .CallAsync(new CertificateSignedRequest { CertificateChain = delivery.Chain }, cancellationToken)
            .ConfigureAwait(false);
        return response.Status == CertificateSignedStatusEnumType.Accepted
            ? SigningResponse.Accepted
            : SigningResponse.Rejected();
    }

    /// <inheritdoc/>
    public override async Task<SigningResponse> TriggerAsync(
        OcppSession session,
        CertificateUses uses,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        V16Types.ThrowIfUnsupported(uses);
        ExtendedTriggerMessageResponse response = await session
            .CallAsync(new ExtendedTriggerMessageRequest { RequestedMessage = V16Types.Trigger }, cancellationToken)
            .ConfigureAwait(false);
        return response.Status switch
        {
            TriggerMessageStatusEnumType.Accepted => SigningResponse.Accepted,
            TriggerMessageStatusEnumType.Rejected => SigningResponse.Rejected(),
            _ => SigningResponse.NotImplemented,
        };
    }

    /// <inheritdoc/>
    public override bool? ReadRegistration(object response) =>
        response is BootNotificationResponse boot ? boot.Status == RegistrationStatus.Accepted : null;
}
