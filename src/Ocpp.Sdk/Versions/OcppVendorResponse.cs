namespace Ocpp.Versions;

/// <summary>The response of a DataTransfer, as all versions have it.</summary>
/// <param name="Status">What became of the request.</param>
/// <param name="Data">The data.</param>
/// <param name="ReasonCode">A code for the reason, where the version has one.</param>
/// <param name="Reason">The reason in words, where the version has one.</param>
public readonly record struct OcppVendorResponse(
    OcppDataTransferStatus Status,
    OcppVendorData Data = default,
    string? ReasonCode = null,
    string? Reason = null
);
