using Ocpp.Certificates.Versions;
using Ocpp.V21;

namespace Ocpp.Certificates.V21;

/// <summary>Certificate signing of a CSMS with the messages of OCPP 2.1 (part 2, A02 and A03).</summary>
public sealed class V21CsmsSigning : CsmsSigningVersion
{
    private V21CsmsSigning() { }

    /// <summary>The version.</summary>
    public static V21CsmsSigning Instance { get; } = new();

    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp21Protocol.Instance;

    /// <inheritdoc/>
    public override IReadOnlyList<CertificateUses> SupportedUses => V21Types.SupportedUses;

    /// <inheritdoc/>
    public override int MaxCsrLength => SignCertificateRequest.CsrMaxLength;

    /// <inheritdoc/>
    protected override void AddCsrHandler(IOcppHandlers handlers, ICsmsSigningHandler csms)
    {
        handlers.On(
            async (SignCertificateRequest request, OcppRequestContext context) =>
            {
                SigningResponse response = await csms.SubmitAsync(
                        new CsrSubmission(request.Csr, request.CertificateType.ToUses())
                        {
                            RequestId = request.RequestId, // A02.FR.24
                            RootCertificate = request.HashRootCertificate.ToCertificateHash(), // A02.FR.27
                        },
                        this,
                        context
                    )
                    .ConfigureAwait(false);
                return new SignCertificateResponse
                {
                    Status = response.IsAccepted ? GenericStatusEnumType.Accepted : GenericStatusEnumType.Rejected,
                    StatusInfo = response.Reason.ToStatusInfo(),
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
            .CallAsync(
                new CertificateSignedRequest
                {
                    CertificateChain = delivery.Chain,
                    CertificateType = delivery.Uses?.ToCertificateType(), // A02.FR.14
                    RequestId = delivery.RequestId, // A02.FR.25
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return response.Status == CertificateSignedStatusEnumType.Accepted
            ? SigningResponse.Accepted
            : SigningResponse.Rejected(response.StatusInfo.ToReason());
    }

    /// <inheritdoc/>
    public override async Task<SigningResponse> TriggerAsync(
        OcppSession session,
        CertificateUses uses,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        TriggerMessageResponse response = await session
            .CallAsync(new TriggerMessageRequest { RequestedMessage = uses.ToTrigger() }, cancellationToken)
            .ConfigureAwait(false);
        return new SigningResponse(
            response.Status switch
            {
                TriggerMessageStatusEnumType.Accepted => SigningStatus.Accepted,
                TriggerMessageStatusEnumType.Rejected => SigningStatus.Rejected,
                _ => SigningStatus.NotImplemented,
            },
            response.StatusInfo.ToReason()
        );
    }

    /// <inheritdoc/>
    public override bool? ReadRegistration(object response) =>
        response is BootNotificationResponse boot ? boot.Status == RegistrationStatusEnumType.Accepted : null;
}
