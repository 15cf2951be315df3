namespace Ocpp.Stations.DeviceModels;

/// <summary>
/// Names of variables that the specification defines (part 2, chapter 2 of the referenced components and variables):
/// those of the parts of a station, and others that many stations have.
/// </summary>
public static class StandardVariables
{
    /// <summary>Whether the component is active.</summary>
    public const string Active = "Active";

    /// <summary>Whether a transaction that is resumed gets energy at once, of TxCtrlr (E17).</summary>
    public const string AllowEnergyTransferResumption = "AllowEnergyTransferResumption";

    /// <summary>Whether an EVSE can be reset on its own (B11.FR.10).</summary>
    public const string AllowReset = "AllowReset";

    /// <summary>Whether the station, EVSE or connector can be used, and is.</summary>
    public const string AvailabilityState = "AvailabilityState";

    /// <summary>Whether the component can be used.</summary>
    public const string Available = "Available";

    /// <summary>The password of the station, of SecurityCtrlr.</summary>
    public const string BasicAuthPassword = "BasicAuthPassword";

    /// <summary>The largest size of a message, of DeviceDataCtrlr and others, by message.</summary>
    public const string BytesPerMessage = "BytesPerMessage";

    /// <summary>How many certificates are installed, of SecurityCtrlr.</summary>
    public const string CertificateEntries = "CertificateEntries";

    /// <summary>How many times a request for a certificate is repeated, of SecurityCtrlr (A02.FR.19).</summary>
    public const string CertSigningRepeatTimes = "CertSigningRepeatTimes";

    /// <summary>The wait until a request for a certificate is repeated, of SecurityCtrlr (A02.FR.17).</summary>
    public const string CertSigningWaitMinimum = "CertSigningWaitMinimum";

    /// <summary>The time of the station, of ClockCtrlr.</summary>
    public const string DateTime = "DateTime";

    /// <summary>Whether the component is switched on.</summary>
    public const string Enabled = "Enabled";

    /// <summary>How long a station waits for the cable, of TxCtrlr.</summary>
    public const string EVConnectionTimeOut = "EVConnectionTimeOut";

    /// <summary>Whether the component works in a limited way.</summary>
    public const string Fallback = "Fallback";

    /// <summary>The interval of heartbeats, of OCPPCommCtrlr.</summary>
    public const string HeartbeatInterval = "HeartbeatInterval";

    /// <summary>The interval of meter values at times of the clock, of AlignedDataCtrlr (J01).</summary>
    public const string Interval = "Interval";

    /// <summary>The largest number of items in a message, of DeviceDataCtrlr and others, by message.</summary>
    public const string ItemsPerMessage = "ItemsPerMessage";

    /// <summary>Whether a station that is offline starts transactions, of AuthCtrlr.</summary>
    public const string LocalAuthorizeOffline = "LocalAuthorizeOffline";

    /// <summary>Whether a station starts transactions before the CSMS has authorized them, of AuthCtrlr.</summary>
    public const string LocalPreAuthorize = "LocalPreAuthorize";

    /// <summary>The energy without a valid idToken, of TxCtrlr (E05.FR.03).</summary>
    public const string MaxEnergyOnInvalidId = "MaxEnergyOnInvalidId";

    /// <summary>What is measured, of AlignedDataCtrlr.</summary>
    public const string Measurands = "Measurands";

    /// <summary>The wait until a message is sent again, of OCPPCommCtrlr, by message (E13.FR.03).</summary>
    public const string MessageAttemptInterval = "MessageAttemptInterval";

    /// <summary>How many times a message is sent, of OCPPCommCtrlr, by message (E13.FR.02).</summary>
    public const string MessageAttempts = "MessageAttempts";

    /// <summary>How long the station waits for a response, of OCPPCommCtrlr.</summary>
    public const string MessageTimeout = "MessageTimeout";

    /// <summary>The model of the station or the component.</summary>
    public const string Model = "Model";

    /// <summary>The order of the network profiles, of OCPPCommCtrlr.</summary>
    public const string NetworkConfigurationPriority = "NetworkConfigurationPriority";

    /// <summary>How many times a network profile is tried, of OCPPCommCtrlr.</summary>
    public const string NetworkProfileConnectionAttempts = "NetworkProfileConnectionAttempts";

