using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// A certificate that a station was given and accepted, as it stands in its state. The key is in the key store.
/// </summary>
internal sealed class HeldCertificate
{
    /// <exception cref="InvalidDataException">The text is no chain.</exception>
    [JsonConstructor]
    public HeldCertificate(string chain, CertificateUses uses)
    {
        Chain = chain;
        Uses = uses;
        X509Certificate2Collection certificates = Read();
        X509Certificate2 leaf = certificates[0];
        KeyId = PublicKeyId.Of(leaf.PublicKey);
        Fingerprint = leaf.GetCertHashString(HashAlgorithmName.SHA256);
        NotBefore = leaf.NotBefore.ToUniversalTime();
        NotAfter = leaf.NotAfter.ToUniversalTime();
        certificates.DisposeAll();
    }

    /// <summary>The certificate and its intermediates in PEM.</summary>
    public string Chain { get; }

    /// <summary>What it is for.</summary>
    public CertificateUses Uses { get; }

    [JsonIgnore]
    public PublicKeyId KeyId { get; }

    /// <summary>The SHA-256 of the certificate itself.</summary>
    [JsonIgnore]
    public string Fingerprint { get; }

    [JsonIgnore]
    public DateTimeOffset NotBefore { get; }

    [JsonIgnore]
    public DateTimeOffset NotAfter { get; }

    public bool IsValidAt(DateTimeOffset time) => time >= NotBefore && time < NotAfter;

    /// <summary>The certificates, the station's own first. The caller's to dispose.</summary>
    public X509Certificate2Collection Read() =>
        Chain is not null && CertificateChainText.TryRead(Chain, out X509Certificate2Collection? certificates)
            ? certificates
            : throw new InvalidDataException("A chain can't be read.");
}
