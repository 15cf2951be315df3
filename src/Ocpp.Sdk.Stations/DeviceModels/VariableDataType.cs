namespace Ocpp.Stations.DeviceModels;

/// <summary>The type of a variable's values, which messages have as text.</summary>
public enum VariableDataType
{
    /// <summary>Any text. The limits are those of its length.</summary>
    Text,

    /// <summary>A number with decimal places.</summary>
    Decimal,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A date and time of RFC 3339.</summary>
    DateTime,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>One of a list of values.</summary>
    OptionList,

    /// <summary>Some of a list of values, in order, separated by commas.</summary>
    SequenceList,

    /// <summary>Some of a list of values, in no particular order, separated by commas.</summary>
    MemberList,
}
