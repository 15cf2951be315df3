namespace Ocpp.Stations.DeviceModels;

/// <summary>The reason codes of part 2's appendix that a device model responds with.</summary>
public static class ReasonCodes
{
    /// <summary>The value is not of the variable's type, or not one of its list.</summary>
    public const string InvalidValue = "InvalidValue";

    /// <summary>The value can't be saved.</summary>
    public const string OutOfStorage = "OutOfStorage";

    /// <summary>The attribute can't be set.</summary>
    public const string ReadOnly = "ReadOnly";

    /// <summary>The text is longer than the variable's limit.</summary>
    public const string TooLargeElement = "TooLargeElement";

    /// <summary>The request has the attribute more than once.</summary>
    public const string UnsupportedRequest = "UnsupportedRequest";

    /// <summary>The value is greater than the variable's limit.</summary>
    public const string ValueTooHigh = "ValueTooHigh";

    /// <summary>The value is less than the variable's limit.</summary>
    public const string ValueTooLow = "ValueTooLow";

    /// <summary>The attribute can't be read.</summary>
    public const string WriteOnly = "WriteOnly";
}
