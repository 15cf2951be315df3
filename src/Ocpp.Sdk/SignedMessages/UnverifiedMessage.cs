namespace Ocpp.SignedMessages;

/// <summary>The parts of a signed message whose signature has not been verified.</summary>
/// <param name="Jws">The message as it is encoded.</param>
/// <param name="Payload">The payload that was signed: any bytes.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Algorithm">The algorithm of the signature.</param>
/// <param name="Thumbprint">The certificate that the message names; <see langword="null"/> if it names none.</param>
internal readonly record struct UnverifiedMessage(
    FlattenedJws Jws,
    byte[] Payload,
    byte[] Signature,
    OcppSignatureAlgorithm Algorithm,
    string? Thumbprint
);
