using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CertificateSigning;

/// <summary>
/// The operator's certificate authority: a root, and below it the issuing CA that signs. New with every start; a CSMS
/// forwards CSRs to a real one instead (A02.FR.04).
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";

    // A station's clock may be behind: it would refuse a certificate that is valid from this very second.
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(10);

    private readonly ECDsa _issuingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _issuer;

    public CertificateAuthority(string operatorName)
    {
        // Its only signature is made here, so that its key need not stay.
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-1);

        CertificateRequest root = AuthorityRequest(operatorName, "Root CA", rootKey, pathLength: 1);
        Root = root.CreateSelfSigned(start, start.AddYears(20));

        CertificateRequest issuer = AuthorityRequest(operatorName, "Issuing CA", _issuingKey, pathLength: 0);
        issuer.CertificateExtensions.Add(IssuedBy(Root));
        _issuer = issuer.Create(Root, start, start.AddYears(10), NewSerialNumber());
    }

    /// <summary>What the operator's stations trust.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>Issues a TLS client certificate for a year.</summary>
    /// <returns>The chain in PEM: the certificate, then the issuing CA's. Stations have the root already.</returns>
    public string Issue(X500DistinguishedName subject, PublicKey publicKey)
    {
        // A request of our own: it takes the name and the key of the CSR, but none of the extensions that the CSR asks
        // for. One could ask to be a CA.
        var request = new CertificateRequest(subject, publicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ClientAuthenticationOid)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(publicKey, critical: false));
        request.CertificateExtensions.Add(IssuedBy(_issuer));

        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.Create(
            _issuer.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_issuingKey),
            now - s_clockSkew,
            now.AddYears(1),
            NewSerialNumber());
        return $"{certificate.ExportCertificatePem()}\n{_issuer.ExportCertificatePem()}\n";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _issuingKey.Dispose();
        _issuer.Dispose();
        Root.Dispose();
    }

    private static CertificateRequest AuthorityRequest(string operatorName, string role, ECDsa key, int pathLength)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName($"{operatorName} {role}");
        subject.AddOrganizationName(operatorName);

        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLength));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static X509AuthorityKeyIdentifierExtension IssuedBy(X509Certificate2 authority) =>
        X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            authority, includeKeyIdentifier: true, includeIssuerAndSerial: false);

    // Random, so that it is unique and says nothing; RFC 5280 section 4.1.2.2 allows 20 bytes.
    private static byte[] NewSerialNumber() => RandomNumberGenerator.GetBytes(16);
}
