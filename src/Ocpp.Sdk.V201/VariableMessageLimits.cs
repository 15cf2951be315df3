namespace Ocpp.V201;

/// <summary>
/// How many variables a station takes in a message, and how many bytes: ItemsPerMessage and BytesPerMessage of its
/// DeviceDataCtrlr. <see cref="VariableExtensions.GetVariableLimitsAsync"/> asks a station for them. A limit that is
/// <see langword="null"/>, the default, is not known and not kept.
/// </summary>
public sealed record VariableMessageLimits
{
    /// <summary>The most variables in a GetVariablesRequest (B06.FR.05).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? ItemsPerGetVariables
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>The largest size of a GetVariablesRequest, in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? BytesPerGetVariables
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>The most variables in a SetVariablesRequest (B05.FR.11).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? ItemsPerSetVariables
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>The largest size of a SetVariablesRequest, in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? BytesPerSetVariables
    {
        get;
        init => field = Checked(value);
    }

    private static int? Checked(int? value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(value));
        return value;
    }
}
