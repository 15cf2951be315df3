using Ocpp.Certificates.Keys;
using Ocpp.Security;

namespace Ocpp.Certificates.Stations;

/// <summary>Something that happened to a station's certificates. It holds nothing of a key, a CSR or a chain.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="KeyId">The public key it is about, where there is one.</param>
/// <param name="Uses">What the certificate is for; none where it is about no certificate.</param>
public sealed record StationCertificateReport(
    StationCertificateReportKind Kind,
    PublicKeyId? KeyId = null,
    CertificateUses Uses = CertificateUses.None
)
{
    /// <summary>More in words; may be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What failed, where something did.</summary>
    public Exception? Exception { get; init; }

    /// <summary>
    /// The report as a line for a log; what a peer sent is in it as <see cref="PrintableText"/> makes it.
    /// </summary>
    public override string ToString()
    {
        string uses = Uses == CertificateUses.None ? "" : $", {Uses}";
        string key = KeyId is { } id ? $", key {id}" : "";
        return $"{Kind}{uses}{key}{(Detail.Length == 0 ? "" : ": " + PrintableText.Of(Detail))}";
    }
}
