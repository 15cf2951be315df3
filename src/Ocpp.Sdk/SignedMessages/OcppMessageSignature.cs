using System.Security.Cryptography.X509Certificates;
using Ocpp.Rpc;

namespace Ocpp.SignedMessages;

/// <summary>
/// The signature of a message that the peer has sent (OCPP 2.0.1 part 4, section 7): a JSON Web Signature of the
/// payload, with the action and the message type.
/// </summary>
public sealed record OcppMessageSignature
{
    internal OcppMessageSignature(
        OcppMessageType messageType,
        string messageId,
        string action,
        OcppSignatureAlgorithm algorithm,
        string? thumbprint,
        ReadOnlyMemory<byte> utf8Json
    )
    {
        MessageType = messageType;
        MessageId = messageId;
        Action = action;
        Algorithm = algorithm;
        Thumbprint = thumbprint;
        Utf8Json = utf8Json;
    }

    /// <summary>What was signed: a CALL, a CALLRESULT or a SEND.</summary>
    public OcppMessageType MessageType { get; }

    /// <summary>The id of the message; that of the call for a CALLRESULT.</summary>
    public string MessageId { get; }

    /// <summary>The action without <c>-Signed</c>, such as <c>TransactionEvent</c>.</summary>
    public string Action { get; }

    /// <summary>The algorithm.</summary>
    public OcppSignatureAlgorithm Algorithm { get; }

    /// <summary>
    /// The SHA-256 hash of the certificate that the message names (<c>x5t#S256</c>), in the form that
    /// <see cref="X509Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName)"/> returns. Returns
    /// <see langword="null"/> if it names none.
    /// </summary>
    public string? Thumbprint { get; }

    /// <summary>
    /// The certificate by which the signature was verified. Returns <see langword="null"/> before, and if the message
    /// was accepted without (<see cref="OcppSignedMessageOptions.AcceptUnknownCertificates"/>).
    /// </summary>
    public X509Certificate2? Certificate { get; internal init; }

    /// <summary>
    /// The payload with its signature as it was received, in the flattened JSON serialization of RFC 7515: what an
    /// application stores as evidence. It has everything that the message has; keep it out of logs.
    /// </summary>
    public ReadOnlyMemory<byte> Utf8Json { get; }

    /// <summary>Returns the algorithm and the certificate, for a log.</summary>
    public override string ToString() => $"{Algorithm}, certificate {Thumbprint ?? "not named"}";
}
