namespace Ocpp.SignedMessages;

/// <summary>A signed message that was accepted: what was signed, and the signature.</summary>
internal sealed record OpenedMessage(byte[] Payload, OcppMessageSignature Signature);
