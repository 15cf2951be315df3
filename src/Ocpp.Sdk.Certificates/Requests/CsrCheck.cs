using Ocpp.Certificates.Signing;

namespace Ocpp.Certificates.Requests;

/// <summary>A check of <see cref="CsrPolicy"/>.</summary>
public enum CsrCheck
{
    /// <summary>The text is PEM. Can't be tolerated.</summary>
    Pem,

    /// <summary>The PEM block is a CSR of RFC 2986, and nothing follows in it. Can't be tolerated.</summary>
    Request,

    /// <summary>There is one PEM block. Can't be tolerated: it would not be clear which is meant.</summary>
    SingleRequest,

    /// <summary>The text has at most 5500 characters, as OCPP's schema requires.</summary>
    Length,

    /// <summary>There is only white space around the PEM block.</summary>
    OtherText,

    /// <summary>
    /// The CSR is built as RFC 2986 has it and encoded in DER: the attributes field is there and in order, an
    /// extension request is one and not empty, the version is right, nothing follows the CSR in its PEM block. What
    /// is tolerated here is read as OpenSSL reads it.
    /// </summary>
    Form,

    /// <summary>The CSR is signed with its own key: its maker has the private half.</summary>
    Signature,

    /// <summary>It is signed with SHA-256 or a longer hash of that family (A00.FR.506).</summary>
    SignatureHash,

    /// <summary>The key is RSA, or EC on a named curve.</summary>
    KeyType,

    /// <summary>
    /// The key has at least 2048 bits for RSA (A00.FR.502), 224 for EC (A00.FR.503), or more where the operator asks
    /// for it.
    /// </summary>
    KeySize,

    /// <summary>
    /// The key has none of the weaknesses that are cheap to find: an RSA exponent less than 65537, a modulus with
    /// small, equal or close factors.
    /// </summary>
    KeyWeakness,

    /// <summary>
    /// No value of the subject has a NUL or another control character. Can't be tolerated: two readers could take it
    /// for different names.
    /// </summary>
    SubjectText,

    /// <summary>O is the operator's name (A00.FR.509).</summary>
    Organization,

    /// <summary>
    /// CN is a name of the station that sent the CSR, not of another one; that of a V2G certificate its SECC id (part
    /// 2, 2.14.9).
    /// </summary>
    CommonName,

    /// <summary>CN is neither a URL nor an IP address (A00.FR.511).</summary>
    CommonNameForm,

    /// <summary>
    /// The subject has no further attributes than those that the operator allows, and C and DC of a V2G certificate
    /// are right (part 2, 2.14.10).
    /// </summary>
    SubjectAttributes,

    /// <summary>
    /// The key is new (A02.FR.02): no other station's, and not that of a certificate that this one got before. The
    /// policy can't know that: <see cref="SigningService"/> looks it up in its store.
    /// </summary>
    KeyReuse,

    /// <summary>
    /// The request id is new (A02.FR.24): no other open request of the station has it. The policy can't know that:
    /// <see cref="SigningService"/> looks it up in its store. If it is tolerated, the station has to match the chains
    /// by their keys.
    /// </summary>
    RequestId,

    /// <summary>
    /// The CSR came over an encrypted connection. The policy can't know that: <see cref="SigningService"/> checks
    /// the session.
    /// </summary>
    Encryption,

    /// <summary>The CSR does not request the certificate of a certificate authority.</summary>
    AuthorityExtension,

    /// <summary>The CSR requests no key usage, plain or extended (A00.FR.514).</summary>
    UsageExtension,

    /// <summary>The CSR requests only extensions that the operator allows.</summary>
    Extensions,
}
