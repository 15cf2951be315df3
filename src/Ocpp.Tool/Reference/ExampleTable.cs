namespace Ocpp.Tool.Reference;

/// <summary>
/// Values for the fields of examples, as a reader knows them from practice: by the field's name or, where a name means
/// several things, by type and name. They are for the reader's eyes alone; nothing else depends on them.
/// </summary>
internal static class ExampleTable
{
    public const string AnyJson = """{ "tariff": "night", "pricePerKwh": 0.21 }""";

    private const string Certificate =
        "-----BEGIN CERTIFICATE-----\nMIIBdTCCARugAwIBAgIUQ0gtMDA0MjAKBggqhkjOPQQDAjAbMRkwFwYDVQQDDBBF\n"
        + "-----END CERTIFICATE-----\n";

    /// <summary>Optional fields that an example shows however deep they are.</summary>
    public static IReadOnlySet<string> Shown { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "AuthorizationData.idTokenInfo",
            "ChargingNeedsType.dcChargingParameters",
            "ChargingSchedulePeriodType.numberPhases",
            "ChargingScheduleType.duration",
            "ChargingScheduleType.startSchedule",
            "ChargingStationType.modem",
            "DCChargingParametersType.evEnergyCapacity",
            "DCChargingParametersType.stateOfCharge",
            "SampledValueType.context",
            "SampledValueType.location",
            "SampledValueType.measurand",
        };

    /// <summary>Optional fields that say nothing beside the values that the example has elsewhere.</summary>
    public static IReadOnlySet<string> LeftOut { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "ChargingProfileType.recurrencyKind",
            "EventDataType.cleared",
            "EventDataType.cause",
        };

    /// <summary>
    /// The values of enumerations that make the examples fit together, the first that an enumeration has.
    /// </summary>
    public static IReadOnlyList<string> EnumValues { get; } =
    [
        "Accepted",
        "PowerUp",
        "ISO14443",
        "Ended",
        "StopAuthorized",
        "Local",
        "EVConnected",
        "Available",
        "Operative",
        "Absolute",
        "TxProfile",
        "A",
        "Installed",
        "Uploaded",
        "Published",
        "Unpublished",
        "FullInventory",
        "OnIdle",
        "Energy.Active.Import.Register",
        "Sample.Periodic",
        "Outlet",
        "UTF8",
        "NormalCycle",
        "Charging",
        "OCPP20",
        "CSMSRootCertificate",
        "StatusNotification",
        "ReadWrite",
        "CustomMonitor",
        "Full",
    ];

