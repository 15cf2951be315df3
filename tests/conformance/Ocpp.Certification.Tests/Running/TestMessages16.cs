using Ocpp.Certificates.V16;
using Ocpp.Certificates.Versions;
using Ocpp.V16;

namespace Ocpp.Certification.Tests;

/// <summary>OCPP 1.6 with its security extension.</summary>
internal sealed class TestMessages16 : TestMessages
{
    public override OcppProtocol Protocol => Ocpp16Protocol.Instance;

    public override CsmsSigningVersion CsmsSigning => V16CsmsSigning.Instance;

    public override StationSigningVersion StationSigning => V16StationSigning.Instance;

    public override string Trigger => nameof(MessageTriggerEnumType.SignChargePointCertificate);

    public override string? CertificateType => null;

    public override string InvalidCertificateEvent => "InvalidChargePointCertificate";

    public override string? InvalidCertificateReason => null;

    public override void AddBasics(IOcppHandlers csms, Action<string> reported) =>
        csms.On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow })
            .On(
                (BootNotificationRequest _) =>
                    new BootNotificationResponse
                    {
                        Status = RegistrationStatus.Accepted,
                        CurrentTime = DateTimeOffset.UtcNow,
                        Interval = 300,
                    }
            )
            .On((StatusNotificationRequest _) => new StatusNotificationResponse())
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
                MessageAnswer answer = requested(new CsrMessage(request.Csr, CertificateType: null, RequestId: null));
                return new SignCertificateResponse
                {
                    Status = answer.IsAccepted ? GenericStatusEnumType.Accepted : GenericStatusEnumType.Rejected,
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
                (ExtendedTriggerMessageRequest request) =>
                {
                    triggered(request.RequestedMessage.ToString());
                    return new ExtendedTriggerMessageResponse { Status = TriggerMessageStatusEnumType.Accepted };
                }
            )
            .On(
                (CertificateSignedRequest request) =>
                {
                    MessageAnswer answer = signed(
                        new ChainMessage(request.CertificateChain, CertificateType: null, RequestId: null)
                    );
                    return new CertificateSignedResponse
                    {
                        Status = answer.IsAccepted
                            ? CertificateSignedStatusEnumType.Accepted
                            : CertificateSignedStatusEnumType.Rejected,
                    };
                }
            );

    public override async Task<string> TriggerAsync(OcppSession station, string requestedMessage)
    {
        ExtendedTriggerMessageResponse answer = await station.CallAsync(
            new ExtendedTriggerMessageRequest
            {
                RequestedMessage = Enum.Parse<MessageTriggerEnumType>(requestedMessage),
            }
        );
        return answer.Status.ToString();
    }

    public override async Task<MessageAnswer> DeliverAsync(OcppSession station, ChainMessage message)
    {
        CertificateSignedResponse answer = await station.CallAsync(
            new CertificateSignedRequest { CertificateChain = message.Chain }
        );
        return new MessageAnswer(answer.Status == CertificateSignedStatusEnumType.Accepted);
    }

    public override async Task<MessageAnswer> SubmitAsync(OcppClient client, CsrMessage message)
    {
        SignCertificateResponse answer = await client.CallAsync(new SignCertificateRequest { Csr = message.Csr });
        return new MessageAnswer(answer.Status == GenericStatusEnumType.Accepted);
    }

    public override Task HeartbeatAsync(OcppClient client) => client.CallAsync(new HeartbeatRequest());

    public override Task ReportAsync(OcppClient client, string securityEvent) =>
        client.CallAsync(
            new SecurityEventNotificationRequest { Type = securityEvent, Timestamp = DateTimeOffset.UtcNow }
        );
}
