using Ocpp.Versions;

namespace Ocpp.V16;

/// <summary>The messages of a registration.</summary>
internal sealed class RegistrationMessages : OcppRegistrationMessages
{
    public override bool IsRegistration(object request) => request is BootNotificationRequest;

    public override OcppRegistrationStatus? FindStatus(object response) =>
        (response as BootNotificationResponse)?.Status switch
        {
            null => null,
            RegistrationStatus.Accepted => OcppRegistrationStatus.Accepted,
            RegistrationStatus.Pending => OcppRegistrationStatus.Pending,
            _ => OcppRegistrationStatus.Rejected,
        };

    public override string? FindAskedAction(object request) =>
        request switch
        {
            TriggerMessageRequest trigger => trigger.RequestedMessage.ToString(),
            ExtendedTriggerMessageRequest { RequestedMessage: MessageTriggerEnumType.SignChargePointCertificate } =>
                SignCertificateRequest.Action,
            ExtendedTriggerMessageRequest trigger => trigger.RequestedMessage.ToString(),
            _ => null,
        };
}
