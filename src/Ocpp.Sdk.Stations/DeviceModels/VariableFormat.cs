namespace Ocpp.Stations.DeviceModels;

/// <summary>How values of a type are text.</summary>
/// <param name="DataType">The type that the CSMS sees.</param>
/// <param name="Parse">Reads a value. Returns <see langword="false"/> if the text is not one.</param>
/// <param name="Format">Writes a value, always in the same form.</param>
/// <param name="Number">The number that limits apply to; <see langword="null"/> if they apply to the text.</param>
internal sealed record VariableFormat<T>(
    VariableDataType DataType,
    VariableParser<T> Parse,
    Func<T, string> Format,
    Func<T, decimal>? Number = null
)
{
    /// <summary>The values of which one or some may be chosen.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
