namespace Ocpp.Stations.DeviceModels;

/// <summary>Names of components that the specification defines (part 2, appendix 3).</summary>
public static class StandardComponents
{
    /// <summary>Meter values at times of the clock.</summary>
    public const string AlignedDataCtrlr = "AlignedDataCtrlr";

    /// <summary>The authorization cache.</summary>
    public const string AuthCacheCtrlr = "AuthCacheCtrlr";

    /// <summary>Authorization.</summary>
    public const string AuthCtrlr = "AuthCtrlr";

    /// <summary>The communication with vehicles by CHAdeMO.</summary>
    public const string ChademoCtrlr = "CHAdeMOCtrlr";

    /// <summary>The station as a whole.</summary>
    public const string ChargingStation = "ChargingStation";

    /// <summary>What shows the status of charging, such as a light.</summary>
    public const string ChargingStatusIndicator = "ChargingStatusIndicator";

    /// <summary>The clock.</summary>
    public const string ClockCtrlr = "ClockCtrlr";

    /// <summary>A connector of an EVSE.</summary>
    public const string Connector = "Connector";

    /// <summary>The communication with vehicles by IEC 61851.</summary>
    public const string CppwmController = "CPPWMController";

    /// <summary>Extensions of vendors.</summary>
    public const string CustomizationCtrlr = "CustomizationCtrlr";

    /// <summary>The device model, and the limits of its messages.</summary>
    public const string DeviceDataCtrlr = "DeviceDataCtrlr";

    /// <summary>Messages on the display.</summary>
    public const string DisplayMessageCtrlr = "DisplayMessageCtrlr";

    /// <summary>An EVSE.</summary>
    public const string Evse = "EVSE";

    /// <summary>The meter for billing.</summary>
    public const string FiscalMetering = "FiscalMetering";

    /// <summary>The communication with vehicles by ISO 15118.</summary>
    public const string Iso15118Ctrlr = "ISO15118Ctrlr";

    /// <summary>The local authorization list.</summary>
    public const string LocalAuthListCtrlr = "LocalAuthListCtrlr";

    /// <summary>A battery of the station.</summary>
    public const string LocalEnergyStorage = "LocalEnergyStorage";

    /// <summary>Monitors of variables.</summary>
    public const string MonitoringCtrlr = "MonitoringCtrlr";

    /// <summary>The communication with the CSMS.</summary>
    public const string OcppCommCtrlr = "OCPPCommCtrlr";

    /// <summary>Reservations.</summary>
    public const string ReservationCtrlr = "ReservationCtrlr";

    /// <summary>Meter values of transactions.</summary>
    public const string SampledDataCtrlr = "SampledDataCtrlr";

    /// <summary>Security.</summary>
    public const string SecurityCtrlr = "SecurityCtrlr";

    /// <summary>Charging profiles.</summary>
    public const string SmartChargingCtrlr = "SmartChargingCtrlr";

    /// <summary>Tariffs and costs.</summary>
    public const string TariffCostCtrlr = "TariffCostCtrlr";

    /// <summary>A reader of idTokens.</summary>
    public const string TokenReader = "TokenReader";

    /// <summary>Transactions.</summary>
    public const string TxCtrlr = "TxCtrlr";
}
