using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Tests;

/// <summary>CSRs as stations make them, and as they should not.</summary>
internal static class TestCsr
{
    public const string OrganizationName = "Example Charging";
    public const string SerialNumber = "EX-0001";

    public static CertificateRequest Request(
        AsymmetricAlgorithm key,
        string commonName = SerialNumber,
        string organization = OrganizationName
    )
    {
        X500DistinguishedName subject = Subject(commonName, organization);
        return key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
    }

    /// <summary>O, then CN, without the checks of <see cref="CertificateSubject"/>.</summary>
    public static X500DistinguishedName Subject(
        string commonName = SerialNumber,
        string organization = OrganizationName
    )
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        subject.AddOrganizationName(organization);
        return subject.Build();
    }

    public static string Pem(string commonName = SerialNumber, string organization = OrganizationName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(key, commonName, organization).CreateSigningRequestPem();
    }

    public static string Pem(params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(key);
        foreach (X509Extension extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.CreateSigningRequestPem();
    }

    public static string Pem(AsymmetricAlgorithm key) => Request(key).CreateSigningRequestPem();

    public static string Pem(byte[] der) => PemEncoding.WriteString("CERTIFICATE REQUEST", der);

    public static string SignedWithAnotherKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Pem(Request(key).CreateSigningRequest(X509SignatureGenerator.CreateForECDsa(other)));
    }

    public static string SignedWithSha1()
    {
        using var key = RSA.Create(2048);
        return Pem(Request(key).CreateSigningRequest(new Sha1Signature(key)));
    }

    public static CertificateSigningRequest Read(string pem) =>
        CertificateSigningRequest.TryRead(pem, out CertificateSigningRequest? request, out CsrFinding? fault)
            ? request
            : throw new ArgumentException(fault.Reason);

    public static CertificateSigningRequest New() => Read(Pem());

    public static SigningOrder Order() => new(New(), CertificateUses.CsmsConnection);
}
