namespace Ocpp.Certification.Tests;

/// <summary>
/// Whether SignCertificate or CertificateSigned is accepted, and why not, where the version says it on the wire.
/// </summary>
internal sealed record MessageAnswer(bool IsAccepted, string? ReasonCode = null);
