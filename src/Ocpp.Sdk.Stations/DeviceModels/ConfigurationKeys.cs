namespace Ocpp.Stations.DeviceModels;

/// <summary>Configuration keys of OCPP 1.6 that are no variables of later versions.</summary>
public static class ConfigurationKeys
{
    /// <summary>
    /// The component whose variables are configuration keys of OCPP 1.6, each under its name: for those of the
    /// specification without a variable of a later version, and for those of a vendor.
    /// </summary>
    public const string Component = "Configuration";

    /// <summary>The key of HTTP Basic authentication, as 40 hexadecimal digits. It can't be read.</summary>
    public const string AuthorizationKey = "AuthorizationKey";

    /// <summary>The largest number of phases of each connector, and their order.</summary>
    public const string ConnectorPhaseRotation = "ConnectorPhaseRotation";

    /// <summary>How long a status must last to be reported, in seconds.</summary>
    public const string MinimumStatusDuration = "MinimumStatusDuration";

    /// <summary>How many connectors the station has.</summary>
    public const string NumberOfConnectors = "NumberOfConnectors";

    /// <summary>The profiles of the specification that the station supports.</summary>
    public const string SupportedFeatureProfiles = "SupportedFeatureProfiles";
}
