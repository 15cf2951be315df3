using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Security;

namespace Ocpp.Certificates.Requests;

/// <summary>
/// A CSR (RFC 2986), read and not yet judged: <see cref="CsrPolicy"/> does that. What it asks for is here to be
/// looked at, never to be copied blindly.
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

    /// <summary>The subject that it asks for.</summary>
    public SubjectName Subject => Content.Subject;

    /// <summary>The subject's O. Empty unless there is exactly one that can be read as a text.</summary>
    public string Organization => Subject.Organization ?? "";

    /// <summary>The subject's CN. Empty unless there is exactly one that can be read as a text.</summary>
    public string CommonName => Subject.CommonName ?? "";

    /// <summary>The key that is to be certified. An EC point that was sent compressed is uncompressed here.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>What the answer will be matched by.</summary>
    public PublicKeyId KeyId { get; }

    /// <summary>In bits; 0 when the key is of a kind that OCPP does not allow.</summary>
    public int KeySize { get; }

    /// <summary>The extensions that it asks for.</summary>
    public IReadOnlyList<X509Extension> RequestedExtensions => Content.Extensions;

    /// <summary>Whether the maker of the CSR has the private key: the CSR's own signature verifies.</summary>
    public bool IsSignatureValid => Signature.IsValid;

    internal CsrContent Content { get; }

    internal SignatureVerification Signature { get; }

    internal KeyKind KeyKind { get; }

    /// <summary>Whether there is text before or after the PEM block.</summary>
    internal bool HasOtherText { get; }

    /// <summary>Writes the CSR in PEM, without anything that stood around it.</summary>
    public string ToPem() => PemEncoding.WriteString(PemLabel, Der.Span);

    /// <summary>Reads a CSR in PEM (RFC 7468).</summary>
    /// <param name="pem">The text. It is not repeated in any message.</param>
    /// <param name="request">The CSR, when the result is <see langword="true"/>.</param>
    /// <param name="fault">What keeps it from being read, when the result is <see langword="false"/>.</param>
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
