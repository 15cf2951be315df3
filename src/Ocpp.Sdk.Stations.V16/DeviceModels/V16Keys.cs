using Ocpp.Stations.DeviceModels;

namespace Ocpp.Stations.V16.DeviceModels;

/// <summary>Which variables of the device model are which configuration keys of OCPP 1.6.</summary>
internal static class V16Keys
{
    private static readonly Dictionary<(ComponentId, VariableId), string> s_keys = new()
    {
        [Of("AlignedDataCtrlr", "Interval")] = "ClockAlignedDataInterval",
        [Of("AlignedDataCtrlr", "Measurands")] = "MeterValuesAlignedData",
        [Of("AlignedDataCtrlr", "TxEndedMeasurands")] = "StopTxnAlignedData",
        [Of("AuthCacheCtrlr", "Enabled")] = "AuthorizationCacheEnabled",
        [Of("AuthCtrlr", "AuthorizeRemoteStart")] = "AuthorizeRemoteTxRequests",
        [Of("AuthCtrlr", "LocalAuthorizeOffline")] = "LocalAuthorizeOffline",
        [Of("AuthCtrlr", "LocalPreAuthorize")] = "LocalPreAuthorize",
        [Of("AuthCtrlr", "OfflineTxForUnknownIdEnabled")] = "AllowOfflineTxForUnknownId",
        [Of("DeviceDataCtrlr", "ItemsPerMessage", "GetVariables")] = "GetConfigurationMaxKeys",
        [Of("LocalAuthListCtrlr", "Enabled")] = "LocalAuthListEnabled",
        [Of("LocalAuthListCtrlr", "ItemsPerMessage")] = "SendLocalListMaxLength",
        [Of("OCPPCommCtrlr", "HeartbeatInterval")] = "HeartbeatInterval",
        [Of("OCPPCommCtrlr", "MessageAttempts", "TransactionEvent")] = "TransactionMessageAttempts",
        [Of("OCPPCommCtrlr", "MessageAttemptInterval", "TransactionEvent")] = "TransactionMessageRetryInterval",
        [Of("OCPPCommCtrlr", "ResetRetries")] = "ResetRetries",
        [Of("OCPPCommCtrlr", "UnlockOnEVSideDisconnect")] = "UnlockConnectorOnEVSideDisconnect",
        [Of("OCPPCommCtrlr", "WebSocketPingInterval")] = "WebSocketPingInterval",
        [Of("ReservationCtrlr", "NonEvseSpecific")] = "ReserveConnectorZeroSupported",
        [Of("SampledDataCtrlr", "TxEndedMeasurands")] = "StopTxnSampledData",
        [Of("SampledDataCtrlr", "TxUpdatedInterval")] = "MeterValueSampleInterval",
        [Of("SampledDataCtrlr", "TxUpdatedMeasurands")] = "MeterValuesSampledData",
        [Of("SecurityCtrlr", "AdditionalRootCertificateCheck")] = "AdditionalRootCertificateCheck",
        [Of("SecurityCtrlr", "CertSigningRepeatTimes")] = "CertSigningRepeatTimes",
        [Of("SecurityCtrlr", "CertSigningWaitMinimum")] = "CertSigningWaitMinimum",
        [Of("SecurityCtrlr", "OrganizationName")] = "CpoName",
        [Of("SecurityCtrlr", "SecurityProfile")] = "SecurityProfile",
        [Of("SmartChargingCtrlr", "Entries")] = "MaxChargingProfilesInstalled",
        [Of("SmartChargingCtrlr", "PeriodsPerSchedule")] = "ChargingScheduleMaxPeriods",
        [Of("SmartChargingCtrlr", "Phases3to1")] = "ConnectorSwitch3to1PhaseSupported",
        [Of("SmartChargingCtrlr", "ProfileStackLevel")] = "ChargeProfileMaxStackLevel",
        [Of("TxCtrlr", "EVConnectionTimeOut")] = "ConnectionTimeOut",
        [Of("TxCtrlr", "MaxEnergyOnInvalidId")] = "MaxEnergyOnInvalidId",
        [Of("TxCtrlr", "StopTxOnEVSideDisconnect")] = "StopTransactionOnEVSideDisconnect",
        [Of("TxCtrlr", "StopTxOnInvalidId")] = "StopTransactionOnInvalidId",
    };

    private static readonly ComponentId s_component = new(ConfigurationKeys.Component);

    /// <summary>The variables that are keys, by their keys, which are compared ignoring case.</summary>
    public static Dictionary<string, DeviceVariable> Find(DeviceModel model)
    {
        var keys = new Dictionary<string, DeviceVariable>(StringComparer.OrdinalIgnoreCase);
        foreach (DeviceVariable variable in model.Variables)
        {
            if (KeyOf(variable) is { } key && variable.MutabilityOf(AttributeType.Actual) is not null)
            {
                keys.TryAdd(key, variable);
            }
        }

        return keys;
    }

    /// <summary>The key of a variable; <see langword="null"/> if it is none.</summary>
    public static string? KeyOf(DeviceVariable variable) =>
        variable.Component == s_component && variable.Id.Instance is null
            ? variable.Id.Name
            : s_keys.GetValueOrDefault((variable.Component, variable.Id));

    private static (ComponentId Component, VariableId Variable) Of(
        string component,
        string variable,
        string? instance = null
    ) => (new ComponentId(component), new VariableId(variable) { Instance = instance });
}
