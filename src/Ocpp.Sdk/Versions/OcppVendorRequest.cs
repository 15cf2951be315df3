namespace Ocpp.Versions;

/// <summary>The request of a DataTransfer, as all versions have it.</summary>
/// <param name="VendorId">The vendor.</param>
/// <param name="MessageId">The vendor's message, if it has a name.</param>
/// <param name="Data">The data.</param>
public readonly record struct OcppVendorRequest(string VendorId, string? MessageId, OcppVendorData Data);
