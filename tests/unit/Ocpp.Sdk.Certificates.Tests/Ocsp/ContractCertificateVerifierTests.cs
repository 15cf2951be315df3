using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Ocsp;
using Ocpp.Certificates.V201;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>C07: the contract certificate of a car, as a chain, as hash data, or both.</summary>
public sealed class ContractCertificateVerifierTests : IDisposable
{
    private const string Contract = "DE8AACA1B2C3D47";
    private const string RootUrl = "http://root.example.com/ocsp";
    private const string SubUrl = "http://sub.example.com/ocsp";

    private static readonly DateTimeOffset s_start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly OcppTestClock _clock = new(s_start);
    private readonly TestAuthority _root = new("MO Root CA");
    private readonly TestAuthority _sub;
    private readonly OcspResponder _ofRoot;
    private readonly OcspResponder _ofSub;
    private readonly Switchboard _http;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ContractCertificateVerifierTests()
    {
        _sub = new TestAuthority("MO Sub CA", _root, TestAuthority.Responder(RootUrl));
        _ofRoot = new OcspResponder(_root, _clock);
        _ofSub = new OcspResponder(_sub, _clock);
        _http = new Switchboard(_ofRoot, _ofSub);
    }

    public void Dispose()
    {
        _root.Dispose();
        _sub.Dispose();
        _ofRoot.Dispose();
        _ofSub.Dispose();
        _http.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task C07_FR_05_A_valid_chain_none_of_which_is_revoked_is_accepted()
    {
        ContractCertificateVerification? verification = await VerifyAsync(Pem(Leaf(), _sub.Certificate));

        Assert.Equal("Accepted.", verification!.ToString());
        Assert.Equal([new Uri(RootUrl)], _ofRoot.Asked);
        Assert.Equal([new Uri(SubUrl)], _ofSub.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task C07_FR_16_A_revoked_certificate_is_found_anywhere_in_the_chain(bool isLeaf)
    {
        X509Certificate2 leaf = Leaf();
        (isLeaf ? _ofSub : _ofRoot).Change = answer => answer with { Status = 1 };
        (isLeaf ? _ofRoot : _ofSub).Instead = _ => throw new HttpRequestException();

        ContractCertificateVerification? verification = await VerifyAsync(Pem(leaf, _sub.Certificate));

        Assert.Equal("CertificateRevoked: A certificate of the chain is revoked.", verification!.ToString());
    }

    [Fact]
    public async Task C07_FR_16_The_token_of_a_certificate_that_is_not_valid_is_refused_without_asking_the_application()
    {
        ContractCertificateVerification? reason = null;
        _ofSub.Change = answer => answer with { Status = 1 };
        AuthorizeRequest request = Request(Pem(Leaf(), _sub.Certificate));

        AuthorizeResponse revoked = await Verifier().AuthorizeAsync(request, NotAsked, refused => reason = refused);
        AuthorizeResponse expired = await Verifier()
            .AuthorizeAsync(Request(Pem(Leaf(notAfter: s_start), _sub.Certificate)), NotAsked);

        Assert.Equal("CertificateRevoked: A certificate of the chain is revoked.", reason!.ToString());
        Assert.Equal(
            (AuthorizationStatusEnumType.Invalid, AuthorizeCertificateStatusEnumType.CertificateRevoked),
            (revoked.IdTokenInfo.Status, revoked.CertificateStatus!.Value)
        );
        Assert.Equal(
            (AuthorizationStatusEnumType.Expired, AuthorizeCertificateStatusEnumType.CertificateExpired),
            (expired.IdTokenInfo.Status, expired.CertificateStatus!.Value)
        );

        static Task<AuthorizeResponse> NotAsked() => throw new InvalidOperationException("It was asked.");
    }

    [Fact]
    public async Task The_application_decides_on_a_token_whose_certificate_is_valid_or_that_has_none()
    {
        AuthorizeRequest withCertificate = Request(Pem(Leaf(), _sub.Certificate));

        Assert.Equal(
            AuthorizeCertificateStatusEnumType.Accepted,
            (await Verifier().AuthorizeAsync(withCertificate, () => Respond(null))).CertificateStatus
        );
        Assert.Equal(
            AuthorizeCertificateStatusEnumType.ContractCancelled,
            (
                await Verifier()
                    .AuthorizeAsync(
                        withCertificate,
                        () => Respond(AuthorizeCertificateStatusEnumType.ContractCancelled)
                    )
            ).CertificateStatus
        );
        Assert.Null((await Verifier().AuthorizeAsync(Request(null), () => Respond(null))).CertificateStatus);

        static Task<AuthorizeResponse> Respond(AuthorizeCertificateStatusEnumType? status) =>
            Task.FromResult(
                new AuthorizeResponse
                {
                    IdTokenInfo = new IdTokenInfoType { Status = AuthorizationStatusEnumType.Blocked },
                    CertificateStatus = status,
                }
            );
    }

    [Fact]
    public async Task A_chain_that_has_expired_is_refused_and_nothing_is_asked()
    {
        ContractCertificateVerification? verification = await VerifyAsync(
            Pem(Leaf(notAfter: s_start), _sub.Certificate)
        );

        Assert.Equal(
            "CertificateExpired: A certificate of the chain is not valid any more, or not yet.",
            verification!.ToString()
        );
        Assert.Empty(_ofSub.Asked);
    }

    [Fact]
    public async Task A_certificate_that_its_responder_does_not_know_is_an_error_of_the_chain()
    {
        _ofSub.Change = answer => answer with { Status = 2 };

        Assert.Equal(
            "CertChainError: A certificate of the chain is not known to its responder.",
            (await VerifyAsync(Pem(Leaf(), _sub.Certificate)))!.ToString()
        );
    }

    [Fact]
    public async Task What_can_not_be_found_out_is_not_accepted()
    {
        _ofSub.Instead = _ => throw new HttpRequestException();

        Assert.Equal(
            "NoCertificateAvailable: The responder can't be reached, or the connection was lost.",
            (await VerifyAsync(Pem(Leaf(), _sub.Certificate)))!.ToString()
        );
    }

    [Fact]
    public async Task A_certificate_without_a_responder_is_not_accepted()
    {
        X509Certificate2 leaf = _sub.Sign(
            new X500DistinguishedName($"CN={Contract}"),
            new PublicKey(_key),
            extensions: TestAuthority.Constraints(isAuthority: false)
        );

        Assert.Equal(
            "NoCertificateAvailable: A certificate of the chain names no OCSP responder.",
            (await VerifyAsync(Pem(leaf, _sub.Certificate)))!.ToString()
        );
    }

    [Theory]
    [InlineData("DE8AACA1B2C3D47", true)]
    [InlineData("DE-8AA-CA1B2C3D4-7", true)]
    [InlineData("de8aaca1b2c3d4", true)] // without the check digit
    [InlineData("DE8AACA1B2C3D48", false)]
    [InlineData("DE8AACA1B2C3D4777", false)]
    [InlineData("DE8AACA1B2C3E4", false)]
    [InlineData("", false)]
    public async Task A_certificate_is_that_of_the_contract(string contract, bool isAccepted)
    {
        ContractCertificateVerification? verification = await VerifyAsync(
            Pem(Leaf(), _sub.Certificate),
            contract: contract
        );

        Assert.Equal(
            isAccepted
                ? "Accepted."
                : "CertChainError: The common name of the certificate is not the contract that the station has sent.",
            verification!.ToString()
        );
    }

    [Fact]
    public async Task A_chain_to_another_root_of_the_same_name_is_refused()
    {
        using var root = new TestAuthority("MO Root CA");
        using var sub = new TestAuthority("MO Sub CA", root, TestAuthority.Responder(RootUrl));
        X509Certificate2 leaf = Leaf(sub);

        ContractCertificateVerification? verification = await VerifyAsync(Pem(leaf, sub.Certificate, root.Certificate));

        Assert.Equal("SignatureError: A signature of the chain does not verify.", verification!.ToString());
        Assert.Empty(_ofSub.Asked);
    }

    [Fact]
    public async Task A_chain_that_does_not_lead_to_a_root_is_refused_unless_the_authority_is_known()
    {
        string pem = Pem(Leaf());

        Assert.Equal(
            "CertChainError: The chain does not lead to the root of a mobility operator.",
            (await VerifyAsync(pem))!.ToString()
        );
        Assert.Equal("Accepted.", (await VerifyAsync(pem, intermediates: [_sub.Certificate]))!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public async Task A_chain_that_can_not_be_read_is_refused(string pem) =>
        Assert.Equal("CertChainError: The chain is not certificates in PEM.", (await VerifyAsync(pem))!.ToString());

    [Fact]
    public async Task The_certificate_of_an_authority_is_not_that_of_a_contract()
    {
        using var authority = new TestAuthority(Contract, _sub, TestAuthority.Responder(SubUrl));

        Assert.Equal(
            "CertChainError: The certificate belongs to a certificate authority.",
            (await VerifyAsync(Pem(authority.Certificate, _sub.Certificate)))!.ToString()
        );
    }

    [Fact]
    public async Task C07_FR_05_Hash_data_alone_is_checked_certificate_by_certificate()
    {
        X509Certificate2 leaf = Leaf();
        OCSPRequestDataType[] hashData =
        [
            HashData(leaf, _sub.Certificate, SubUrl),
            HashData(_sub.Certificate, _root.Certificate, RootUrl),
        ];

        Assert.Equal("Accepted.", (await VerifyAsync(hashData: hashData))!.ToString());
        _ofRoot.Change = answer => answer with { Status = 1 };
        Assert.Equal(ContractCertificateStatus.CertificateRevoked, (await VerifyAsync(hashData: hashData))!.Status);
        Assert.Equal(
            ContractCertificateStatus.NoCertificateAvailable,
            (await VerifyAsync(hashData: [HashData(leaf, _sub.Certificate, "http://127.0.0.1/")]))!.Status
        );
    }

    [Fact]
    public async Task Hash_data_of_an_authority_that_only_the_OCSP_client_trusts_is_refused_and_nothing_is_asked()
    {
        using var v2g = new TestAuthority("V2G Root CA");
        using var cpo = new TestAuthority("CPO Sub CA", v2g, TestAuthority.Responder(RootUrl));
        using var responder = new OcspResponder(cpo, _clock);
        using var http = new Switchboard(_ofRoot, responder);
        OCSPRequestDataType[] hashData = [HashData(Leaf(cpo), cpo.Certificate, SubUrl)];
        ContractCertificateVerifier ofOperators = Verifier(http, v2g, cpo, _root);
        ContractCertificateVerifier ofAll = Verifier(http, v2g, cpo, _root, v2g);

        Assert.Equal(
            "CertChainError: The chain does not lead to the root of a mobility operator.",
            (await ofOperators.VerifyAsync(Request(null, hashData)))!.ToString()
        );
        Assert.Equal(
            "CertChainError: The chain does not lead to the root of a mobility operator.",
            (
                await ofOperators.VerifyAsync(Request(null, [HashData(cpo.Certificate, v2g.Certificate, RootUrl)]))
            )!.ToString()
        );
        Assert.Empty(responder.Asked);
        Assert.Equal("Accepted.", (await ofAll.VerifyAsync(Request(null, hashData)))!.ToString());
    }

    [Fact]
    public async Task Hash_data_whose_issuer_is_unknown_is_not_accepted_and_the_reason_says_so()
    {
        using var sub = new TestAuthority("MO Sub CA 2", _root, TestAuthority.Responder(RootUrl));
        OCSPRequestDataType[] hashData = [HashData(Leaf(sub), sub.Certificate, SubUrl)];

        Assert.Equal(
            "NoCertificateAvailable: The certificate of an issuer is unknown: whether it leads to the root of a "
                + "mobility operator can't be found out.",
            (await VerifyAsync(hashData: hashData))!.ToString()
        );
        Assert.Empty(_ofSub.Asked);
    }

    [Fact]
    public async Task Hash_data_whose_issuer_is_not_an_authority_or_not_valid_any_more_is_refused()
    {
        X509Certificate2 leaf = Leaf();
        using X509Certificate2 ofLeaf = new CertificateRequest("CN=Anyone", _key, HashAlgorithmName.SHA256).Create(
            leaf.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_key),
            s_start.AddDays(-1),
            s_start.AddDays(1),
            [1]
        );

        Assert.Equal(
            "CertChainError: An issuer is not a certificate authority.",
            (await VerifyAsync(Pem(leaf, _sub.Certificate), [HashData(ofLeaf, leaf, SubUrl)]))!.ToString()
        );
        _clock.Advance(_sub.Certificate.NotAfter.ToUniversalTime() - s_start);
        Assert.Equal(
            "CertificateExpired: A certificate of the chain is not valid any more, or not yet.",
            (await VerifyAsync(hashData: [HashData(leaf, _sub.Certificate, SubUrl)]))!.ToString()
        );
    }

    [Fact]
    public async Task A_chain_and_hash_data_must_both_hold()
    {
        string pem = Pem(Leaf(), _sub.Certificate);
        X509Certificate2 other = Leaf();
        _ofSub.Statuses[other.SerialNumber] = 1;

        Assert.Equal(
            ContractCertificateStatus.CertificateRevoked,
            (await VerifyAsync(pem, [HashData(other, _sub.Certificate, SubUrl)]))!.Status
        );
        Assert.Equal(
            ContractCertificateStatus.CertChainError,
            (await VerifyAsync("", [HashData(Leaf(), _sub.Certificate, SubUrl)]))!.Status
        );
    }

    [Fact]
    public async Task An_Authorize_without_a_certificate_has_no_status() => Assert.Null(await VerifyAsync());

    private Task<ContractCertificateVerification?> VerifyAsync(
        string? pem = null,
        OCSPRequestDataType[]? hashData = null,
        string contract = Contract,
        X509Certificate2Collection? intermediates = null
    ) => Verifier(intermediates).VerifyAsync(Request(pem, hashData, contract));

    private ContractCertificateVerifier Verifier(X509Certificate2Collection? intermediates = null) =>
        new(
            new OcspClient(
                _http,
                new OcspClientOptions
                {
                    Responders = [new Uri(RootUrl), new Uri(SubUrl)],
                    TrustedRoots = [_root.Certificate],
                    Intermediates = [_sub.Certificate],
                    TimeProvider = _clock,
                }
            ),
            [_root.Certificate],
            intermediates,
            _clock
        );

    /// <summary>A verifier whose OCSP client trusts another root than those of mobility operators.</summary>
    private ContractCertificateVerifier Verifier(
        Switchboard http,
        TestAuthority trusted,
        TestAuthority intermediate,
        params TestAuthority[] roots
    ) =>
        new(
            new OcspClient(
                http,
                new OcspClientOptions
                {
                    Responders = [new Uri(RootUrl), new Uri(SubUrl)],
                    TrustedRoots = [_root.Certificate, trusted.Certificate],
                    Intermediates = [intermediate.Certificate],
                    TimeProvider = _clock,
                }
            ),
            [.. roots.Select(root => root.Certificate)],
            timeProvider: _clock
        );

    private static AuthorizeRequest Request(
        string? pem,
        OCSPRequestDataType[]? hashData = null,
        string contract = Contract
    ) =>
        new()
        {
            IdToken = new IdTokenType { IdToken = contract, Type = IdTokenEnumType.EMAID },
            Certificate = pem,
            Iso15118CertificateHashData = hashData,
        };

    private X509Certificate2 Leaf(TestAuthority? issuer = null, DateTimeOffset? notAfter = null) =>
        (issuer ?? _sub).Sign(
            new X500DistinguishedName($"CN={Contract}, O=Mobility Operator, DC=MO"),
            new PublicKey(_key),
            notAfter: notAfter,
            extensions: [TestAuthority.Constraints(isAuthority: false), TestAuthority.Responder(SubUrl)]
        );

    private static OCSPRequestDataType HashData(X509Certificate2 certificate, X509Certificate2 issuer, string url)
    {
        var hash = CertificateHash.Of(certificate, issuer);
        return new OCSPRequestDataType
        {
            HashAlgorithm = HashAlgorithmEnumType.SHA256,
            IssuerNameHash = hash.IssuerNameHash,
            IssuerKeyHash = hash.IssuerKeyHash,
            SerialNumber = hash.SerialNumber,
            ResponderURL = url,
        };
    }

    private static string Pem(params X509Certificate2[] certificates) => TestChain.Write(certificates);

    /// <summary>Leads each request to its responder.</summary>
    private sealed class Switchboard(OcspResponder ofRoot, OcspResponder ofSub) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            using var http = new HttpMessageInvoker(
                request.RequestUri!.Host == "root.example.com" ? ofRoot : ofSub,
                disposeHandler: false
            );
            return await http.SendAsync(request, cancellationToken);
        }
    }
}