    /// <summary>How long a station is offline until it reports its status again, of OCPPCommCtrlr.</summary>
    public const string OfflineThreshold = "OfflineThreshold";

    /// <summary>The operator of the station, of SecurityCtrlr (A00.FR.509).</summary>
    public const string OrganizationName = "OrganizationName";

    /// <summary>Whether the component is overloaded.</summary>
    public const string Overload = "Overload";

    /// <summary>The power.</summary>
    public const string Power = "Power";

    /// <summary>Whether the component has a problem.</summary>
    public const string Problem = "Problem";

    /// <summary>How many times a reset is tried, of OCPPCommCtrlr.</summary>
    public const string ResetRetries = "ResetRetries";

    /// <summary>How long a transaction may be interrupted to be resumed, of TxCtrlr (E17).</summary>
    public const string ResumptionTimeout = "ResumptionTimeout";

    /// <summary>The random part of the wait until the station reconnects, of OCPPCommCtrlr.</summary>
    public const string RetryBackOffRandomRange = "RetryBackOffRandomRange";

    /// <summary>How many times the wait until the station reconnects is doubled, of OCPPCommCtrlr.</summary>
    public const string RetryBackOffRepeatTimes = "RetryBackOffRepeatTimes";

    /// <summary>The shortest wait until the station reconnects, of OCPPCommCtrlr.</summary>
    public const string RetryBackOffWaitMinimum = "RetryBackOffWaitMinimum";

    /// <summary>The security profile in use, of SecurityCtrlr.</summary>
    public const string SecurityProfile = "SecurityProfile";

    /// <summary>
    /// Whether there are meter values at times of the clock only without a transaction, of
    /// AlignedDataCtrlr.
    /// </summary>
    public const string SendDuringIdle = "SendDuringIdle";

    /// <summary>Whether a transaction stops when the cable is unplugged, of TxCtrlr.</summary>
    public const string StopTxOnEVSideDisconnect = "StopTxOnEVSideDisconnect";

    /// <summary>Whether a transaction stops when its idToken is not valid any more, of TxCtrlr.</summary>
    public const string StopTxOnInvalidId = "StopTxOnInvalidId";

    /// <summary>How many phases supply the station, EVSE or connector.</summary>
    public const string SupplyPhases = "SupplyPhases";

    /// <summary>Which limits a transaction can have, of TxCtrlr (E16).</summary>
    public const string SupportedLimits = "SupportedLimits";

    /// <summary>Whether the component has switched itself off.</summary>
    public const string Tripped = "Tripped";

    /// <summary>Whether transactions start before the CSMS has accepted the station, of TxCtrlr.</summary>
    public const string TxBeforeAcceptedEnabled = "TxBeforeAcceptedEnabled";

    /// <summary>
    /// The interval of the samples that the last event of a transaction has, of SampledDataCtrlr and
    /// AlignedDataCtrlr.
    /// </summary>
    public const string TxEndedInterval = "TxEndedInterval";

    /// <summary>What is measured at the end of a transaction, of SampledDataCtrlr.</summary>
    public const string TxEndedMeasurands = "TxEndedMeasurands";

    /// <summary>What is measured at the beginning of a transaction, of SampledDataCtrlr.</summary>
    public const string TxStartedMeasurands = "TxStartedMeasurands";

    /// <summary>When a transaction starts, of TxCtrlr.</summary>
    public const string TxStartPoint = "TxStartPoint";

    /// <summary>When a transaction stops, of TxCtrlr.</summary>
    public const string TxStopPoint = "TxStopPoint";

    /// <summary>The interval of meter values in a transaction, of SampledDataCtrlr.</summary>
    public const string TxUpdatedInterval = "TxUpdatedInterval";

    /// <summary>What is measured in a transaction, of SampledDataCtrlr.</summary>
    public const string TxUpdatedMeasurands = "TxUpdatedMeasurands";

    /// <summary>Whether the cable is unlocked when the vehicle is unplugged, of OCPPCommCtrlr.</summary>
    public const string UnlockOnEVSideDisconnect = "UnlockOnEVSideDisconnect";

    /// <summary>The vendor of the station or the component.</summary>
    public const string VendorName = "VendorName";

    /// <summary>The interval of pings, of OCPPCommCtrlr.</summary>
    public const string WebSocketPingInterval = "WebSocketPingInterval";
}
