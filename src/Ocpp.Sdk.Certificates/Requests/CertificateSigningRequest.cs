using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates;

/// <summary>
/// A CSR (RFC 2986), read strictly and not yet judged: <see cref="CsrPolicy"/> does that. What it asks for is here to be
/// looked at, never to be copied blindly.
/// </summary>
public sealed class CertificateSigningRequest
{
    internal const string PemLabel = "CERTIFICATE REQUEST";
    private const string OldPemLabel = "NEW CERTIFICATE REQUEST"; // RFC 7468 section 7: means the same
    private const string MicrosoftExtensionsOid = "1.3.6.1.4.1.311.2.1.14";

    private CertificateSigningRequest(byte[] der, CertificateRequest request, CsrSignature signature, bool hasOtherText)
    {
        Der = der;
        Subject = request.SubjectName;
        PublicKey = request.PublicKey;
        KeyId = PublicKeyId.Of(request.PublicKey);
        RequestedExtensions = [.. request.CertificateExtensions];
        AsksForForeignExtensions = request.OtherRequestAttributes.Any(attribute => attribute.Oid?.Value == MicrosoftExtensionsOid);
        Signature = signature;
        HasOtherText = hasOtherText;
        (KeyKind, KeySize) = KeyStrength.Measure(request.PublicKey);
    }

    /// <summary>The CSR in DER.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The subject that it asks for.</summary>
    public X500DistinguishedName Subject { get; }

    /// <summary>The subject's O. Empty unless there is exactly one.</summary>
    public string Organization => Subject.Organization;

    /// <summary>The subject's CN. Empty unless there is exactly one.</summary>
    public string CommonName => Subject.CommonName;

    /// <summary>The key that is to be certified.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>What the answer will be matched by.</summary>
    public PublicKeyId KeyId { get; }

    /// <summary>In bits; 0 when the key is of a kind that OCPP does not allow.</summary>
    public int KeySize { get; }

    /// <summary>The extensions that it asks for.</summary>
    public IReadOnlyList<X509Extension> RequestedExtensions { get; }

    /// <summary>Whether whoever made the CSR has the private key: the CSR's own signature verifies.</summary>
    public bool IsSignatureValid => Signature.IsValid;

    internal CsrSignature Signature { get; }

    internal KeyKind KeyKind { get; }

    /// <summary>Whether it asks for extensions in an attribute that only some certificate authorities understand.</summary>
    internal bool AsksForForeignExtensions { get; }

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
        [NotNullWhen(false)] out CsrFinding? fault)
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
        if (after.Contains("-----BEGIN", StringComparison.Ordinal) || before.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            fault = new CsrFinding(CsrCheck.SingleRequest, "There is more than one PEM block: it is not clear which is meant.");
            return false;
        }

        byte[] der = Convert.FromBase64String(pem[block.Base64Data]);
        bool hasOtherText = !before.IsWhiteSpace() || !after.IsWhiteSpace();
        fault = Read(der, hasOtherText, out request);
        return request is not null;
    }

    private static CsrFinding? Read(byte[] der, bool hasOtherText, out CertificateSigningRequest? request)
    {
        request = null;
        try
        {
            AsnDecoder.ReadSequence(der, AsnEncodingRules.DER, out _, out _, out int consumed);
            if (consumed < der.Length)
                return new CsrFinding(CsrCheck.Request, $"The CSR is followed by {der.Length - consumed} bytes within its PEM block.");

            // Unsafe by name because the extensions could be copied from it; here they are looked at.
            var loaded = CertificateRequest.LoadSigningRequest(
                der,
                HashAlgorithmName.SHA256,
                CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions | CertificateRequestLoadOptions.SkipSignatureValidation);
            request = new CertificateSigningRequest(der, loaded, CsrSignature.Read(der), hasOtherText);
            return null;
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return new CsrFinding(CsrCheck.Request, "The PEM block holds no certificate signing request (RFC 2986).");
        }
    }
}
