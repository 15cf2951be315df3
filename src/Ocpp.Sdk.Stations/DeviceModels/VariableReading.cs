namespace Ocpp.Stations.DeviceModels;

/// <summary>The result of reading an attribute.</summary>
/// <param name="Status">Whether it could be read.</param>
public sealed record VariableReading(VariableReadStatus Status)
{
    /// <summary>
    /// The value as text: empty if the attribute has none yet (B06.FR.13); <see langword="null"/> if it could not be
    /// read.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>Why it was rejected; otherwise <see langword="null"/>.</summary>
    public VariableRejection? Rejection { get; init; }
}
