using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Chains;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// The way from a station's certificate to the operator's root, through what authorities of the field send.
/// </summary>
public sealed class ChainPathTests : IDisposable
{
    private const string RootName = "Example Root CA";
    private const string SubName = "Example Sub CA";

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _subKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SigningOrder _order = TestCsr.Order();
    private byte _serial;

    [Theory]
    [InlineData("Example Sub CA", ForgedCsr.Printable)]
    [InlineData("EXAMPLE sub ca", ForgedCsr.Utf8)]
    [InlineData(" Example   Sub CA ", ForgedCsr.Utf8)]
    [InlineData("EXAMPLE  SUB  CA", ForgedCsr.Printable)]
    public void An_issuers_name_may_differ_in_string_type_case_and_white_space(string spelling, byte type)
    {
        X509Certificate2 sub = Sub();
        X509Certificate2 leaf = Leaf(Name(spelling, type));

        ChainVerification verdict = Verify([Root()], leaf, sub);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Empty(verdict.Deviations);
        Assert.Equal([leaf, sub], verdict.Chain?.Certificates);
        Assert.Equal(TestChain.Write([leaf, sub]), IssuedPem(sub, leaf));
    }

    [Fact]
    public void The_roots_name_may_differ_too()
    {
        X509Certificate2 sub = Create(Name(SubName), _subKey, Name("example  ROOT ca", ForgedCsr.Printable), _rootKey);

        Assert.Equal("Accepted.", Verify([Root()], Leaf(), sub).ToString());
    }

    [Fact]
    public void A_name_that_only_resembles_is_another()
    {
        ChainVerification verdict = Verify([Root()], Leaf(Name("Example SubCA")), Sub());

        Assert.Equal(ChainFault.MissingIntermediate, verdict.Fault);
    }

