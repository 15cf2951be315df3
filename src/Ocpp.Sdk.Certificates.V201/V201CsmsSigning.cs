using Ocpp.Certificates.Versions;
using Ocpp.V201;

namespace Ocpp.Certificates.V201;

/// <summary>Certificate signing of a CSMS with the messages of OCPP 2.0.1 (part 2, A02 and A03).</summary>
public sealed class V201CsmsSigning : CsmsSigningVersion
{
    private V201CsmsSigning() { }

    /// <summary>The version.</summary>
    public static V201CsmsSigning Instance { get; } = new();

    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp201Protocol.Instance;

    /// <inheritdoc/>
    public override IReadOnlyList<CertificateUses> SupportedUses => V201Types.SupportedUses;

    /// <inheritdoc/>
    public override int MaxCsrLength => SignCertificateRequest.CsrMaxLength;

    /// <inheritdoc/>
    protected override void AddCsrHandler(IOcppHandlers handlers, ICsmsSigningHandler csms) =>
        AddCsrHandler(
            handlers,
            csms,
            (SignCertificateRequest request) => new CsrSubmission(request.Csr, request.CertificateType.ToUses()),
            response => new SignCertificateResponse
            {
                Status = response.IsAccepted ? GenericStatusEnumType.Accepted : GenericStatusEnumType.Rejected,
                StatusInfo = response.Reason.ToStatusInfo(),
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
            new CertificateSignedRequest
            {
                CertificateChain = delivery.Chain,
                CertificateType = delivery.Uses?.ToCertificateType(), // A02.FR.14
            },
            response =>
                response.Status == CertificateSignedStatusEnumType.Accepted
                    ? SigningResponse.Accepted
                    : SigningResponse.Rejected(response.StatusInfo.ToReason()),
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
        return CallAsync(
            peer,
            new TriggerMessageRequest
            {
                RequestedMessage = trigger.Uses.ToTrigger(),
                Evse = trigger.EvseId is { } id ? new EVSEType { Id = id } : null,
            },
            response => new SigningResponse(response.Status.ToStatus(), response.StatusInfo.ToReason()),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public override bool? ReadRegistration(object response) =>
        response is BootNotificationResponse boot ? boot.Status == RegistrationStatusEnumType.Accepted : null;
}
