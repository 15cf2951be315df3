using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;
using Ocpp.Testing;

namespace Ocpp.Certificates.Tests;

/// <summary>The certificate authority within the CSMS.</summary>
public sealed class LocalCertificateAuthorityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OcppTestClock _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_it_issues_is_accepted_by_a_station()
    {
        using LocalCertificateAuthority authority = Open();
        SigningOrder order = TestCsr.Order();

        CertificateChain chain = await IssueAsync(authority, order);

        ChainVerification verdict = new ChainVerifier([authority.Root], _clock).Verify(chain.Pem, [order.Request]);
        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Equal(
            ["CN=EX-0001, O=Example Charging", "CN=Issuing CA, O=Example Charging"],
            verdict.Chain!.Certificates.Select(one => one.Subject)
        );
        Assert.Equal(verdict.Chain!.Certificates[0].SerialNumber, chain.SerialNumber);
        Assert.Equal(_clock.GetUtcNow().AddDays(365), chain.NotAfter);
        Assert.Equal(order.Request.KeyId, chain.KeyId);
    }

    [Fact]
    public async Task A_certificate_is_valid_from_before_now_for_stations_whose_clock_is_behind()
    {
        // A day later, so that the authority itself is older than the set-back.
        using LocalCertificateAuthority authority = Open();
        _clock.Advance(TimeSpan.FromDays(1));

        using X509Certificate2 leaf = Leaf(await IssueAsync(authority, TestCsr.Order()));

        Assert.Equal(_clock.GetUtcNow().AddMinutes(-10), leaf.NotBefore);
    }

    [Fact]
    public async Task No_extension_that_a_CSR_asks_for_is_copied()
    {
        using LocalCertificateAuthority authority = Open();
        CertificateSigningRequest csr = TestCsr.Read(
            TestCsr.Pem(
                X509BasicConstraintsExtension.CreateForCertificateAuthority(),
                new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true),
                new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], critical: false)
            )
        );

        using X509Certificate2 leaf = Leaf(
            await IssueAsync(authority, new SigningOrder(csr, CertificateUses.CsmsConnection))
        );

        Assert.False(leaf.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(
            X509KeyUsageFlags.DigitalSignature,
            leaf.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages
        );
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], Usages(leaf));
    }

    [Theory]
    [InlineData(CertificateUses.CsmsConnection, "1.3.6.1.5.5.7.3.2")]
    [InlineData(CertificateUses.Iso15118, "1.3.6.1.5.5.7.3.1")]
    [InlineData(CertificateUses.Iso15118Part20, "1.3.6.1.5.5.7.3.1")]
    [InlineData(CertificateUses.Combined, "1.3.6.1.5.5.7.3.2 1.3.6.1.5.5.7.3.1")]
    public async Task The_usage_follows_from_what_the_certificate_is_for(CertificateUses uses, string usages)
    {
        using LocalCertificateAuthority authority = Open();

        using X509Certificate2 leaf = Leaf(await IssueAsync(authority, new SigningOrder(TestCsr.New(), uses)));

        Assert.Equal(usages, string.Join(' ', Usages(leaf)));
    }

    [Fact]
    public async Task A02_FR_27_A_certificate_below_another_root_is_refused()
    {
        using LocalCertificateAuthority authority = Open();
        using var other = TestAuthority.BelowRoot("Other");
        var order = new SigningOrder(TestCsr.New(), CertificateUses.Iso15118);

        CertificateAuthorityAnswer refused = await authority.SignAsync(
            order with
            {
                RootCertificate = CertificateHash.OfRoot(other.Root),
            }
        );

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Refused,
                "The station requests a certificate below another root than that of this authority."
            ),
            refused
        );
        Assert.IsType<CertificateAuthorityAnswer.Issued>(
            await authority.SignAsync(order with { RootCertificate = CertificateHash.OfRoot(authority.Root) })
        );
    }

    [Theory]
    [InlineData(CertificateUses.CsmsConnection, "CN=EX-0001, O=Example Charging")]
    [InlineData(CertificateUses.Combined, "DC=CPO, CN=EX-0001, O=Example Charging, C=NL")]
    [InlineData(CertificateUses.Iso15118, "DC=CPO, CN=EX-0001, O=Example Charging, C=NL")]
    [InlineData(CertificateUses.Iso15118Part20, "DC=CPO, CN=EX-0001, O=Example Charging, C=NL")]
    public async Task The_subject_is_the_operators_and_of_the_CSRs_nothing_is_copied_but_CN_and_for_cars_C(
        CertificateUses uses,
        string expected
    )
    {
        using LocalCertificateAuthority authority = Open();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            new X500DistinguishedName(
                "E=a@b.example, UID=other, SERIALNUMBER=1, OU=Unit, L=City, O=Another, C=nl, CN=EX-0001"
            ),
            key,
            HashAlgorithmName.SHA256
        );
        CertificateSigningRequest csr = TestCsr.Read(request.CreateSigningRequestPem());

        using X509Certificate2 leaf = Leaf(
            await IssueAsync(authority, new SigningOrder(csr, uses) { OrganizationName = TestCsr.OrganizationName })
        );

        Assert.Equal(expected, leaf.Subject);
    }

    [Fact]
    public async Task What_a_CSR_lacks_is_completed()
    {
        using LocalCertificateAuthority authority = Open();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateSigningRequest csr = TestCsr.Read(
            new CertificateRequest(
                new X500DistinguishedName("OU=Unit"),
                key,
                HashAlgorithmName.SHA256
            ).CreateSigningRequestPem()
        );
        var order = new SigningOrder(csr, CertificateUses.Iso15118)
        {
            OrganizationName = TestCsr.OrganizationName,
            StationNames = ["SECC-1"],
            Country = "SE",
        };

        using X509Certificate2 leaf = Leaf(await IssueAsync(authority, order));

        Assert.Equal("DC=CPO, CN=SECC-1, O=Example Charging, C=SE", leaf.Subject);
        var failed = Assert.IsType<CertificateAuthorityAnswer.Failed>(
            await authority.SignAsync(order with { StationNames = [] })
        );
        Assert.Equal(CertificateAuthorityFailure.Refused, failed.Kind);
        Assert.StartsWith(
            "A name of the station can't be part of a subject: ",
            failed.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void It_is_the_same_authority_after_a_restart()
    {
        using LocalCertificateAuthority first = Open();
        using LocalCertificateAuthority second = Open();

        Assert.Equal(first.Root, second.Root);
    }

    [Fact]
    public async Task It_starts_without_the_key_of_its_root()
    {
        Open().Dispose();
        File.Delete(_folder.Locate("authority/root.key.pem"));

        using LocalCertificateAuthority authority = Open();

        Assert.NotNull(await IssueAsync(authority, TestCsr.Order()));
    }

    [Fact]
    public void A_first_start_that_was_killed_is_done_again()
    {
        Directory.CreateDirectory(_folder.Locate("authority.new"));
        File.WriteAllText(_folder.Locate("authority.new/root.key.pem"), "half a k");

        using LocalCertificateAuthority authority = Open();

        Assert.Equal(["authority"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Another_key_than_the_issuing_CAs_is_refused()
    {
        Open().Dispose();
        string keyFile = _folder.Locate("authority/issuing.key.pem");
        File.Copy(_folder.Locate("authority/root.key.pem"), keyFile, overwrite: true);

        var e = Assert.Throws<InvalidDataException>(Open);

        Assert.Equal($"{keyFile}: not the private key of {_folder.Locate("authority/issuing.crt.pem")}.", e.Message);
    }

    [Fact]
    public void Another_root_of_the_same_name_is_refused()
    {
        Open().Dispose();
        string root = _folder.Locate("authority/root.crt.pem");
        using (var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(root)))
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            // Name and key id are those of the root: only the signature tells.
            var request = new CertificateRequest(certificate.SubjectName, key, HashAlgorithmName.SHA256);
            foreach (X509Extension extension in certificate.Extensions)
            {
                request.CertificateExtensions.Add(extension);
            }

            File.WriteAllText(
                root,
                request.CreateSelfSigned(certificate.NotBefore, certificate.NotAfter).ExportCertificatePem()
            );
        }

        var e = Assert.Throws<InvalidDataException>(Open);

        Assert.Equal($"{_folder.Locate("authority")}: the issuing CA is not signed with the root's key.", e.Message);
    }

    [Fact]
    public void All_files_are_the_owners_alone_and_a_folder_that_others_can_write_to_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Open().Dispose();
        foreach (string file in Directory.GetFiles(_folder.Locate("authority")))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        foreach (string folder in new[] { _folder.Locate("authority"), _folder.Path })
        {
            UnixFileMode mode = File.GetUnixFileMode(folder);
            File.SetUnixFileMode(folder, mode | UnixFileMode.GroupWrite);

            var e = Assert.Throws<InvalidDataException>(Open);

            Assert.Equal(
                $"{folder}: others than its owner can write to this folder; its mode must be 0755 or less.",
                e.Message
            );
            File.SetUnixFileMode(folder, mode);
        }
    }

    [Fact]
    public async Task A_certificate_ends_with_the_issuing_CAs_and_none_is_issued_after()
    {
        using LocalCertificateAuthority authority = Open();
        DateTimeOffset end = _clock.GetUtcNow().AddYears(10);
        _clock.Advance(end.AddDays(-1) - _clock.GetUtcNow());
        Assert.Equal(end, (await IssueAsync(authority, TestCsr.Order())).NotAfter);

        _clock.Advance(end - _clock.GetUtcNow());
        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Refused,
                "The certificate of the issuing CA is not valid now."
            ),
            await authority.SignAsync(TestCsr.Order())
        );
    }

    [Fact]
    public async Task A_chain_that_the_station_cannot_take_is_refused()
    {
        using LocalCertificateAuthority authority = Open();

        CertificateAuthorityAnswer answer = await authority.SignAsync(TestCsr.Order() with { MaxChainSize = 1000 });

        var failure = Assert.IsType<CertificateAuthorityAnswer.Failed>(answer);
        Assert.Equal(CertificateAuthorityFailure.Refused, failure.Kind);
        Assert.Matches(@"^The chain has \d{4} characters; the station takes 1000\.$", failure.Reason);
    }

    public void Dispose() => _folder.Dispose();

    private LocalCertificateAuthority Open() =>
        LocalCertificateAuthority.Open(
            _folder.Path,
            new() { OrganizationName = TestCsr.OrganizationName, TimeProvider = _clock }
        );

    private static async Task<CertificateChain> IssueAsync(LocalCertificateAuthority authority, SigningOrder order) =>
        Assert.IsType<CertificateAuthorityAnswer.Issued>(await authority.SignAsync(order)).Chain;

    private static X509Certificate2 Leaf(CertificateChain chain) => X509Certificate2.CreateFromPem(chain.Pem);

    private static IEnumerable<string?> Usages(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Single()
            .EnhancedKeyUsages.Cast<Oid>()
            .Select(usage => usage.Value);
}
