using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Tests;

/// <summary>A root and an issuing CA that sign whatever a test wants.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _issuingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority(string name = "Test")
    {
        CertificateRequest root = Authority($"{name} Root CA", _rootKey);
        Root = root.Create(
            root.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_rootKey),
            s_start,
            s_start.AddYears(40),
            [1]
        );
        Issuing = Authority($"{name} Issuing CA", _issuingKey)
            .Create(
                Root.SubjectName,
                X509SignatureGenerator.CreateForECDsa(_rootKey),
                s_start,
                s_start.AddYears(30),
                [2]
            );
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issuing { get; }

    public X509Certificate2 Issue(
        CertificateSigningRequest csr,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null,
        X500DistinguishedName? subject = null,
        params X509Extension[] extensions
    )
    {
        var request = new CertificateRequest(
            subject ?? new X500DistinguishedName(csr.Subject.RawData.Span),
            csr.PublicKey,
            HashAlgorithmName.SHA256
        );
        foreach (X509Extension extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.Create(
            Issuing.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_issuingKey),
            notBefore ?? s_start,
            notAfter ?? s_start.AddYears(20),
            [3]
        );
    }

    /// <summary>The issuing CA's certificate for the same key and of the same name, valid until another time.</summary>
    public X509Certificate2 Renew(DateTimeOffset notAfter)
    {
        var request = new CertificateRequest(Issuing.SubjectName, Issuing.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        return request.Create(
            Root.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_rootKey),
            s_start,
            notAfter,
            [4]
        );
    }

    /// <summary>Certifies the key of another authority.</summary>
    public X509Certificate2 Certify(X509Certificate2 other)
    {
        var request = new CertificateRequest(other.SubjectName, other.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        return request.Create(
            Issuing.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_issuingKey),
            s_start,
            s_start.AddYears(20),
            [5]
        );
    }

    public IssuedChain IssueChain(SigningOrder order)
    {
        Assert.True(
            IssuedChain.TryCreate([Issue(order.Request), Issuing], order, out IssuedChain? chain, out string? reason),
            reason
        );
        return chain!;
    }

    public void Dispose()
    {
        _rootKey.Dispose();
        _issuingKey.Dispose();
        Root.Dispose();
        Issuing.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(TestCsr.Subject(name, "Test"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        return request;
    }
}
