using System.Text.Json;

namespace Ocpp.Versions;

/// <summary>
/// The data of a DataTransfer: a text where the version has nothing else (OCPP 1.6), or any JSON value.
/// </summary>
/// <param name="Text">The text; <see langword="null"/> if there is none.</param>
/// <param name="Json">The JSON value; <see langword="null"/> if there is none.</param>
public readonly record struct OcppVendorData(string? Text, JsonElement? Json)
{
    /// <summary>Whether there is no data: neither a text nor another JSON value than null.</summary>
    public bool IsEmpty => Text is null && Json is null or { ValueKind: JsonValueKind.Null };
}
