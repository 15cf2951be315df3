using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.TestKit;

/// <summary>A certificate authority, its own root or below another one, that signs whatever a test wants.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    public const string AnyUsage = "2.5.29.37.0";

    // Authorities are valid on the machine's clock and on any that a test moves.
    private static readonly DateTimeOffset s_start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X500DistinguishedName _name;
    private TestAuthority? _ownedIssuer;

    /// <param name="name">Its common name.</param>
    /// <param name="issuer">The authority that certifies it; by default itself.</param>
    /// <param name="extensions">What its certificate has besides the basic constraints.</param>
    public TestAuthority(string name, TestAuthority? issuer = null, params X509Extension[] extensions)
    {
        _name = new X500DistinguishedName($"CN={name}");
        Issuer = issuer ?? this;
        Certificate = Issuer.Sign(
            _name,
            new PublicKey(_key),
            notAfter: s_start.AddYears(issuer is null ? 40 : 30),
            extensions: [Constraints(isAuthority: true), .. extensions]
        );
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The authority above this one; a root is its own.</summary>
    public TestAuthority Issuer { get; }

    /// <summary>The certificate at the end of each chain.</summary>
    public X509Certificate2 Root => Issuer == this ? Certificate : Issuer.Root;

    /// <summary>Creates an issuing authority below a root of its own.</summary>
    public static TestAuthority BelowRoot(string name = "Test")
    {
        var root = new TestAuthority($"{name} Root CA");
        return new TestAuthority($"{name} Issuing CA", root) { _ownedIssuer = root };
    }

    public static X509Extension Constraints(bool isAuthority) =>
        new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true);

    public static X509Extension Usage(params string[] oids)
    {
        var usages = new OidCollection();
        Array.ForEach(oids, oid => usages.Add(new Oid(oid)));
        return new X509EnhancedKeyUsageExtension(usages, critical: false);
    }

    /// <summary>Names an OCSP responder.</summary>
    public static X509Extension Responder(string url) => new X509AuthorityInformationAccessExtension([url], []);

    public static X509Extension DnsName(string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        return names.Build();
    }

    /// <summary>Makes a certificate that is its own root, with a key that it takes over.</summary>
    public static X509Certificate2 SelfSigned(string subject, AsymmetricAlgorithm key)
    {
        using AsymmetricAlgorithm owned = key;
        CertificateRequest request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>Issues a certificate with a new key, by default that of a subject that is no authority.</summary>
    public X509Certificate2 Issue(string subject, int daysLeft = 30, params X509Extension[] extensions) =>
        Issue(new X500DistinguishedName(subject), daysLeft, extensions);

    /// <inheritdoc cref="Issue(string, int, X509Extension[])"/>
    public X509Certificate2 Issue(X500DistinguishedName subject, int daysLeft = 30, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = Sign(
            subject,
            new PublicKey(key),
            now.AddDays(-50),
            now.AddDays(daysLeft),
            extensions.Length == 0 ? [Constraints(isAuthority: false)] : extensions
        );
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Issues the certificate of a server, which may be that of a client as well.</summary>
    public X509Certificate2 IssueServer(string host = "localhost", int daysLeft = 30) =>
        Issue($"CN={host}", daysLeft, DnsName(host), Usage(ServerAuthentication, ClientAuthentication));

    /// <summary>Certifies an authority once more, for the same name and key.</summary>
    public X509Certificate2 Certify(X509Certificate2 authority, DateTimeOffset? notAfter = null) =>
        Sign(
            authority.SubjectName,
            authority.PublicKey,
            notAfter: notAfter,
            extensions: Constraints(isAuthority: true)
        );

    /// <summary>Signs a certificate with these extensions and no others, by default for twenty years.</summary>
    public X509Certificate2 Sign(
        X500DistinguishedName subject,
        PublicKey key,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null,
        params X509Extension[] extensions
    )
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        Array.ForEach(extensions, request.CertificateExtensions.Add);

        // Of one length: some tests compare the sizes of certificates.
        byte[] serialNumber = RandomNumberGenerator.GetBytes(8);
        serialNumber[0] = 1;
        return request.Create(
            _name,
            X509SignatureGenerator.CreateForECDsa(_key),
            notBefore ?? s_start,
            notAfter ?? s_start.AddYears(20),
            serialNumber
        );
    }

    /// <summary>Signs bytes with the key of the authority: ECDSA with SHA-256, in DER.</summary>
    public byte[] SignBytes(byte[] bytes) =>
        _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
        _ownedIssuer?.Dispose();
    }
}
