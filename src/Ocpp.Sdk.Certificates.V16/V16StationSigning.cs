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
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(station);
        handlers
            .On(
                async (CertificateSignedRequest request, OcppRequestContext context) =>
                {
                    SigningResponse response = await station
                        .DeliverAsync(new CertificateDelivery(request.CertificateChain, Uses: null), context)
                        .ConfigureAwait(false);
                    return new CertificateSignedResponse
                    {
                        Status = response.IsAccepted
                            ? CertificateSignedStatusEnumType.Accepted
                            : CertificateSignedStatusEnumType.Rejected,
                    };
                }
            )
            .On(
                async (ExtendedTriggerMessageRequest request, OcppRequestContext context) =>
                {
                    if (request.RequestedMessage != V16Types.Trigger)
                    {
                        return OtherTriggers is null
                            ? new ExtendedTriggerMessageResponse
                            {
                                Status = TriggerMessageStatusEnumType.NotImplemented,
                            }
                            : await OtherTriggers(request, context).ConfigureAwait(false);
                    }

                    SigningResponse response = await station
                        .TriggerAsync(CertificateUses.CsmsConnection, context)
                        .ConfigureAwait(false);
                    return new ExtendedTriggerMessageResponse
                    {
                        Status = response.IsAccepted
                            ? TriggerMessageStatusEnumType.Accepted
                            : TriggerMessageStatusEnumType.Rejected,
                    };
                }
            );
    }

    /// <inheritdoc/>
    public override async Task<SigningResponse> SubmitAsync(
        OcppSession session,
        CsrSubmission submission,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(submission);
        V16Types.ThrowIfUnsupported(submission.Uses);
        SignCertificateResponse response = await session
            .CallAsync(new SignCertificateRequest { Csr = submission.Csr }, cancellationToken)
            .ConfigureAwait(false);
        return response.Status == GenericStatusEnumType.Accepted
            ? SigningResponse.Accepted
            : SigningResponse.Rejected();
    }

    /// <inheritdoc/>
    public override Task ReportAsync(
        OcppSession session,
        SecurityEvent securityEvent,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(securityEvent);
        string techInfo = securityEvent.TechInfo;
        return session.CallAsync(
            new SecurityEventNotificationRequest
            {
                Type = V16Types.ToEventType(securityEvent.Type),
                Timestamp = securityEvent.Timestamp,
                TechInfo = techInfo[..Math.Min(techInfo.Length, SecurityEventNotificationRequest.TechInfoMaxLength)],
            },
            cancellationToken
        );
    }
}
