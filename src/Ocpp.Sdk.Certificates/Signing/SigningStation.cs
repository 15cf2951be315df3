namespace Ocpp.Certificates;

/// <summary>What a <see cref="SigningService"/> has to know of a station.</summary>
public sealed record SigningStation
{
    /// <summary>
    /// What its certificates may be made out to: its serial number (A00.FR.511), and its identity where the operator uses that.
    /// </summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The variable MaxCertificateChainSize of its device model, in characters. Default 10000, OCPP's own limit.</summary>
    public int MaxCertificateChainSize { get; init; } = ChainVerifier.DefaultMaxChainSize;
}
