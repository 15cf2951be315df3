namespace Ocpp.Stations.DeviceModels;

/// <summary>What the CSMS may do with an attribute of a variable.</summary>
public enum VariableMutability
{
    /// <summary>Read and set it.</summary>
    ReadWrite,

    /// <summary>Only read it.</summary>
    ReadOnly,

    /// <summary>Only set it: a secret, such as a password.</summary>
    WriteOnly,
}
