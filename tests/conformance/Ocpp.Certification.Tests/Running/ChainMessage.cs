namespace Ocpp.Certification.Tests;

/// <summary>CertificateSigned, with what a version of OCPP has of it.</summary>
internal sealed record ChainMessage(string Chain, string? CertificateType, int? RequestId);
