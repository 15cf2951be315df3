using Ocpp;
using Ocpp.V16;

/// <summary>The messages of OCPP 1.6.</summary>
internal static class EveryMessage
{
    public static OcppProtocol Protocol => Ocpp16Protocol.Instance;

    public static void ReadAndWrite(Messages messages)
    {
        messages.ReadAndWrite<AuthorizeRequest, AuthorizeResponse>();
        messages.ReadAndWrite<BootNotificationRequest, BootNotificationResponse>();
        messages.ReadAndWrite<CancelReservationRequest, CancelReservationResponse>();
        messages.ReadAndWrite<CertificateSignedRequest, CertificateSignedResponse>();
        messages.ReadAndWrite<ChangeAvailabilityRequest, ChangeAvailabilityResponse>();
        messages.ReadAndWrite<ChangeConfigurationRequest, ChangeConfigurationResponse>();
        messages.ReadAndWrite<ClearCacheRequest, ClearCacheResponse>();
        messages.ReadAndWrite<ClearChargingProfileRequest, ClearChargingProfileResponse>();
        messages.ReadAndWrite<DataTransferRequest, DataTransferResponse>();
        messages.ReadAndWrite<DeleteCertificateRequest, DeleteCertificateResponse>();
        messages.ReadAndWrite<DiagnosticsStatusNotificationRequest, DiagnosticsStatusNotificationResponse>();
        messages.ReadAndWrite<ExtendedTriggerMessageRequest, ExtendedTriggerMessageResponse>();
        messages.ReadAndWrite<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>();
        messages.ReadAndWrite<GetCompositeScheduleRequest, GetCompositeScheduleResponse>();
        messages.ReadAndWrite<GetConfigurationRequest, GetConfigurationResponse>();
        messages.ReadAndWrite<GetDiagnosticsRequest, GetDiagnosticsResponse>();
        messages.ReadAndWrite<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>();
        messages.ReadAndWrite<GetLocalListVersionRequest, GetLocalListVersionResponse>();
        messages.ReadAndWrite<GetLogRequest, GetLogResponse>();
        messages.ReadAndWrite<HeartbeatRequest, HeartbeatResponse>();
        messages.ReadAndWrite<InstallCertificateRequest, InstallCertificateResponse>();
        messages.ReadAndWrite<LogStatusNotificationRequest, LogStatusNotificationResponse>();
        messages.ReadAndWrite<MeterValuesRequest, MeterValuesResponse>();
        messages.ReadAndWrite<RemoteStartTransactionRequest, RemoteStartTransactionResponse>();
        messages.ReadAndWrite<RemoteStopTransactionRequest, RemoteStopTransactionResponse>();
        messages.ReadAndWrite<ReserveNowRequest, ReserveNowResponse>();
        messages.ReadAndWrite<ResetRequest, ResetResponse>();
        messages.ReadAndWrite<SecurityEventNotificationRequest, SecurityEventNotificationResponse>();
        messages.ReadAndWrite<SendLocalListRequest, SendLocalListResponse>();
        messages.ReadAndWrite<SetChargingProfileRequest, SetChargingProfileResponse>();
        messages.ReadAndWrite<SignCertificateRequest, SignCertificateResponse>();
        messages.ReadAndWrite<SignedFirmwareStatusNotificationRequest, SignedFirmwareStatusNotificationResponse>();
        messages.ReadAndWrite<SignedUpdateFirmwareRequest, SignedUpdateFirmwareResponse>();
        messages.ReadAndWrite<StartTransactionRequest, StartTransactionResponse>();
        messages.ReadAndWrite<StatusNotificationRequest, StatusNotificationResponse>();
        messages.ReadAndWrite<StopTransactionRequest, StopTransactionResponse>();
        messages.ReadAndWrite<TriggerMessageRequest, TriggerMessageResponse>();
        messages.ReadAndWrite<UnlockConnectorRequest, UnlockConnectorResponse>();
        messages.ReadAndWrite<UpdateFirmwareRequest, UpdateFirmwareResponse>();
    }
}
