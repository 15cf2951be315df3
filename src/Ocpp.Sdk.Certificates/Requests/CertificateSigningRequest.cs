using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Security;

namespace Ocpp.Certificates.Requests;

/// <summary>
/// A CSR (RFC 2986), read once from its DER. <see cref="CsrPolicy"/> evaluates it. What it requests must never be
/// copied unchecked. Immutable.
/// </summary>
public sealed class CertificateSigningRequest
{
    /// <summary>The longest CSR that OCPP can carry, in characters of PEM: 5500 in all versions.</summary>
    public const int MaxLength = 5500;

    internal const string PemLabel = "CERTIFICATE REQUEST";
    private const string OldPemLabel = "NEW CERTIFICATE REQUEST"; // RFC 7468 section 7: means the same

    private CertificateSigningRequest(CsrContent content, bool hasOtherText)
    {
        Content = content;
        HasOtherText = hasOtherText;
        KeyId = PublicKeyId.Of(content.Key);
        PublicKey = content.Key.ToPublicKey();
        Signature = SignatureVerification.Of(content.Signed, PublicKey);
        (KeyKind, KeySize) = KeyStrength.Measure(PublicKey);
    }

    /// <summary>The CSR as it was sent: in DER, or in BER where a station writes that.</summary>
    public ReadOnlyMemory<byte> Der => Content.Encoded;

    /// <summary>The subject that it requests.</summary>
    public SubjectName Subject => Content.Subject;

    /// <summary>The key to be certified. A compressed EC point is uncompressed here.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The id of the key, by which the chain is matched.</summary>
    public PublicKeyId KeyId { get; }

    /// <summary>The size of the key in bits; 0 if OCPP does not allow keys of its kind.</summary>
    public int KeySize { get; }

    /// <summary>The extensions that it requests.</summary>
    public IReadOnlyList<X509Extension> RequestedExtensions => Content.Extensions;

    /// <summary>Whether the maker of the CSR has the private key: the CSR's own signature verifies.</summary>
    public bool IsSignatureValid => Signature.IsValid;

    internal CsrContent Content { get; }

    internal SignatureVerification Signature { get; }

    internal KeyKind KeyKind { get; }

    /// <summary>Whether there is text before or after the PEM block.</summary>
    internal bool HasOtherText { get; }

    /// <summary>Writes the CSR in PEM, without text around the PEM block.</summary>
    public string ToPem() => PemEncoding.WriteString(PemLabel, Der.Span);

    /// <summary>Reads a CSR that was made here.</summary>
    /// <exception cref="ArgumentException">The bytes are not a CSR.</exception>
    internal static CertificateSigningRequest Read(byte[] der) =>
        CsrContent.TryRead(der, out CsrContent? content, out string? reason)
            ? new CertificateSigningRequest(content, hasOtherText: false)
            : throw new ArgumentException(reason, nameof(der));

    /// <summary>Reads a CSR in PEM (RFC 7468).</summary>
    /// <param name="pem">The text. It is not repeated in any message.</param>
    /// <param name="request">The CSR, if the result is <see langword="true"/>.</param>
    /// <param name="fault">What keeps it from being read, if the result is <see langword="false"/>.</param>
    public static bool TryRead(
        string pem,
        [NotNullWhen(true)] out CertificateSigningRequest? request,
        [NotNullWhen(false)] out CsrFinding? fault
    )
    {
        ArgumentNullException.ThrowIfNull(pem);
        request = null;
        if (!PemEncoding.TryFind(pem, out PemFields block))
        {
            fault = new CsrFinding(CsrCheck.Pem, "The CSR is not in PEM.");
            return false;
        }

        if (pem[block.Label] is not (PemLabel or OldPemLabel))
        {
            fault = new CsrFinding(CsrCheck.Request, $"The PEM block is not labelled {PemLabel}.");
            return false;
        }

        ReadOnlySpan<char> before = pem.AsSpan()[..block.Location.Start];
        ReadOnlySpan<char> after = pem.AsSpan()[block.Location.End..];
        if (
            after.Contains("-----BEGIN", StringComparison.Ordinal)
            || before.Contains("-----BEGIN", StringComparison.Ordinal)
        )
        {
            fault = new CsrFinding(
                CsrCheck.SingleRequest,
                "There is more than one PEM block: it is not clear which is meant."
            );
            return false;
        }

        byte[] der = Convert.FromBase64String(pem[block.Base64Data]);
        if (!CsrContent.TryRead(der, out CsrContent? content, out string? reason))
        {
            fault = new CsrFinding(CsrCheck.Request, reason);
            return false;
        }

        request = new CertificateSigningRequest(content, !before.IsWhiteSpace() || !after.IsWhiteSpace());
        fault = null;
        return true;
    }
}
