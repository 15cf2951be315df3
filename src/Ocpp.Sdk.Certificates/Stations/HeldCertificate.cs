using System.Text.Json.Serialization;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// A certificate that a station received and accepted, as its state keeps it. The key is in the key store.
/// </summary>
/// <param name="chain">The certificate and its intermediates.</param>
/// <param name="uses">What it is for.</param>
internal sealed class HeldCertificate(CertificateChain chain, CertificateUses uses)
{
    /// <exception cref="InvalidDataException">The text is not a chain.</exception>
    [JsonConstructor]
    public HeldCertificate(string pem, CertificateUses uses)
        : this(
            pem is not null && CertificateChain.TryRead(pem, out CertificateChain? chain)
                ? chain
                : throw new InvalidDataException("A chain can't be read."),
            uses
        ) { }

    [JsonPropertyName("chain")]
    public string Pem => Chain.Pem;

    public CertificateUses Uses { get; } = uses;

    /// <summary>The EVSE that a V2G certificate is for; <see langword="null"/> for the station's controller.</summary>
    public int? EvseId { get; init; }

    [JsonIgnore]
    public CertificatePurpose Purpose => new(Uses, EvseId);

    [JsonIgnore]
    public CertificateChain Chain { get; } = chain;

    [JsonIgnore]
    public PublicKeyId KeyId => Chain.KeyId;

    public bool IsValidAt(DateTimeOffset time) => Chain.Links[0].IsValidAt(time);
}
