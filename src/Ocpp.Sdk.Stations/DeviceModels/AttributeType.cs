namespace Ocpp.Stations.DeviceModels;

/// <summary>An attribute of a variable: each has a value of its own.</summary>
public enum AttributeType
{
    /// <summary>The value that the variable has.</summary>
    Actual,

    /// <summary>The value that the variable should get, which may take a while.</summary>
    Target,

    /// <summary>The lowest value that the CSMS allows.</summary>
    MinSet,

    /// <summary>The highest value that the CSMS allows.</summary>
    MaxSet,
}
