using Ocpp.Certificates.Versions;
using Ocpp.V16;

namespace Ocpp.Certificates.V16;

/// <summary>
/// Certificate signing of a station with the messages of the security extension of OCPP 1.6. They have neither a
/// certificateType nor a request id: a CSR is always for the connection to the CSMS, and its chain is matched by public
/// key. A refusal has no reason on the wire; the station reports it to its operator.
/// </summary>
public sealed class V16StationSigning : StationSigningVersion
{
    /// <summary>The version for stations that handle no trigger but that of certificate signing.</summary>
    public static V16StationSigning Instance { get; } = new();

    /// <summary>
    /// Handles the other triggers of ExtendedTriggerMessage. Defaults to <see langword="null"/>: they are responded to
    /// with NotImplemented.
    /// </summary>
    public Func<
        ExtendedTriggerMessageRequest,
        OcppRequestContext,
        Task<ExtendedTriggerMessageResponse>
    >? OtherTriggers { get; init; }

    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp16Protocol.Instance;

    /// <inheritdoc/>
    public override IReadOnlyList<CertificateUses> SupportedUses => V16Types.SupportedUses;

    /// <inheritdoc/>
    public override int MaxCsrLength => SignCertificateRequest.CsrMaxLength;

    /// <inheritdoc/>
    public override void AddHandlers(IOcppHandlers handlers, IStationSigningHandler station)
    {
        AddChainHandler(
            handlers,
            station,
            (CertificateSignedRequest request) => new CertificateDelivery(request.CertificateChain, Uses: null),
            response => new CertificateSignedResponse
            {
                Status = response.IsAccepted
                    ? CertificateSignedStatusEnumType.Accepted
                    : CertificateSignedStatusEnumType.Rejected,
            }
        );
        AddTriggerHandler(
            handlers,
            station,
            OtherTriggers,
            (ExtendedTriggerMessageRequest request) =>
                request.RequestedMessage == V16Types.Trigger
                    ? new CertificateTrigger(CertificateUses.CsmsConnection)
                    : null,
            response => new ExtendedTriggerMessageResponse { Status = response.Status.ToTriggerStatus() }
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
        V16Types.ThrowIfUnsupported(submission.Uses);
        return CallAsync(
            peer,
            new SignCertificateRequest { Csr = submission.Csr },
            response =>
                response.Status == GenericStatusEnumType.Accepted
                    ? SigningResponse.Accepted
                    : SigningResponse.Rejected(),
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
                Type = V16Types.ToEventType(securityEvent.Type),
                Timestamp = securityEvent.Timestamp,
                TechInfo = Cut(securityEvent.TechInfo, SecurityEventNotificationRequest.TechInfoMaxLength),
            },
            cancellationToken
        );
    }
}
