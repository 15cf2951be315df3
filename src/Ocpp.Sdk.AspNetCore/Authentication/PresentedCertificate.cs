using System.Security.Cryptography.X509Certificates;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>A client certificate, and what <see cref="ClientCertificateCheck"/> found.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="CommonName">The CN, if the subject has exactly one.</param>
/// <param name="Fault">Why it can't be that of any station, as a sentence; <see langword="null"/> if it can.</param>
internal sealed record PresentedCertificate(X509Certificate2 Certificate, string? CommonName, string? Fault);
