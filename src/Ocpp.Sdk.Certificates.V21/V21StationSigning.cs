using Ocpp.Certificates.Versions;
using Ocpp.V21;

namespace Ocpp.Certificates.V21;

/// <summary>Certificate signing of a station with the messages of OCPP 2.1 (part 2, A02 and A03).</summary>
public sealed class V21StationSigning : StationSigningVersion
{
    /// <summary>The version for stations that no trigger but those of certificate signing is for.</summary>
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
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(station);
        handlers
            .On(
                async (CertificateSignedRequest request, OcppRequestContext context) =>
                {
                    CertificateUses? uses = request.CertificateType is null ? null : request.CertificateType.ToUses();
                    SigningResponse response = await station
                        .DeliverAsync(
                            new CertificateDelivery(request.CertificateChain, uses) { RequestId = request.RequestId },
                            context
                        )
                        .ConfigureAwait(false);
                    return new CertificateSignedResponse
                    {
                        Status = response.IsAccepted
                            ? CertificateSignedStatusEnumType.Accepted
                            : CertificateSignedStatusEnumType.Rejected,
                        StatusInfo = response.Reason.ToStatusInfo(),
                    };
                }
            )
            .On(
                async (TriggerMessageRequest request, OcppRequestContext context) =>
                {
                    if (request.RequestedMessage.ToUses() is not { } uses)
                    {
                        return OtherTriggers is null
                            ? new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.NotImplemented }
                            : await OtherTriggers(request, context).ConfigureAwait(false);
                    }

                    // The station has one ISO 15118 controller, whichever EVSE the request names.
                    SigningResponse response = await station.TriggerAsync(uses, context).ConfigureAwait(false);
                    return new TriggerMessageResponse
                    {
                        Status = response.IsAccepted
                            ? TriggerMessageStatusEnumType.Accepted
                            : TriggerMessageStatusEnumType.Rejected,
                        StatusInfo = response.Reason.ToStatusInfo(),
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
        SignCertificateResponse response = await session
            .CallAsync(
                new SignCertificateRequest
                {
                    Csr = submission.Csr,
                    CertificateType = submission.Uses.ToCertificateType(),
                    RequestId = submission.RequestId, // A02.FR.24
                    HashRootCertificate = submission.RootCertificate.ToHashData(), // A02.FR.27
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return response.Status == GenericStatusEnumType.Accepted
            ? SigningResponse.Accepted
            : SigningResponse.Rejected(response.StatusInfo.ToReason());
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
        return session.CallAsync(
            new SecurityEventNotificationRequest
            {
                Type = securityEvent.Type,
                Timestamp = securityEvent.Timestamp,
                TechInfo = securityEvent.TechInfo.Cut(SecurityEventNotificationRequest.TechInfoMaxLength),
            },
            cancellationToken
        );
    }
}
