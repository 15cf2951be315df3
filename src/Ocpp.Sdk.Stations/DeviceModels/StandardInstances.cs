namespace Ocpp.Stations.DeviceModels;

/// <summary>
/// Instances of variables that the specification defines: those of <see cref="StandardVariables.ItemsPerMessage"/>,
/// <see cref="StandardVariables.BytesPerMessage"/>, <see cref="StandardVariables.MessageAttempts"/>,
/// <see cref="StandardVariables.MessageAttemptInterval"/> and <see cref="StandardVariables.MessageTimeout"/>. Except
/// <see cref="Default"/>, they are names of messages.
/// </summary>
public static class StandardInstances
{
    /// <summary>Of MessageTimeout: for all messages.</summary>
    public const string Default = "Default";

    /// <summary>Of ItemsPerMessage and BytesPerMessage: requests of the CSMS for a report.</summary>
    public const string GetReport = "GetReport";

    /// <summary>Of ItemsPerMessage and BytesPerMessage: requests of the CSMS to read variables.</summary>
    public const string GetVariables = "GetVariables";

    /// <summary>Of ItemsPerMessage and BytesPerMessage: requests of the CSMS to set variables.</summary>
    public const string SetVariables = "SetVariables";

    /// <summary>Of MessageAttempts and MessageAttemptInterval: events of transactions.</summary>
    public const string TransactionEvent = "TransactionEvent";
}
