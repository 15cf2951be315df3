using Ocpp.Versions;

namespace Ocpp.V201;

/// <summary>The messages of a registration.</summary>
internal sealed class RegistrationMessages : OcppRegistrationMessages
{
    public override bool IsRegistration(object request) => request is BootNotificationRequest;

    public override OcppRegistrationStatus? FindStatus(object response) =>
        (response as BootNotificationResponse)?.Status switch
        {
            null => null,
            RegistrationStatusEnumType.Accepted => OcppRegistrationStatus.Accepted,
            RegistrationStatusEnumType.Pending => OcppRegistrationStatus.Pending,
            _ => OcppRegistrationStatus.Rejected,
        };

    public override string? FindAskedAction(object request) =>
        request switch
        {
            GetBaseReportRequest or GetReportRequest => NotifyReportRequest.Action,
            TriggerMessageRequest trigger => ActionOf(trigger.RequestedMessage),
            _ => null,
        };

    /// <summary>A trigger has the name of its action, except those for certificates.</summary>
    private static string ActionOf(MessageTriggerEnumType trigger) =>
        trigger
            is MessageTriggerEnumType.SignChargingStationCertificate
                or MessageTriggerEnumType.SignV2GCertificate
                or MessageTriggerEnumType.SignCombinedCertificate
            ? SignCertificateRequest.Action
            : trigger.ToString();
}
