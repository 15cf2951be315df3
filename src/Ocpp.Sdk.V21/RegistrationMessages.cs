using Ocpp.Versions;

namespace Ocpp.V21;

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

    /// <summary>
    /// A trigger has the name of its action, except those for certificates and those that a vendor has defined.
    /// </summary>
    private static string ActionOf(MessageTriggerEnumType trigger) =>
        trigger switch
        {
            MessageTriggerEnumType.SignChargingStationCertificate
            or MessageTriggerEnumType.SignV2GCertificate
            or MessageTriggerEnumType.SignV2G20Certificate
            or MessageTriggerEnumType.SignCombinedCertificate => SignCertificateRequest.Action,
            MessageTriggerEnumType.CustomTrigger => AnyAction,
            _ => trigger.ToString(),
        };
}
