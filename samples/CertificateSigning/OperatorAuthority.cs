using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Samples;

namespace CertificateSigning;

/// <summary>The operator's certificate authority, in this process or outside of it, and its certificates.</summary>
internal sealed class OperatorAuthority : IDisposable
{
    private readonly IDisposable _owned;

    private OperatorAuthority(
        ICertificateAuthority authority,
        X509Certificate2Collection certificates,
        IDisposable owned
    )
    {
        Authority = authority;
        Roots = [.. certificates.Where(IsRoot)];
        Intermediates = [.. certificates.Where(one => !IsRoot(one))];
        _owned = owned;
    }

    /// <summary>What signs.</summary>
    public ICertificateAuthority Authority { get; }

    /// <summary>What the operator's stations trust, and the CSMS for theirs.</summary>
    public X509Certificate2Collection Roots { get; }

    /// <summary>The intermediate certificates between the roots and the stations.</summary>
    public X509Certificate2Collection Intermediates { get; }

    /// <summary>Opens the authority that the command line names.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="operatorName">The operator's name, for one in this process.</param>
    /// <param name="folder">Where one in this process keeps its keys.</param>
    /// <exception cref="UsageException">The file of certificates is of no use.</exception>
    public static OperatorAuthority Open(Options options, string operatorName, string folder)
    {
        if (options.Authority == AuthorityKind.Local)
        {
            var local = LocalCertificateAuthority.Open(folder, new() { OrganizationName = operatorName });
            return new OperatorAuthority(local, [local.Root, local.Issuing], local);
        }

        X509Certificate2Collection certificates = Read(options.RootFile!);
        var http = new SocketsHttpHandler { AllowAutoRedirect = false };
        NetworkCredential? credential = options.User is null
            ? null
            : new NetworkCredential(options.User, options.Password);
        ICertificateAuthority authority =
            options.Authority == AuthorityKind.Cfssl
                ? new CfsslCertificateAuthority(http, options.Url!, new CfsslOptions { Issuers = certificates })
                : new EstCertificateAuthority(
                    http,
                    options.Url!,
                    new EstOptions { Issuers = certificates, Credential = credential }
                );
        return new OperatorAuthority(authority, certificates, http);
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.Dispose();

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static X509Certificate2Collection Read(string path)
    {
        try
        {
            X509Certificate2Collection certificates = [];
            certificates.ImportFromPemFile(path);
            return certificates.Any(IsRoot)
                ? certificates
                : throw new UsageException($"{path}: there is no root certificate in it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }
}
