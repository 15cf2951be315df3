namespace Ocpp.SignedMessages;

/// <summary>
/// The algorithms of signed messages (OCPP 2.0.1 part 4, section 7.3). The member names are those of RFC 7518, section
/// 3.1.
/// </summary>
public enum OcppSignatureAlgorithm
{
    /// <summary>ECDSA with the curve P-256 and SHA-256.</summary>
    ES256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256; the key has at least 2048 bits.</summary>
    RS256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384; the key has at least 2048 bits.</summary>
    RS384,
}
