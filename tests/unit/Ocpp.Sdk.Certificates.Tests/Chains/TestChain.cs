using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Tests;

/// <summary>Chains as a peer writes them.</summary>
internal static class TestChain
{
    public static string Write(IEnumerable<X509Certificate2> certificates) =>
        string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n"));
}
