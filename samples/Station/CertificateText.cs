using System.Security.Cryptography.X509Certificates;

namespace Station;

/// <summary>Certificates as text for the console.</summary>
public static class CertificateText
{
    /// <summary>Prints whose certificate it is, who issued it, and how long it is valid.</summary>
    public static void Print(X509Certificate2 certificate)
    {
        Console.WriteLine("The station has its certificate:");
        Console.WriteLine($"  subject  {InOrder(certificate.SubjectName)}");
        Console.WriteLine($"  issuer   {InOrder(certificate.IssuerName)}");
        Console.WriteLine($"  from     {certificate.NotBefore.ToUniversalTime():u}");
        Console.WriteLine($"  to       {certificate.NotAfter.ToUniversalTime():u}");
    }

    // In the order of the certificate, which X509Certificate2.Subject reverses.
    private static string InOrder(X500DistinguishedName name) => name.Decode(X500DistinguishedNameFlags.None);
}
