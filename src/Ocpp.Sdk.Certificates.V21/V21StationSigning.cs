using Ocpp.Certificates.Versions;
using Ocpp.V21;

namespace Ocpp.Certificates.V21;

/// <summary>Certificate signing of a station with the messages of OCPP 2.1 (part 2, A02 and A03).</summary>
public sealed class V21StationSigning : StationSigningVersion
{
    /// <summary>The version for stations that handle no triggers but those of certificate signing.</summary>
    public static V21StationSigning Instance { get; } = new();

    /// <summary>
    /// Handles the other triggers of TriggerMessage. Defaults to <see langword="null"/>: they are responded to with
    /// NotImplemented.
    /// </summary>
    public Func<TriggerMessageRequest, OcppRequestContext, Task<TriggerMessageResponse>>? OtherTriggers { get; init; }

    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp21Protocol.Instance;

    /// <inheritdoc/>
    public override IReadOnlyList<CertificateUses> SupportedUses => V21Types.SupportedUses;

    /// <inheritdoc/>
    public override int MaxCsrLength => SignCertificateRequest.CsrMaxLength;

    /// <inheritdoc/>
    public override void AddHandlers(IOcppHandlers handlers, IStationSigningHandler station)
    {
        AddChainHandler(
            handlers,
            station,
            (CertificateSignedRequest request) =>
                new CertificateDelivery(
                    request.CertificateChain,
                    request.CertificateType is null ? null : request.CertificateType.ToUses()
                )
                {
                    RequestId = request.RequestId,
                },
            response => new CertificateSignedResponse
            {
                Status = response.IsAccepted
                    ? CertificateSignedStatusEnumType.Accepted
                    : CertificateSignedStatusEnumType.Rejected,
                StatusInfo = response.Reason.ToStatusInfo(),
            }
        );
        AddTriggerHandler(
            handlers,
            station,
            OtherTriggers,
            (TriggerMessageRequest request) =>
                request.RequestedMessage.ToUses() is { } uses
                    ? new CertificateTrigger(uses) { EvseId = request.Evse?.Id }
                    : null,
            response => new TriggerMessageResponse
            {
                Status = response.Status.ToTriggerStatus(),
                StatusInfo = response.Reason.ToStatusInfo(),
            }
        );
    }

    /// <inheritdoc/>
    public override Task<SigningResponse> SubmitAsync(
        IOcppCaller peer,
        CsrSubmission submission,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(submission);
        return CallAsync(
            peer,
            new SignCertificateRequest
            {
                Csr = submission.Csr,
                CertificateType = submission.Uses.ToCertificateType(),
                RequestId = submission.RequestId, // A02.FR.24
                HashRootCertificate = submission.RootCertificate.ToHashData(), // A02.FR.27
            },
            response =>
                response.Status == GenericStatusEnumType.Accepted
                    ? SigningResponse.Accepted
                    : SigningResponse.Rejected(response.StatusInfo.ToReason()),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public override Task ReportAsync(IOcppCaller peer, SecurityEvent securityEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(securityEvent);
        return peer.CallAsync(
            new SecurityEventNotificationRequest
            {
                Type = securityEvent.Type,
                Timestamp = securityEvent.Timestamp,
                TechInfo = Cut(securityEvent.TechInfo, SecurityEventNotificationRequest.TechInfoMaxLength),
            },
            cancellationToken
        );
    }
}
