using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Authorities;

/// <summary>
/// The keys and certificates of a <see cref="LocalCertificateAuthority"/>, as files in a folder.
/// </summary>
internal sealed class LocalAuthorityFiles : IDisposable
{
    private const string RootFile = "root";
    private const string IssuingFile = "issuing";

    private LocalAuthorityFiles(X509Certificate2 root, X509Certificate2 issuing, KeyPair issuingKey)
    {
        Root = root;
        Issuing = issuing;
        IssuingKey = issuingKey;
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issuing { get; }

    public KeyPair IssuingKey { get; }

    public static LocalAuthorityFiles OpenOrCreate(string folder, LocalCertificateAuthorityOptions options)
    {
        // All files come into being by one renaming: a start that is killed leaves either none of them or all.
        string authority = Path.Combine(folder, "authority");
        if (!Directory.Exists(authority))
        {
            string unfinished = authority + ".new";
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            PrivateFiles.CreateFolder(unfinished);
            Create(unfinished, options);
            Directory.Move(unfinished, authority);
        }

        return Open(authority);
    }

    public void Dispose()
    {
        Root.Dispose();
        Issuing.Dispose();
        IssuingKey.Dispose();
    }

    public static X509AuthorityKeyIdentifierExtension IssuedBy(X509Certificate2 authority) =>
        X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            authority,
            includeKeyIdentifier: true,
            includeIssuerAndSerial: false
        );

    /// <summary>Random, so that it is unique and reveals nothing; RFC 5280 section 4.1.2.2 allows 20 bytes.</summary>
    public static byte[] NewSerialNumber() => RandomNumberGenerator.GetBytes(16);

    private static void Create(string folder, LocalCertificateAuthorityOptions options)
    {
        using KeyPair rootKey = KeyPair.Create(StationKeyAlgorithm.EcP256);
        using KeyPair issuingKey = KeyPair.Create(StationKeyAlgorithm.EcP256);
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        DateTimeOffset start = now - options.ClockSkew;

        CertificateRequest rootRequest = Request(options.OrganizationName, "Root CA", rootKey, pathLength: 1);
        using X509Certificate2 root = rootRequest.Create(
            rootRequest.SubjectName,
            rootKey.SignatureGenerator,
            start,
            now.AddYears(20),
            NewSerialNumber()
        );

        CertificateRequest issuingRequest = Request(options.OrganizationName, "Issuing CA", issuingKey, pathLength: 0);
        issuingRequest.CertificateExtensions.Add(IssuedBy(root));
        using X509Certificate2 issuing = issuingRequest.Create(
            root.SubjectName,
            rootKey.SignatureGenerator,
            start,
            now.AddYears(10),
            NewSerialNumber()
        );

        Write(folder, RootFile, root, rootKey);
        Write(folder, IssuingFile, issuing, issuingKey);
    }

    private static LocalAuthorityFiles Open(string folder)
    {
        // Who can put another certificate into the root's place decides what the CSMS trusts.
        PrivateFiles.CheckFolder(Path.GetDirectoryName(folder)!);
        PrivateFiles.CheckFolder(folder);
        ChainCertificate root = ReadCertificate(CertificatePath(folder, RootFile));
        ChainCertificate issuing = ReadCertificate(CertificatePath(folder, IssuingFile));
        string keyPath = KeyPath(folder, IssuingFile);
        if (!KeyPair.TryImportPem(PrivateFiles.Read(keyPath), out KeyPair? key) || key.Id != issuing.KeyId)
        {
            throw new InvalidDataException(
                $"{keyPath}: not the private key of {CertificatePath(folder, IssuingFile)}."
            );
        }

        return issuing.NamesIssuer(root) && issuing.IsSignedBy(root)
            ? new LocalAuthorityFiles(root.Certificate, issuing.Certificate, key)
            : throw new InvalidDataException($"{folder}: the issuing CA is not signed with the root's key.");
    }

    private static CertificateRequest Request(string operatorName, string role, KeyPair key, int pathLength)
    {
        var request = new CertificateRequest(
            new CertificateSubject { Organization = operatorName, CommonName = role }.Encode(),
            key.PublicKey,
            HashAlgorithmName.SHA256
        );
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLength));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key.PublicKey, critical: false));
        return request;
    }

    private static void Write(string folder, string name, X509Certificate2 certificate, KeyPair key)
    {
        char[] pem = key.ExportPem();
        try
        {
            PrivateFiles.Write(KeyPath(folder, name), pem);
        }
        finally
        {
            Array.Clear(pem);
        }

        PrivateFiles.Write(CertificatePath(folder, name), certificate.ExportCertificatePem() + "\n");
    }

    private static ChainCertificate ReadCertificate(string path) =>
        CertificateChain.TryRead(File.ReadAllText(path), out CertificateChain? chain) && chain.Links is [var only]
            ? only
            : throw new InvalidDataException($"{path}: not one certificate in PEM.");

    private static string CertificatePath(string folder, string name) => Path.Combine(folder, name + ".crt.pem");

    private static string KeyPath(string folder, string name) => Path.Combine(folder, name + ".key.pem");
}
