using Ocpp.Certificates.Keys;
using Ocpp.Security;
using Ocpp.V201;

namespace Ocpp.Certificates.Stations;

/// <summary>Something that happened to a station's certificates. It holds nothing of a key, a CSR or a chain.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="KeyId">The public key it is about, where there is one.</param>
/// <param name="CertificateType">What the certificate is for; <see langword="null"/> for a combined one, and where it
/// is about none.</param>
public sealed record StationCertificateReport(
    StationCertificateReportKind Kind, PublicKeyId? KeyId = null, CertificateSigningUseEnumType? CertificateType = null)
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
        string type = CertificateType is { } one ? $", {one}" : "";
        string key = KeyId is { } id ? $", key {id}" : "";
        return $"{Kind}{type}{key}{(Detail.Length == 0 ? "" : ": " + PrintableText.Of(Detail))}";
    }
}
