// Reads and writes every message, so that none is trimmed away. A payload without any property is what each is asked to
// read: who accepts it writes it again.
using Ocpp;
using Ocpp.V201;

int accepted = 0;
int tried = 0;
ReadAndWrite<AuthorizeRequest, AuthorizeResponse>();
ReadAndWrite<BootNotificationRequest, BootNotificationResponse>();
ReadAndWrite<CancelReservationRequest, CancelReservationResponse>();
ReadAndWrite<CertificateSignedRequest, CertificateSignedResponse>();
ReadAndWrite<ChangeAvailabilityRequest, ChangeAvailabilityResponse>();
ReadAndWrite<ClearCacheRequest, ClearCacheResponse>();
ReadAndWrite<ClearChargingProfileRequest, ClearChargingProfileResponse>();
ReadAndWrite<ClearDisplayMessageRequest, ClearDisplayMessageResponse>();
ReadAndWrite<ClearVariableMonitoringRequest, ClearVariableMonitoringResponse>();
ReadAndWrite<ClearedChargingLimitRequest, ClearedChargingLimitResponse>();
ReadAndWrite<CostUpdatedRequest, CostUpdatedResponse>();
ReadAndWrite<CustomerInformationRequest, CustomerInformationResponse>();
ReadAndWrite<DataTransferRequest, DataTransferResponse>();
ReadAndWrite<DeleteCertificateRequest, DeleteCertificateResponse>();
ReadAndWrite<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>();
ReadAndWrite<Get15118EVCertificateRequest, Get15118EVCertificateResponse>();
ReadAndWrite<GetBaseReportRequest, GetBaseReportResponse>();
ReadAndWrite<GetCertificateStatusRequest, GetCertificateStatusResponse>();
ReadAndWrite<GetChargingProfilesRequest, GetChargingProfilesResponse>();
ReadAndWrite<GetCompositeScheduleRequest, GetCompositeScheduleResponse>();
ReadAndWrite<GetDisplayMessagesRequest, GetDisplayMessagesResponse>();
ReadAndWrite<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>();
ReadAndWrite<GetLocalListVersionRequest, GetLocalListVersionResponse>();
ReadAndWrite<GetLogRequest, GetLogResponse>();
ReadAndWrite<GetMonitoringReportRequest, GetMonitoringReportResponse>();
ReadAndWrite<GetReportRequest, GetReportResponse>();
ReadAndWrite<GetTransactionStatusRequest, GetTransactionStatusResponse>();
ReadAndWrite<GetVariablesRequest, GetVariablesResponse>();
ReadAndWrite<HeartbeatRequest, HeartbeatResponse>();
ReadAndWrite<InstallCertificateRequest, InstallCertificateResponse>();
ReadAndWrite<LogStatusNotificationRequest, LogStatusNotificationResponse>();
ReadAndWrite<MeterValuesRequest, MeterValuesResponse>();
ReadAndWrite<NotifyChargingLimitRequest, NotifyChargingLimitResponse>();
ReadAndWrite<NotifyCustomerInformationRequest, NotifyCustomerInformationResponse>();
ReadAndWrite<NotifyDisplayMessagesRequest, NotifyDisplayMessagesResponse>();
ReadAndWrite<NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse>();
ReadAndWrite<NotifyEVChargingScheduleRequest, NotifyEVChargingScheduleResponse>();
ReadAndWrite<NotifyEventRequest, NotifyEventResponse>();
ReadAndWrite<NotifyMonitoringReportRequest, NotifyMonitoringReportResponse>();
ReadAndWrite<NotifyReportRequest, NotifyReportResponse>();
ReadAndWrite<PublishFirmwareRequest, PublishFirmwareResponse>();
ReadAndWrite<PublishFirmwareStatusNotificationRequest, PublishFirmwareStatusNotificationResponse>();
ReadAndWrite<ReportChargingProfilesRequest, ReportChargingProfilesResponse>();
ReadAndWrite<RequestStartTransactionRequest, RequestStartTransactionResponse>();
ReadAndWrite<RequestStopTransactionRequest, RequestStopTransactionResponse>();
ReadAndWrite<ReservationStatusUpdateRequest, ReservationStatusUpdateResponse>();
ReadAndWrite<ReserveNowRequest, ReserveNowResponse>();
ReadAndWrite<ResetRequest, ResetResponse>();
ReadAndWrite<SecurityEventNotificationRequest, SecurityEventNotificationResponse>();
ReadAndWrite<SendLocalListRequest, SendLocalListResponse>();
ReadAndWrite<SetChargingProfileRequest, SetChargingProfileResponse>();
ReadAndWrite<SetDisplayMessageRequest, SetDisplayMessageResponse>();
ReadAndWrite<SetMonitoringBaseRequest, SetMonitoringBaseResponse>();
ReadAndWrite<SetMonitoringLevelRequest, SetMonitoringLevelResponse>();
ReadAndWrite<SetNetworkProfileRequest, SetNetworkProfileResponse>();
ReadAndWrite<SetVariableMonitoringRequest, SetVariableMonitoringResponse>();
ReadAndWrite<SetVariablesRequest, SetVariablesResponse>();
ReadAndWrite<SignCertificateRequest, SignCertificateResponse>();
ReadAndWrite<StatusNotificationRequest, StatusNotificationResponse>();
ReadAndWrite<TransactionEventRequest, TransactionEventResponse>();
ReadAndWrite<TriggerMessageRequest, TriggerMessageResponse>();
ReadAndWrite<UnlockConnectorRequest, UnlockConnectorResponse>();
ReadAndWrite<UnpublishFirmwareRequest, UnpublishFirmwareResponse>();
ReadAndWrite<UpdateFirmwareRequest, UpdateFirmwareResponse>();

Console.WriteLine($"{tried} of {Ocpp201Protocol.Instance.Actions.Count} actions; {accepted} payloads may be empty.");
return tried == Ocpp201Protocol.Instance.Actions.Count && accepted > 0 ? 0 : 1;

void ReadAndWrite<TRequest, TResponse>()
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    tried++;
    accepted += IsWrittenAsRead<TRequest>() ? 1 : 0;
    accepted += IsWrittenAsRead<TResponse>() ? 1 : 0;
}

static bool IsWrittenAsRead<T>()
    where T : class, IOcppPayload<T> =>
    OcppJson.TryParse("{}"u8, out T? value, out _) && OcppJson.ToUtf8Bytes(value).AsSpan().SequenceEqual("{}"u8);
