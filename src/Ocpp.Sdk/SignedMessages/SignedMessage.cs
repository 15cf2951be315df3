using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.Validation;

namespace Ocpp.SignedMessages;

/// <summary>
/// Signs frames and opens signed ones (part 4, section 7.1): the action has a suffix, and in the place of the payload
/// is a JSON Web Signature of it.
/// </summary>
internal static class SignedMessage
{
    /// <summary>The size of a signature with ES256 (RFC 7518, section 3.4).</summary>
    private const int Es256Size = 64;

    private static ReadOnlySpan<byte> Suffix => "-Signed"u8;

    /// <summary>Returns the action that a signed action is for.</summary>
    /// <returns><see langword="false"/> if the action is not that of a signed message.</returns>
    public static bool TryGetAction(ReadOnlySpan<byte> utf8SignedAction, out ReadOnlySpan<byte> utf8Action)
    {
        bool isSigned = utf8SignedAction.EndsWith(Suffix);
        utf8Action = isSigned ? utf8SignedAction[..^Suffix.Length] : default;
        return isSigned;
    }

    /// <summary>Signs a CALL, a CALLRESULT or a SEND.</summary>
    /// <param name="output">Has the frame, and then the signed one in its place.</param>
    /// <param name="action">The action, which a CALLRESULT does not have.</param>
    /// <param name="signer">Signs it.</param>
    public static void Sign(PooledBuffer output, string action, IOcppMessageSigner signer)
    {
        bool isFrame = OcppFrame.TryRead(output.WrittenMemory.Span, out OcppFrame frame, out _);
        Debug.Assert(isFrame, "What this library writes is a frame.");
        OcppMessageType type = frame.MessageType;
        FlattenedJws payload = Sign(frame, action, signer);
        string messageId = frame.MessageId;
        output.Clear();
        OcppFrame.WriteSigned(output, type, messageId, action + "-Signed", payload);
    }

    /// <summary>Reads a signed message, verifies it, and takes out its payload.</summary>
    /// <param name="frame">The message: a CALL, a CALLRESULT or a SEND.</param>
    /// <param name="action">The action that it must be signed for.</param>
    /// <param name="session">The session that it came by.</param>
    /// <param name="payload">The payload that was signed, if the message is accepted: any bytes.</param>
    /// <param name="signature">Its signature, if the message is accepted.</param>
    /// <param name="violation">Why it is refused.</param>
    /// <returns><see langword="false"/> if the message is refused.</returns>
    public static bool TryOpen(
        in OcppFrame frame,
        string action,
        OcppSession session,
        ref ReadOnlySpan<byte> payload,
        [NotNullWhen(true)] out OcppMessageSignature? signature,
        out OcppViolation violation
    )
    {
        signature = null;
        OcppErrorMap errorMap = session.ReadOptionsOf(action).ErrorMap;
        OcppSignedMessageOptions options = session.Options.SignedMessages!;
        if (!TryRead(frame, action, errorMap, out UnverifiedMessage message, out violation))
        {
            return false;
        }

        var unverified = new OcppMessageSignature(
            frame.MessageType,
            frame.MessageId,
            action,
            message.Algorithm,
            message.Thumbprint,
            frame.Payload.ToArray()
        );
        X509Certificate2? certificate = options.FindCertificate(session, unverified);
        if (certificate is null ? !options.AcceptUnknownCertificates : !IsSuitable(certificate, unverified))
        {
            return Refuse(errorMap, OcppRule.UnknownSignatureCertificate, "/protected", out violation);
        }

        byte[] input = SigningInput(message.Jws.Protected, message.Jws.Payload);
        if (certificate is not null && !SignatureKey.Verifies(message.Algorithm, certificate, input, message.Signature))
        {
            return Refuse(errorMap, OcppRule.InvalidSignature, "/signature", out violation);
        }

        payload = message.Payload;
        signature = unverified with { Certificate = certificate };
        session.Callbacks.Invoke(options.Accepted, session, signature);
        return true;
    }

    /// <summary>Reads a signed message without verifying its signature.</summary>
    /// <param name="frame">The message: a CALL, a CALLRESULT or a SEND.</param>
    /// <param name="action">The action that it must be signed for.</param>
    /// <param name="errorMap">The error codes of what is wrong with it.</param>
    /// <param name="message">Its parts, if it has the form of a signed message.</param>
    /// <param name="violation">Why it does not have it.</param>
    /// <returns><see langword="false"/> if it does not have the form of a signed message.</returns>
    public static bool TryRead(
        in OcppFrame frame,
        string action,
        OcppErrorMap errorMap,
        out UnverifiedMessage message,
        out OcppViolation violation
    )
    {
        message = default;
        if (!OcppJson.TryParse(frame.Payload, out FlattenedJws? jws, out violation, WithErrors(errorMap)))
        {
            return false;
        }

        if (jws.HasMore)
        {
            return Refuse(errorMap, OcppRule.InvalidSignedMessage, "", out violation);
        }

        if (!Base64Url.TryDecode(jws.Protected, out byte[]? utf8Header))
        {
            return Refuse(errorMap, OcppRule.InvalidSignedMessage, "/protected", out violation);
        }

        if (!Base64Url.TryDecode(jws.Payload, out byte[]? payload))
        {
            return Refuse(errorMap, OcppRule.InvalidSignedMessage, "/payload", out violation);
        }

        if (!Base64Url.TryDecode(jws.Signature, out byte[]? signature))
        {
            return Refuse(errorMap, OcppRule.InvalidSignedMessage, "/signature", out violation);
        }

        if (!OcppJson.TryParse(utf8Header, out SignedMessageHeader? header, out _))
        {
            return Refuse(errorMap, OcppRule.InvalidSignedMessage, "/protected", out violation);
        }

        if (FindFault(header, frame, action, out OcppSignatureAlgorithm algorithm, out string? thumbprint) is { } fault)
        {
            return Refuse(errorMap, fault.Rule, fault.Path, out violation);
        }

        message = new UnverifiedMessage(jws, payload, signature, algorithm, thumbprint);
        return true;
    }

