using System.Diagnostics.CodeAnalysis;

namespace Ocpp.Stations.DeviceModels;

/// <summary>Reads a value from its text.</summary>
/// <returns>Whether the text is a value.</returns>
internal delegate bool VariableParser<T>(string text, [MaybeNullWhen(false)] out T value);
