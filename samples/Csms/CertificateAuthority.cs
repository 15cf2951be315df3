using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Csms;

/// <summary>
/// The operator's certificate authority: a root, and below it the issuing CA that signs. New with every start; a CSMS
/// forwards CSRs to a real one instead (A02.FR.04).
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthenticationOid = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";

    // A station's clock may be behind: it would refuse a certificate that is valid from this very second.
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(10);

    private readonly ECDsa _issuingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _issuer;

    /// <summary>Makes the keys and certificates of an operator's CA.</summary>
    public CertificateAuthority(string operatorName)
    {
        OperatorName = operatorName;

        // Its only signature is made here, so that its key need not stay.
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-1);

        CertificateRequest root = AuthorityRequest(operatorName, "Root CA", rootKey, pathLength: 1);
        Root = root.CreateSelfSigned(start, start.AddYears(20));

        CertificateRequest issuer = AuthorityRequest(operatorName, "Issuing CA", _issuingKey, pathLength: 0);
        issuer.CertificateExtensions.Add(IssuedBy(Root));
        _issuer = issuer.Create(Root, start, start.AddYears(10), NewSerialNumber());
    }

    /// <summary>The O of every certificate.</summary>
    public string OperatorName { get; }

    /// <summary>What the operator's stations trust.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>Issues a TLS client certificate for a year.</summary>
    /// <returns>The chain in PEM: the certificate, then the issuing CA's. Stations have the root already.</returns>
    public string IssueToStation(X500DistinguishedName subject, PublicKey publicKey)
    {
        // A request of our own: it takes the name and the key of the CSR, but none of the extensions that the CSR asks
        // for. One could ask to be a CA.
        using X509Certificate2 certificate = Issue(new CertificateRequest(subject, publicKey, HashAlgorithmName.SHA256), ClientAuthenticationOid);
        return $"{certificate.ExportCertificatePem()}\n{_issuer.ExportCertificatePem()}\n";
    }

    /// <summary>Issues a TLS server certificate for a year, with a new key.</summary>
    /// <returns>The certificate with its private key, then the issuing CA's.</returns>
    public X509Certificate2Collection IssueToServer(IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(address.ToString());
        subject.AddOrganizationName(OperatorName);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());

        using X509Certificate2 certificate = Issue(request, ServerAuthenticationOid);
        using X509Certificate2 withKey = certificate.CopyWithPrivateKey(key);
        // By way of PKCS#12: Windows serves no TLS with a key that was never stored.
        return [X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null), new X509Certificate2(_issuer)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _issuingKey.Dispose();
        _issuer.Dispose();
        Root.Dispose();
    }

    private X509Certificate2 Issue(CertificateRequest request, string usage)
    {
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(IssuedBy(_issuer));

        DateTimeOffset now = DateTimeOffset.UtcNow;
        return request.Create(
            _issuer.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_issuingKey),
            now - s_clockSkew,
            now.AddYears(1),
            NewSerialNumber());
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