    [Fact]
    public void The_anchor_may_be_reached_before_the_end_of_what_was_sent()
    {
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 root = Root();
        X509Certificate2 cross = Create(Name(RootName), _rootKey, Name("Other Root CA"), otherKey);
        X509Certificate2 other = Create(Name("Other Root CA"), otherKey, Name("Other Root CA"), otherKey);
        X509Certificate2 sub = Sub();
        X509Certificate2 leaf = Leaf();

        ChainVerification verdict = Verify([root], leaf, sub, cross);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Equal([leaf, sub], verdict.Chain?.Certificates);
        Assert.Equal(["Certificates that do not lead to the operator's root were left out: 1."], verdict.Deviations);

        ChainVerification further = Verify([other], leaf, sub, cross);
        Assert.Equal("Accepted.", further.ToString());
        Assert.Equal([leaf, sub, cross], further.Chain?.Certificates);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_an_expired_and_a_renewed_intermediate_the_valid_one_is_taken(bool isExpiredFirst)
    {
        X509Certificate2 expired = Create(
            Name(SubName),
            _subKey,
            Name(RootName),
            _rootKey,
            notBefore: _now.AddYears(-5),
            notAfter: _now.AddDays(-1)
        );
        X509Certificate2 renewed = Sub();
        X509Certificate2 leaf = Leaf();
        X509Certificate2[] both = isExpiredFirst ? [expired, renewed] : [renewed, expired];

        ChainVerification verdict = Verify([Root()], [leaf, .. both]);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Equal([leaf.RawData, renewed.RawData], verdict.Chain!.Certificates.Select(one => one.RawData));
        Assert.Equal(TestChain.Write([leaf, renewed]), IssuedPem([leaf, .. both, Root()]));
        Assert.Equal(
            (ChainFault.Expired, "Certificate 2 of the chain has expired."),
            Verify([Root()], leaf, expired) is var refused ? (refused.Fault, refused.Reason) : default
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_two_issuers_of_one_name_the_one_that_verifies_is_taken(bool isWrongFirst)
    {
        using var wrongKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 wrong = Create(Name(SubName), wrongKey, Name(RootName), _rootKey);
        X509Certificate2 sub = Sub();
        X509Certificate2 leaf = Leaf();

        ChainVerification verdict = Verify([Root()], isWrongFirst ? [leaf, wrong, sub] : [leaf, sub, wrong]);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Equal([leaf, sub], verdict.Chain?.Certificates);
        Assert.Equal(TestChain.Write([leaf, sub]), IssuedPem(wrong, sub, leaf));
        Assert.Equal(
            (ChainFault.Broken, "A signature of the chain does not verify."),
            Verify([Root()], leaf, wrong) is var refused ? (refused.Fault, refused.Reason) : default
        );
    }

    [Fact]
    public void Of_two_roots_of_one_name_the_one_that_verifies_is_taken()
    {
        using var wrongKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 wrong = Create(Name(RootName), wrongKey, Name(RootName), wrongKey);

        Assert.Equal("Accepted.", Verify([wrong, Root()], Leaf(), Sub()).ToString());
        Assert.Equal(ChainFault.WrongRoot, Verify([wrong], Leaf(), Sub()).Fault);
    }

    [Fact]
    public void Foreign_certificates_behind_the_chain_are_left_out_and_reported()
    {
        using var stranger = TestAuthority.BelowRoot("Stranger");
        X509Certificate2 leaf = Leaf();
        X509Certificate2 sub = Sub();

        ChainVerification verdict = Verify([Root()], leaf, sub, stranger.Certificate, stranger.Root);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Equal([leaf, sub], verdict.Chain?.Certificates);
        Assert.Equal(["Certificates that do not lead to the operator's root were left out: 2."], verdict.Deviations);
    }

    [Fact]
    public void Another_order_is_accepted_and_reported()
    {
        X509Certificate2 leaf = Leaf();
        X509Certificate2 sub = Sub();

        ChainVerification verdict = Verify([Root()], sub, leaf);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Equal([leaf, sub], verdict.Chain?.Certificates);
        Assert.Equal(
            ["The certificates of the chain came in another order than each followed by its issuer's."],
            verdict.Deviations
        );
    }

    [Fact]
    public void The_root_at_the_end_is_no_deviation_and_is_not_kept()
    {
        X509Certificate2 root = Root();

        ChainVerification verdict = Verify([root], Leaf(), Sub(), root);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.Equal(2, verdict.Chain!.Certificates.Count);
        Assert.Empty(verdict.Deviations);
    }

    [Fact]
    public void Authorities_that_certify_each_other_in_a_ring_end_the_search()
    {
        X509Certificate2 leaf = Leaf();
        X509Certificate2[] ring =
        [
            .. Enumerable.Range(0, 9).Select(_ => Create(Name(SubName), _subKey, Name(SubName), _subKey)),
        ];

        Assert.Equal(ChainFault.WrongRoot, Verify([Root()], [leaf, .. ring]).Fault);
        Assert.Equal("Accepted.", Verify([Root()], [leaf, .. ring[1..], Sub()]).ToString());
    }

    [Fact]
    public void The_certificates_names_may_be_spelled_otherwise_than_those_of_the_CSR()
    {
        byte[] subject = ForgedCsr.Name(
            (ForgedCsr.OrganizationOid, ForgedCsr.Printable, "EXAMPLE CHARGING"u8.ToArray()),
            (ForgedCsr.CommonNameOid, ForgedCsr.Printable, Encoding.ASCII.GetBytes(TestCsr.SerialNumber))
        );
        X509Certificate2 leaf = Create(
            new X500DistinguishedName(subject),
            _order.Request.PublicKey,
            Name(SubName),
            _subKey,
            isAuthority: false
        );

        Assert.Equal("Accepted.", Verify([Root()], leaf, Sub()).ToString());
    }

    public void Dispose()
    {
        _rootKey.Dispose();
        _subKey.Dispose();
    }

    private static X500DistinguishedName Name(string commonName, byte type = ForgedCsr.Utf8) =>
        new(ForgedCsr.Name((ForgedCsr.CommonNameOid, type, Encoding.UTF8.GetBytes(commonName))));

    private X509Certificate2 Root() => Create(Name(RootName), _rootKey, Name(RootName), _rootKey);

    private X509Certificate2 Sub() => Create(Name(SubName), _subKey, Name(RootName), _rootKey);

    private X509Certificate2 Leaf(X500DistinguishedName? issuer = null) =>
        Create(TestCsr.Subject(), _order.Request.PublicKey, issuer ?? Name(SubName), _subKey, isAuthority: false);

    private X509Certificate2 Create(
        X500DistinguishedName subject,
        ECDsa key,
        X500DistinguishedName issuer,
        ECDsa issuerKey,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null
    ) => Create(subject, new PublicKey(key), issuer, issuerKey, isAuthority: true, notBefore, notAfter);

    private X509Certificate2 Create(
        X500DistinguishedName subject,
        PublicKey key,
        X500DistinguishedName issuer,
        ECDsa issuerKey,
        bool isAuthority,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null
    )
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (isAuthority)
        {
            request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        }

        return request.Create(
            issuer,
            X509SignatureGenerator.CreateForECDsa(issuerKey),
            notBefore ?? _now.AddDays(-1),
            notAfter ?? _now.AddYears(1),
            [++_serial]
        );
    }

    private ChainVerification Verify(X509Certificate2Collection roots, params X509Certificate2[] chain) =>
        new ChainVerifier(roots).Verify(TestChain.Write(chain), [_order.Request]);

    private string IssuedPem(params X509Certificate2[] answer)
    {
        Assert.True(IssuedChain.TryCreate(answer, _order, out CertificateChain? chain, out string? reason), reason);
        return chain!.Pem;
    }
}
