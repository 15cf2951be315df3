using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;
using Ocpp.Security;

namespace Ocpp.Certificates.Authorities;

/// <summary>
/// A certificate authority within the CSMS, for operators who have none: a root, which stations trust, and below it an
/// issuing CA, which signs. Of a CSR it takes the public key and the CN, and nothing else: O is the operator's, and a
/// certificate that serves cars has C, the station's country or that of the CSR, and DC=CPO.
/// </summary>
/// <remarks>
/// Its files are <c>root.crt.pem</c>, <c>root.key.pem</c>, <c>issuing.crt.pem</c> and <c>issuing.key.pem</c>, the keys
/// in PKCS#8 and readable by their owner alone. The root's key signs nothing after the first start: take its file away,
/// and keep it safe. The root is valid for 20 years and the issuing CA for 10.
/// </remarks>
public sealed class LocalCertificateAuthority : ICertificateAuthority, IDisposable
{
    private readonly LocalCertificateAuthorityOptions _options;
    private readonly LocalAuthorityFiles _files;

    private LocalCertificateAuthority(LocalAuthorityFiles files, LocalCertificateAuthorityOptions options)
    {
        _files = files;
        _options = options;
    }

    /// <summary>What stations are to trust.</summary>
    public X509Certificate2 Root => _files.Root;

    /// <summary>What signs, below the root: a CSMS has to know it to check the stations' certificates in TLS.</summary>
    public X509Certificate2 Issuing => _files.Issuing;

    /// <summary>Opens the authority of a folder; makes it when the folder has none.</summary>
    /// <exception cref="InvalidDataException">
    /// The authority's files are damaged, do not fit together, or others can read its key or replace its files.
    /// </exception>
    /// <exception cref="IOException">The files can't be read or written.</exception>
    public static LocalCertificateAuthority Open(string folder, LocalCertificateAuthorityOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        return new LocalCertificateAuthority(
            LocalAuthorityFiles.OpenOrCreate(Path.GetFullPath(folder), options),
            options
        );
    }

    /// <inheritdoc/>
    public Task<CertificateAuthorityAnswer> SignAsync(SigningOrder order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Sign(order));
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private CertificateAuthorityAnswer Sign(SigningOrder order)
    {
        X509Certificate2 issuer = _files.Issuing;
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        DateTimeOffset issuerStart = issuer.NotBefore.ToUniversalTime();
        DateTimeOffset issuerEnd = issuer.NotAfter.ToUniversalTime();
        if (now < issuerStart || now >= issuerEnd)
        {
            return new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Refused,
                "The certificate of the issuing CA is not valid now."
            );
        }

        if (order.RootCertificate?.Matches(Root) == false)
        {
            return new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Refused,
                "The station requests a certificate below another root than that of this authority."
            );
        }

        CertificateRequest request;
        try
        {
            request = Request(order);
        }
        catch (ArgumentException exception)
        {
            return new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Refused,
                $"A name of the station can't be part of a subject: {exception.Message}"
            );
        }

        using X509Certificate2 certificate = request.Create(
            issuer.SubjectName,
            _files.IssuingKey.SignatureGenerator,
            Max(now - _options.ClockSkew, issuerStart),
            Min(now + _options.CertificateLifetime, issuerEnd),
            LocalAuthorityFiles.NewSerialNumber()
        );
        return IssuedChain.TryCreate(
            [certificate, issuer],
            order,
            _options.TimeProvider,
            out CertificateChain? chain,
            out string? reason
        )
            ? new CertificateAuthorityAnswer.Issued(chain)
            : new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.Refused, reason);
    }

    /// <summary>
    /// A subject of our own: what else a CSR's subject has, such as UID, serialNumber or OU, somebody could take for a
    /// name that the operator vouches for.
    /// </summary>
    /// <exception cref="ArgumentException">A name of the CSR or the order can't be part of a subject.</exception>
    private X500DistinguishedName ComposeSubject(SigningOrder order)
    {
        CertificateSigningRequest csr = order.Request;
        bool servesV2G = order.Uses.ServesV2G;
        return new CertificateSubject
        {
            Organization = order.OrganizationName ?? _options.OrganizationName,
            CommonName = csr.Subject.CommonName ?? (order.StationNames.Count > 0 ? order.StationNames[0] : ""),
            Country = servesV2G ? order.Country ?? CountryOf(csr) : null,
            DomainComponent = servesV2G ? CertificateSubject.ChargePointOperator : null,
        }.Encode();
    }

    private static string? CountryOf(CertificateSigningRequest csr) =>
        csr.Subject.Single(SubjectAttribute.Country) is { } country && CertificateSubject.IsCountry(country)
            ? country.ToUpperInvariant()
            : null;

    // A request of our own: the CSR's could ask to be a CA.
    private CertificateRequest Request(SigningOrder order)
    {
        var request = new CertificateRequest(ComposeSubject(order), order.Request.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(Usages(order.Uses), critical: false));
        request.CertificateExtensions.Add(
            new X509SubjectKeyIdentifierExtension(order.Request.PublicKey, critical: false)
        );
        request.CertificateExtensions.Add(LocalAuthorityFiles.IssuedBy(_files.Issuing));
        return request;
    }

    // The station is the client of the CSMS, and the server of the car.
    private static OidCollection Usages(CertificateUses uses)
    {
        var usages = new OidCollection();
        if (uses.HasFlag(CertificateUses.CsmsConnection))
        {
            usages.Add(new Oid(ExtendedKeyUsageOids.ClientAuthentication));
        }

        if (uses.ServesV2G)
        {
            usages.Add(new Oid(ExtendedKeyUsageOids.ServerAuthentication));
        }

        return usages;
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
