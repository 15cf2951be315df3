namespace Ocpp.Stations.DeviceModels;

/// <summary>The result of setting a value.</summary>
/// <param name="Status">Whether it was set.</param>
public sealed record VariableSetResult(VariableSetStatus Status)
{
    /// <summary>Why it was rejected; otherwise <see langword="null"/>.</summary>
    public VariableRejection? Rejection { get; init; }

    internal static VariableSetResult Rejected(VariableRejection rejection) =>
        new(VariableSetStatus.Rejected) { Rejection = rejection };
}
