using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>What is made of a certificate authority's answer before it goes to a station.</summary>
public sealed class IssuedChainTests : IDisposable
{
    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly SigningOrder _order = TestCsr.Order();

    [Fact]
    public void The_leaf_comes_first_and_the_root_and_strangers_stay_out()
    {
        using var stranger = TestAuthority.BelowRoot("Another");
        X509Certificate2 leaf = _authority.Issue(_order.Request);

        bool isChain = IssuedChain.TryCreate(
            [stranger.Certificate, _authority.Root, _authority.Certificate, stranger.Root, leaf],
            _order,
            out CertificateChain? chain,
            out string? reason
        );

        Assert.True(isChain, reason);
        Assert.Equal(TestChain.Write([leaf, _authority.Certificate]), chain!.Pem);
    }

    [Fact]
    public async Task Of_two_issuers_of_one_name_the_one_with_the_right_key_follows()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<X509Certificate2> old = await IssueAsync(folder.Locate("old"));
        IReadOnlyList<X509Certificate2> present = await IssueAsync(folder.Locate("present"));
        Assert.Equal(old[1].Subject, present[1].Subject);

        bool isChain = IssuedChain.TryCreate(
            [old[1], present[1], present[0]],
            _order,
            out CertificateChain? chain,
            out string? reason
        );

        Assert.True(isChain, reason);
        Assert.Equal(TestChain.Write(present), chain!.Pem);
    }

    [Fact]
    public void Of_several_issuers_that_have_signed_the_one_that_is_valid_follows()
    {
        using X509Certificate2 expired = Renew(daysLeft: -1);
        using X509Certificate2 shorter = Renew(daysLeft: 1);
        X509Certificate2 leaf = _authority.Issue(_order.Request);

        foreach (
            X509Certificate2[] answer in new[]
            {
                new[] { leaf, expired, _authority.Certificate, shorter },
                [shorter, _authority.Certificate, expired, leaf],
            }
        )
        {
            bool isChain = IssuedChain.TryCreate(
                [.. answer, _authority.Root],
                _order,
                out CertificateChain? chain,
                out string? reason
            );

            Assert.True(isChain, reason);
            Assert.Equal(TestChain.Write([leaf, _authority.Certificate]), chain!.Pem);
        }
    }

    [Fact]
    public void An_issuer_of_the_same_name_that_has_not_signed_stays_out()
    {
        using var other = TestAuthority.BelowRoot();
        X509Certificate2 leaf = _authority.Issue(_order.Request);

        bool isChain = IssuedChain.TryCreate(
            [leaf, other.Certificate, _authority.Certificate, other.Root],
            _order,
            out CertificateChain? chain,
            out string? reason
        );

        Assert.True(isChain, reason);
        Assert.Equal(TestChain.Write([leaf, _authority.Certificate]), chain!.Pem);
    }

    [Fact]
    public void A_chain_ends_before_the_root_also_where_another_authority_has_certified_the_roots_key()
    {
        using var other = TestAuthority.BelowRoot("Other");
        using X509Certificate2 cross = other.Certify(_authority.Root);
        X509Certificate2 leaf = _authority.Issue(_order.Request);

        bool isChain = IssuedChain.TryCreate(
            [leaf, cross, _authority.Certificate, other.Certificate, _authority.Root],
            _order,
            out CertificateChain? chain,
            out string? reason
        );

        Assert.True(isChain, reason);
        Assert.Equal(TestChain.Write([leaf, _authority.Certificate]), chain!.Pem);
    }

    [Fact]
    public void A_certificate_for_another_key_is_refused() =>
        AssertRefused(
            "The authority answered without a certificate for the key of the CSR.",
            _authority.Issue(TestCsr.New())
        );

    [Theory]
    [InlineData(
        TestCsr.OrganizationName,
        "EX-0002",
        "The authority answered with a certificate whose CN is not a name of the station."
    )]
    [InlineData(
        "Another",
        TestCsr.SerialNumber,
        "The authority answered with a certificate whose O is neither the operator's name nor that of the CSR."
    )]
    public void A_certificate_for_another_station_or_operator_is_refused(
        string organization,
        string commonName,
        string reason
    ) => AssertRefused(reason, _authority.Issue(_order.Request, subject: TestCsr.Subject(commonName, organization)));

    [Fact]
    public void A_certificate_without_O_is_refused_also_if_the_CSR_has_none()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateSigningRequest csr = TestCsr.Read(
            new CertificateRequest(
                $"CN={TestCsr.SerialNumber}",
                key,
                HashAlgorithmName.SHA256
            ).CreateSigningRequestPem()
        );
        var order = new SigningOrder(csr, CertificateUses.Combined) { OrganizationName = TestCsr.OrganizationName };

        Assert.False(
            IssuedChain.TryCreate(
                [_authority.Issue(csr, subject: new X500DistinguishedName($"CN={TestCsr.SerialNumber}"))],
                order,
                out _,
                out string? reason
            )
        );

        Assert.Equal(
            "The authority answered with a certificate whose O is neither the operator's name nor that of the CSR.",
            reason
        );
    }

    [Fact]
    public void A_subject_that_the_authority_completed_is_taken_if_it_is_what_the_operator_asks_for()
    {
        var csr = TestCsr.Read(TestCsr.Pem(commonName: "ex-0001", organization: "Example"));
        var order = new SigningOrder(csr, CertificateUses.Combined)
        {
            OrganizationName = TestCsr.OrganizationName,
            StationNames = ["CS-1", TestCsr.SerialNumber],
        };
        X500DistinguishedName subject = new("C=NL, O=example  CHARGING, OU=Stations, CN=EX-0001");

        bool isChain = IssuedChain.TryCreate(
            [_authority.Issue(csr, subject: subject), _authority.Certificate],
            order,
            out _,
            out string? reason
        );

        Assert.True(isChain, reason);
    }

    [Fact]
    public void The_certificate_of_a_CA_is_refused() =>
        AssertRefused(
            "The authority answered with the certificate of a certificate authority.",
            _authority.Issue(_order.Request, extensions: X509BasicConstraintsExtension.CreateForCertificateAuthority())
        );

    [Fact]
    public void A_chain_longer_than_10000_characters_is_refused()
    {
        var bulk = new X509Extension("1.3.6.1.4.1.99999.1", new byte[7500], critical: false);
        X509Certificate2 leaf = _authority.Issue(_order.Request, extensions: bulk);
        int length = TestChain.Write([leaf]).Length;

        Assert.True(length > CertificateSignedRequest.CertificateChainMaxLength);
        AssertRefused($"The chain has {length} characters; the station takes 10000.", leaf);
    }

    [Fact]
    public void The_limit_is_never_above_OCPPs() =>
        Assert.Equal(10000, (_order with { MaxChainSize = 20000 }).MaxChainSize);

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Renew(int daysLeft) =>
        _authority.Issuer.Certify(_authority.Certificate, DateTimeOffset.UtcNow.AddDays(daysLeft));

    private async Task<IReadOnlyList<X509Certificate2>> IssueAsync(string folder)
    {
        using var authority = LocalCertificateAuthority.Open(
            folder,
            new() { OrganizationName = TestCsr.OrganizationName }
        );
        var issued = Assert.IsType<CertificateAuthorityAnswer.Issued>(await authority.SignAsync(_order));
        return issued.Chain.Certificates;
    }

    private void AssertRefused(string expected, X509Certificate2 certificate)
    {
        Assert.False(IssuedChain.TryCreate([certificate], _order, out CertificateChain? chain, out string? reason));
        Assert.Null(chain);
        Assert.Equal(expected, reason);
    }
}