    /// <summary>Whether a CALLRESULT has the form of a signed one, whatever its signature is.</summary>
    public static bool IsSigned(in OcppFrame frame) => OcppJson.TryParse<FlattenedJws>(frame.Payload, out _, out _);

    private static bool Refuse(OcppErrorMap errorMap, OcppRule rule, string path, out OcppViolation violation)
    {
        violation = new OcppViolation(errorMap[rule], rule, path);
        return false;
    }

    private static OcppReadOptions WithErrors(OcppErrorMap errorMap) =>
        ReferenceEquals(errorMap, OcppErrorMap.Default)
            ? OcppReadOptions.Strict
            : OcppReadOptions.Strict with
            {
                ErrorMap = errorMap,
            };

    private static FlattenedJws Sign(in OcppFrame frame, string action, IOcppMessageSigner signer)
    {
        var header = new SignedMessageHeader
        {
            Algorithm = signer.Algorithm.ToString(),
            CertificateHash = Base64Url.Encode(signer.Certificate.GetCertHash(HashAlgorithmName.SHA256)),
            Action = action,
            MessageTypeId = (int)frame.MessageType,
            MessageTypedId = (int)frame.MessageType,
            MessageId = frame.MessageId,
        };
        string encodedHeader = Base64Url.Encode(OcppJson.ToUtf8Bytes(header));
        string encodedPayload = Base64Url.Encode(frame.Payload);
        byte[] signature = signer.Sign(SigningInput(encodedHeader, encodedPayload));
        if (signer.Algorithm == OcppSignatureAlgorithm.ES256 && signature.Length != Es256Size)
        {
            throw new InvalidOperationException("A signature with ES256 must have 64 bytes: R and S, not their DER.");
        }

        return new FlattenedJws
        {
            Payload = encodedPayload,
            Protected = encodedHeader,
            Signature = Base64Url.Encode(signature),
        };
    }

    /// <summary>Whether a certificate is the one that a message names, and its key one of the algorithm.</summary>
    private static bool IsSuitable(X509Certificate2 certificate, OcppMessageSignature signature) =>
        (
            signature.Thumbprint is not { } thumbprint
            || thumbprint == certificate.GetCertHashString(HashAlgorithmName.SHA256)
        ) && SignatureKey.IsFor(signature.Algorithm, certificate);

    /// <summary>What is signed: both parts as they are encoded (RFC 7515, section 5.1).</summary>
    private static byte[] SigningInput(string encodedHeader, string encodedPayload)
    {
        byte[] input = new byte[encodedHeader.Length + 1 + encodedPayload.Length];
        int length = Encoding.ASCII.GetBytes(encodedHeader, input);
        input[length] = (byte)'.';
        Encoding.ASCII.GetBytes(encodedPayload, input.AsSpan(length + 1));
        return input;
    }

    /// <summary>Finds what is wrong with a header.</summary>
    private static (OcppRule Rule, string Path)? FindFault(
        SignedMessageHeader header,
        in OcppFrame frame,
        string action,
        out OcppSignatureAlgorithm algorithm,
        out string? thumbprint
    )
    {
        thumbprint = null;
        if (!TryGetAlgorithm(header.Algorithm, out algorithm))
        {
            return (OcppRule.InvalidSignedMessage, "/protected/alg");
        }

        if (header.HasCritical)
        {
            return (OcppRule.InvalidSignedMessage, "/protected/crit");
        }

        if (header.CertificateHash is { } hash && !TryGetThumbprint(hash, out thumbprint))
        {
            return (OcppRule.InvalidSignedMessage, "/protected/x5t#S256");
        }

        if (header.Action != action)
        {
            return (OcppRule.SignatureMismatch, "/protected/OCPPAction");
        }

        int type = (int)frame.MessageType;
        if ((header.MessageTypeId ?? header.MessageTypedId) != type || (header.MessageTypedId ?? type) != type)
        {
            return (OcppRule.SignatureMismatch, "/protected/OCPPMessageTypeId");
        }

        return header.MessageId is { } id && id != frame.MessageId
            ? (OcppRule.SignatureMismatch, "/protected/OCPPMessageId")
            : null;
    }

    /// <summary>Reads an algorithm: one of the three, and never <c>none</c> (RFC 7518, section 3.6).</summary>
    private static bool TryGetAlgorithm(string name, out OcppSignatureAlgorithm algorithm)
    {
        (algorithm, bool isKnown) = name switch
        {
            "ES256" => (OcppSignatureAlgorithm.ES256, true),
            "RS256" => (OcppSignatureAlgorithm.RS256, true),
            "RS384" => (OcppSignatureAlgorithm.RS384, true),
            _ => (default, false),
        };
        return isKnown;
    }

    private static bool TryGetThumbprint(string hash, [NotNullWhen(true)] out string? thumbprint)
    {
        bool isHash = Base64Url.TryDecode(hash, out byte[]? bytes) && bytes.Length == SHA256.HashSizeInBytes;
        thumbprint = isHash ? Convert.ToHexString(bytes!) : null;
        return isHash;
    }
}
