using System.Security.Cryptography.X509Certificates;
using Ocpp.Validation;

namespace Ocpp.SignedMessages;

/// <summary>
/// How a session reads and answers signed messages (OCPP 2.0.1 and 2.1, part 4, section 7). Immutable, to be shared by
/// many sessions.
/// </summary>
public sealed record OcppSignedMessageOptions
{
    /// <summary>
    /// Finds the certificate whose key verifies a message: by the identity of the session, by
    /// <see cref="OcppMessageSignature.Thumbprint"/>, and perhaps by the action, which another key may sign. Returns
    /// <see langword="null"/> if it is unknown, or must not sign this message: it is then refused. Whether the
    /// certificate is trusted and valid is for this function to decide: neither its chain nor its dates are checked.
    /// Called on the thread that receives; must not block: load the certificates of a station when it connects.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public required Func<OcppSession, OcppMessageSignature, X509Certificate2?> FindCertificate
    {
        get;
        init => field = OptionValue.NotNull(value);
    }

    /// <summary>
    /// Signs the responses to requests that came signed. Without it they are answered unsigned. A call is signed with
    /// the <see cref="OcppCallOptions.Signer"/> of its own.
    /// </summary>
    public IOcppMessageSigner? Signer { get; init; }

    /// <summary>
    /// Accepts a signed message whose certificate is unknown, without verifying its signature: part 4, section 7.2
    /// leaves that to the receiver, since the connection is secure. Its
    /// <see cref="OcppMessageSignature.Certificate"/> is then <see langword="null"/>. Defaults to
    /// <see langword="false"/>.
    /// </summary>
    public bool AcceptUnknownCertificates { get; init; }

    /// <summary>
    /// Called with the signature of each message that was accepted, requests and responses, before it is handled. Runs
    /// on the thread that receives; must not throw or block.
    /// </summary>
    public Action<OcppSession, OcppMessageSignature>? Accepted { get; init; }
}
