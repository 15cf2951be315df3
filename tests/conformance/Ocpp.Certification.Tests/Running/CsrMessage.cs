namespace Ocpp.Certification.Tests;

/// <summary>SignCertificate, with what a version of OCPP has of it.</summary>
internal sealed record CsrMessage(string Csr, string? CertificateType, int? RequestId);
