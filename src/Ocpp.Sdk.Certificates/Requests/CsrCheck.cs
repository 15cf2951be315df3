namespace Ocpp.Certificates;

/// <summary>What <see cref="CsrPolicy"/> looks at.</summary>
public enum CsrCheck
{
    /// <summary>The text is PEM. Can't be tolerated.</summary>
    Pem,

    /// <summary>The PEM block is a CSR of RFC 2986, and nothing follows in it. Can't be tolerated.</summary>
    Request,

    /// <summary>There is one PEM block. Can't be tolerated: it would not be clear which is meant.</summary>
    SingleRequest,

    /// <summary>The text has at most 5500 characters, as OCPP's schema says.</summary>
    Length,

    /// <summary>Nothing but white space stands around the PEM block.</summary>
    OtherText,

    /// <summary>The CSR is signed with its own key: whoever made it has the private half.</summary>
    Signature,

    /// <summary>It is signed with SHA-256 or a longer hash of that family (A00.FR.506).</summary>
    SignatureHash,

    /// <summary>The key is RSA, or EC on a named curve.</summary>
    KeyType,

    /// <summary>
    /// The key has at least 2048 bits for RSA (A00.FR.502), 224 for EC (A00.FR.503), or more where the operator asks for it.
    /// </summary>
    KeySize,

    /// <summary>O is the operator's name (A00.FR.509).</summary>
    Organization,

    /// <summary>CN is a name of the station that sent the CSR, not of another one.</summary>
    CommonName,

    /// <summary>CN is neither a URL nor an IP address (A00.FR.511).</summary>
    CommonNameForm,

    /// <summary>
    /// The key is new (A02.FR.02): no other station's, and not that of a certificate that this one got before. The policy alone
    /// can't tell: <see cref="SigningService"/> looks into its store.
    /// </summary>
    KeyReuse,

    /// <summary>No certificate of a certificate authority is asked for.</summary>
    AuthorityExtension,

    /// <summary>No key usage, plain or extended, is asked for (A00.FR.514).</summary>
    UsageExtension,

    /// <summary>No other extension is asked for than those that the operator allows.</summary>
    Extensions,
}
