using Ocpp;
using Ocpp.V201;

/// <summary>The messages of OCPP 2.0.1.</summary>
internal static class EveryMessage
{
    public static OcppProtocol Protocol => Ocpp201Protocol.Instance;

    public static void ReadAndWrite(Messages messages)
    {
        messages.ReadAndWrite<AuthorizeRequest, AuthorizeResponse>();
        messages.ReadAndWrite<BootNotificationRequest, BootNotificationResponse>();
        messages.ReadAndWrite<CancelReservationRequest, CancelReservationResponse>();
        messages.ReadAndWrite<CertificateSignedRequest, CertificateSignedResponse>();
        messages.ReadAndWrite<ChangeAvailabilityRequest, ChangeAvailabilityResponse>();
        messages.ReadAndWrite<ClearCacheRequest, ClearCacheResponse>();
        messages.ReadAndWrite<ClearChargingProfileRequest, ClearChargingProfileResponse>();
        messages.ReadAndWrite<ClearDisplayMessageRequest, ClearDisplayMessageResponse>();
        messages.ReadAndWrite<ClearVariableMonitoringRequest, ClearVariableMonitoringResponse>();
        messages.ReadAndWrite<ClearedChargingLimitRequest, ClearedChargingLimitResponse>();
        messages.ReadAndWrite<CostUpdatedRequest, CostUpdatedResponse>();
        messages.ReadAndWrite<CustomerInformationRequest, CustomerInformationResponse>();
        messages.ReadAndWrite<DataTransferRequest, DataTransferResponse>();
        messages.ReadAndWrite<DeleteCertificateRequest, DeleteCertificateResponse>();
        messages.ReadAndWrite<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>();
        messages.ReadAndWrite<Get15118EVCertificateRequest, Get15118EVCertificateResponse>();
        messages.ReadAndWrite<GetBaseReportRequest, GetBaseReportResponse>();
        messages.ReadAndWrite<GetCertificateStatusRequest, GetCertificateStatusResponse>();
        messages.ReadAndWrite<GetChargingProfilesRequest, GetChargingProfilesResponse>();
        messages.ReadAndWrite<GetCompositeScheduleRequest, GetCompositeScheduleResponse>();
        messages.ReadAndWrite<GetDisplayMessagesRequest, GetDisplayMessagesResponse>();
        messages.ReadAndWrite<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>();
        messages.ReadAndWrite<GetLocalListVersionRequest, GetLocalListVersionResponse>();
        messages.ReadAndWrite<GetLogRequest, GetLogResponse>();
        messages.ReadAndWrite<GetMonitoringReportRequest, GetMonitoringReportResponse>();
        messages.ReadAndWrite<GetReportRequest, GetReportResponse>();
        messages.ReadAndWrite<GetTransactionStatusRequest, GetTransactionStatusResponse>();
        messages.ReadAndWrite<GetVariablesRequest, GetVariablesResponse>();
        messages.ReadAndWrite<HeartbeatRequest, HeartbeatResponse>();
        messages.ReadAndWrite<InstallCertificateRequest, InstallCertificateResponse>();
        messages.ReadAndWrite<LogStatusNotificationRequest, LogStatusNotificationResponse>();
        messages.ReadAndWrite<MeterValuesRequest, MeterValuesResponse>();
        messages.ReadAndWrite<NotifyChargingLimitRequest, NotifyChargingLimitResponse>();
        messages.ReadAndWrite<NotifyCustomerInformationRequest, NotifyCustomerInformationResponse>();
        messages.ReadAndWrite<NotifyDisplayMessagesRequest, NotifyDisplayMessagesResponse>();
        messages.ReadAndWrite<NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse>();
        messages.ReadAndWrite<NotifyEVChargingScheduleRequest, NotifyEVChargingScheduleResponse>();
        messages.ReadAndWrite<NotifyEventRequest, NotifyEventResponse>();
        messages.ReadAndWrite<NotifyMonitoringReportRequest, NotifyMonitoringReportResponse>();
        messages.ReadAndWrite<NotifyReportRequest, NotifyReportResponse>();
        messages.ReadAndWrite<PublishFirmwareRequest, PublishFirmwareResponse>();
        messages.ReadAndWrite<PublishFirmwareStatusNotificationRequest, PublishFirmwareStatusNotificationResponse>();
        messages.ReadAndWrite<ReportChargingProfilesRequest, ReportChargingProfilesResponse>();
        messages.ReadAndWrite<RequestStartTransactionRequest, RequestStartTransactionResponse>();
        messages.ReadAndWrite<RequestStopTransactionRequest, RequestStopTransactionResponse>();
        messages.ReadAndWrite<ReservationStatusUpdateRequest, ReservationStatusUpdateResponse>();
        messages.ReadAndWrite<ReserveNowRequest, ReserveNowResponse>();
        messages.ReadAndWrite<ResetRequest, ResetResponse>();
        messages.ReadAndWrite<SecurityEventNotificationRequest, SecurityEventNotificationResponse>();
        messages.ReadAndWrite<SendLocalListRequest, SendLocalListResponse>();
        messages.ReadAndWrite<SetChargingProfileRequest, SetChargingProfileResponse>();
        messages.ReadAndWrite<SetDisplayMessageRequest, SetDisplayMessageResponse>();
        messages.ReadAndWrite<SetMonitoringBaseRequest, SetMonitoringBaseResponse>();
        messages.ReadAndWrite<SetMonitoringLevelRequest, SetMonitoringLevelResponse>();
        messages.ReadAndWrite<SetNetworkProfileRequest, SetNetworkProfileResponse>();
        messages.ReadAndWrite<SetVariableMonitoringRequest, SetVariableMonitoringResponse>();
        messages.ReadAndWrite<SetVariablesRequest, SetVariablesResponse>();
        messages.ReadAndWrite<SignCertificateRequest, SignCertificateResponse>();
        messages.ReadAndWrite<StatusNotificationRequest, StatusNotificationResponse>();
        messages.ReadAndWrite<TransactionEventRequest, TransactionEventResponse>();
        messages.ReadAndWrite<TriggerMessageRequest, TriggerMessageResponse>();
        messages.ReadAndWrite<UnlockConnectorRequest, UnlockConnectorResponse>();
        messages.ReadAndWrite<UnpublishFirmwareRequest, UnpublishFirmwareResponse>();
        messages.ReadAndWrite<UpdateFirmwareRequest, UpdateFirmwareResponse>();
    }
}
