using Ocpp.Certificates.V21;
using Ocpp.Certificates.Versions;
using Ocpp.V21;

namespace Ocpp.Certification.Tests;

/// <summary>OCPP 2.1.</summary>
internal sealed class TestMessages21 : TestMessages
{
    public override OcppProtocol Protocol => Ocpp21Protocol.Instance;

    public override CsmsSigningVersion CsmsSigning => V21CsmsSigning.Instance;

    public override StationSigningVersion StationSigning => V21StationSigning.Instance;

    public override string Trigger => nameof(MessageTriggerEnumType.SignChargingStationCertificate);

    public override string? CertificateType => nameof(CertificateSigningUseEnumType.ChargingStationCertificate);

    public override string InvalidCertificateEvent => "InvalidChargingStationCertificate";

    public override string? InvalidCertificateReason => "InvalidCertificate";

    public override int? RequestId => 4711;

    public override void AddBasics(IOcppHandlers csms, Action<string> reported) =>
        csms.On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow })
            .On(
                (SecurityEventNotificationRequest request) =>
                {
                    reported(request.Type);
                    return new SecurityEventNotificationResponse();
                }
            );

    public override void AddCsms(IOcppHandlers csms, Func<CsrMessage, MessageAnswer> requested) =>
        csms.On(
            (SignCertificateRequest request) =>
            {
                MessageAnswer answer = requested(
                    new CsrMessage(request.Csr, request.CertificateType?.ToString(), request.RequestId)
                );
                return new SignCertificateResponse
                {
                    Status = answer.IsAccepted ? GenericStatusEnumType.Accepted : GenericStatusEnumType.Rejected,
                    StatusInfo = answer.ReasonCode is { } reason ? new StatusInfoType { ReasonCode = reason } : null,
                };
            }
        );

    public override void AddStation(
        IOcppHandlers station,
        Action<string> triggered,
        Func<ChainMessage, MessageAnswer> signed
    ) =>
        station
            .On(
                (TriggerMessageRequest request) =>
                {
                    triggered(request.RequestedMessage.ToString());
                    return new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.Accepted };
                }
            )
            .On(
                (CertificateSignedRequest request) =>
                {
                    MessageAnswer answer = signed(
                        new ChainMessage(
                            request.CertificateChain,
                            request.CertificateType?.ToString(),
                            request.RequestId
                        )
                    );
                    return new CertificateSignedResponse
                    {
                        Status = answer.IsAccepted
                            ? CertificateSignedStatusEnumType.Accepted
                            : CertificateSignedStatusEnumType.Rejected,
                        StatusInfo = answer.ReasonCode is { } reason
                            ? new StatusInfoType { ReasonCode = reason }
                            : null,
                    };
                }
            );

    public override async Task<string> TriggerAsync(OcppSession station, string requestedMessage)
    {
        TriggerMessageResponse answer = await station.CallAsync(
            new TriggerMessageRequest { RequestedMessage = Enum.Parse<MessageTriggerEnumType>(requestedMessage) }
        );
        return answer.Status.ToString();
    }

    public override async Task<MessageAnswer> DeliverAsync(OcppSession station, ChainMessage message)
    {
        CertificateSignedResponse answer = await station.CallAsync(
            new CertificateSignedRequest
            {
                CertificateChain = message.Chain,
                CertificateType = TypeOf(message.CertificateType),
                RequestId = message.RequestId,
            }
        );
        return new MessageAnswer(
            answer.Status == CertificateSignedStatusEnumType.Accepted,
            answer.StatusInfo?.ReasonCode
        );
    }

    public override async Task<MessageAnswer> SubmitAsync(OcppClient client, CsrMessage message)
    {
        SignCertificateResponse answer = await client.CallAsync(
            new SignCertificateRequest
            {
                Csr = message.Csr,
                CertificateType = TypeOf(message.CertificateType),
                RequestId = message.RequestId,
            }
        );
        return new MessageAnswer(answer.Status == GenericStatusEnumType.Accepted, answer.StatusInfo?.ReasonCode);
    }

    public override Task HeartbeatAsync(OcppClient client) => client.CallAsync(new HeartbeatRequest());

    public override Task ReportAsync(OcppClient client, string securityEvent) =>
        client.CallAsync(
            new SecurityEventNotificationRequest { Type = securityEvent, Timestamp = DateTimeOffset.UtcNow }
        );

    private static CertificateSigningUseEnumType? TypeOf(string? certificateType) =>
        certificateType is null ? null : Enum.Parse<CertificateSigningUseEnumType>(certificateType);
}