    public static IReadOnlyDictionary<string, string> Texts { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["actualValue"] = "300",
            ["additionalInfo"] = "Nothing to add",
            ["attributeValue"] = "300",
            ["certificate"] = Certificate,
            ["certificateChain"] = Certificate,
            ["checksum"] = "9e107d9d372bb6826bd81d3542a419d6",
            ["ComponentType.name"] = "OCPPCommCtrlr",
            ["content"] = "Welcome! Please plug in your vehicle.",
            ["csr"] =
                "-----BEGIN CERTIFICATE REQUEST-----\n"
                + "MIHxMIGZAgEAMDcxGTAXBgNVBAoMEEV4YW1wbGUgQ2hhcmdpbmcxGjAYBgNVBAMM\n"
                + "-----END CERTIFICATE REQUEST-----\n",
            ["customerIdentifier"] = "customer-1001",
            ["data"] = "Customer 1001 charged 12 times in 2026.",
            ["exiRequest"] = "gJgCAAAAYWJjZGVmZ2hpamtsbW5vcA==",
            ["exiResponse"] = "gJgCAAAAcXJzdHV2d3h5ejAxMjM0NQ==",
            ["filename"] = "diagnostics-2026-03-14.zip",
            ["firmwareVersion"] = "1.4.2",
            ["iccid"] = "8931086016000000017",
            ["idToken"] = "04A2B3C4D5E680",
            ["imsi"] = "204080000000017",
            ["iso15118SchemaVersion"] = "urn:iso:15118:2:2013:MsgDef",
            ["issuerKeyHash"] = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
            ["issuerNameHash"] = "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9",
            ["language"] = "en",
            ["language1"] = "en",
            ["language2"] = "de",
            ["location"] = "https://firmware.example.com/cs-1.5.0.bin",
            ["messageId"] = "TariffAnnouncement",
            ["model"] = "FastCharge 22",
            ["ocppCsmsUrl"] = "wss://csms.example.com/ocpp",
            ["ocspResult"] = "MIIB0woBAKCCAcwwggHIBgkrBgEFBQcwAQEEggG5",
            ["reasonCode"] = "NoError",
            ["remoteLocation"] = "https://logs.example.com/upload",
            ["responderURL"] = "http://ocsp.example.com",
            ["SecurityEventNotificationRequest.type"] = "FirmwareUpdated",
            ["serialNumber"] = "CS-0042-2026",
            ["CertificateHashDataType.serialNumber"] = "51485b2d30303432",
            ["OCSPRequestDataType.serialNumber"] = "51485b2d30303432",
            ["signature"] = "MEUCIQDx7mN2pQ4tVb0Zk1c8sYl5aWfJr3uHg6eTo9XwRiBdCgIgK2vLhE7n",
            ["signingCertificate"] = Certificate,
            ["techCode"] = "E-1042",
            ["techInfo"] = "Firmware 1.4.2 installed",
            ["EventDataType.techInfo"] = "Set by a technician on site",
            ["transactionId"] = "5f1c7a52-9d34-4c2e-8a0b-6e1d2f3a4b5c",
            ["value"] = "300",
            ["VariableType.name"] = "HeartbeatInterval",
            ["vendorId"] = "com.example",
            ["vendorName"] = "Example Charging",
        };

    public static IReadOnlyDictionary<string, string> Times { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["cacheExpiryDateTime"] = "2026-03-15T09:26:53Z",
            ["departureTime"] = "2026-03-14T17:00:00Z",
            ["endDateTime"] = "2026-03-14T18:00:00Z",
            ["expiryDateTime"] = "2026-03-14T10:30:00Z",
            ["installDateTime"] = "2026-03-15T03:00:00Z",
            ["latestTimestamp"] = "2026-03-14T00:00:00Z",
            ["oldestTimestamp"] = "2026-03-13T00:00:00Z",
            ["retrieveDateTime"] = "2026-03-15T02:00:00Z",
            ["validFrom"] = "2026-03-14T00:00:00Z",
            ["validTo"] = "2026-12-31T23:59:59Z",
        };

    public static IReadOnlyDictionary<string, int> Integers { get; } =
        new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["cableMaxCurrent"] = 32,
            ["chargingPriority"] = 0,
            ["duration"] = 3600,
            ["evEnergyCapacity"] = 60000,
            ["evMaxCurrent"] = 300,
            ["evMaxVoltage"] = 920,
            ["interval"] = 300,
            ["maxScheduleTuples"] = 12,
            ["messageTimeout"] = 30,
            ["numberOfPhasesUsed"] = 3,
            ["numberPhases"] = 3,
            ["remoteStartId"] = 7001,
            ["requestId"] = 42,
            ["reservationId"] = 310,
            ["retries"] = 3,
            ["retryInterval"] = 60,
            ["securityProfile"] = 3,
            ["seqNo"] = 0,
            ["severity"] = 5,
            ["stackLevel"] = 0,
            ["startPeriod"] = 0,
            ["stateOfCharge"] = 35,
            ["timeSpentCharging"] = 5400,
            ["TransactionEventRequest.seqNo"] = 12,
            ["variableMonitoringId"] = 17,
            ["versionNumber"] = 9,
        };

    public static IReadOnlyDictionary<string, decimal> Decimals { get; } =
        new Dictionary<string, decimal>(StringComparer.Ordinal)
        {
            ["limit"] = 16m,
            ["minChargingRate"] = 6m,
            ["SampledValueType.value"] = 12480.5m,
            ["totalCost"] = 8.75m,
            ["value"] = 80m,
        };
}
