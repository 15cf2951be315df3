using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Ocpp.Certificates.Authorities;

namespace Ocpp.Certificates.Tests;

/// <summary>A certificate authority behind cfssl's HTTP API.</summary>
public sealed class CfsslCertificateAuthorityTests : IAsyncDisposable
{
    private const string Info = "/api/v1/cfssl/info";
    private const string Sign = "/api/v1/cfssl/sign";

    private readonly TestServer _server = new();
    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };
    private readonly SigningOrder _order = TestCsr.Order();

    public CfsslCertificateAuthorityTests() => _server.Answers[Info] = TestServer.Body(Success(_authority.Certificate));

    [Fact]
    public async Task A_certificate_and_its_issuer_become_a_chain()
    {
        X509Certificate2 leaf = _authority.Issue(_order.Request);
        _server.Answers[Sign] = TestServer.Body(Success(leaf));

        CertificateAuthorityAnswer answer = await Cfssl(new CfsslOptions { Profile = "station" }).SignAsync(_order);

        Assert.Equal(
            TestChain.Write([leaf, _authority.Certificate]),
            Assert.IsType<CertificateAuthorityAnswer.Issued>(answer).Chain.Pem
        );
        Assert.Equal([Info, Sign], _server.Requests.Select(request => request.Path));
        Assert.All(
            _server.Requests,
            request => Assert.Equal(("POST", "application/json"), (request.Method, request.ContentType))
        );
        Assert.Equal("""{"profile":"station","label":""}""", _server.Requests.First().Body);
        using JsonDocument sign = JsonDocument.Parse(_server.Requests.Last().Body);
        Assert.Equal(_order.Request.ToPem(), sign.RootElement.GetProperty("certificate_request").GetString());
        Assert.Equal("station", sign.RootElement.GetProperty("profile").GetString());
        Assert.False(sign.RootElement.TryGetProperty("label", out _));
    }

    [Fact]
    public void Without_TLS_only_this_machine_is_asked()
    {
        var e = Assert.Throws<ArgumentException>(() =>
            new CfsslCertificateAuthority(_handler, new Uri("http://cfssl.example.com"))
        );

        Assert.Equal(
            "The authority must be reached over https, except on this machine (RFC 7030 section 3.3). (Parameter "
                + "'server')",
            e.Message
        );
    }

    [Fact]
    public async Task With_a_key_requests_are_authenticated()
    {
        byte[] key = RandomNumberGenerator.GetBytes(16);
        _server.Answers["/api/v1/cfssl/authsign"] = TestServer.Body(Success(_authority.Issue(_order.Request)));

        CertificateAuthorityAnswer answer = await Cfssl(new CfsslOptions { AuthenticationKey = key }).SignAsync(_order);

        Assert.IsType<CertificateAuthorityAnswer.Issued>(answer);
        using JsonDocument sent = JsonDocument.Parse(_server.Requests.Last().Body);
        byte[] request = sent.RootElement.GetProperty("request").GetBytesFromBase64();
        Assert.Equal(HMACSHA256.HashData(key, request), sent.RootElement.GetProperty("token").GetBytesFromBase64());
        Assert.Contains("certificate_request", Encoding.UTF8.GetString(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_issuers_at_hand_the_server_is_not_asked_for_them()
    {
        _server.Answers[Sign] = TestServer.Body(Success(_authority.Issue(_order.Request)));

        Assert.IsType<CertificateAuthorityAnswer.Issued>(
            await Cfssl(new CfsslOptions { Issuers = [_authority.Certificate] }).SignAsync(_order)
        );
        Assert.Equal([Sign], _server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_refusal_is_told_by_its_code_and_not_by_its_words()
    {
        _server.Answers[Sign] = TestServer.Body(
            """{"success":false,"result":null,"errors":[{"code":5100,"message":"words"}],"messages":[]}""",
            400
        );

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Refused,
                "The authority refused the request: HTTP status 400, cfssl error 5100."
            ),
            await Cfssl().SignAsync(_order)
        );
    }

    [Fact]
    public async Task A_certificate_for_another_key_is_an_invalid_answer()
    {
        _server.Answers[Sign] = TestServer.Body(Success(_authority.Issue(TestCsr.New())));

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.InvalidAnswer,
                "The authority answered without a certificate for the key of the CSR."
            ),
            await Cfssl().SignAsync(_order)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Welcome</html>")]
    [InlineData("null")]
    [InlineData("""{"success":true}""")]
    [InlineData("""{"success":true,"result":{"certificate":"no PEM"}}""")]
    public async Task Garbage_is_an_invalid_answer(string body)
    {
        _server.Answers[Sign] = TestServer.Body(body);

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.InvalidAnswer,
                "The cfssl server's answer to sign has no certificate."
            ),
            await Cfssl().SignAsync(_order)
        );
    }

    [Fact]
    public Task Every_failure_is_an_answer() =>
        AuthorityFailures.AssertAllAsync(_server, Sign, Cfssl(new CfsslOptions { Issuers = [_authority.Certificate] }));

    [Fact]
    public async Task A_server_that_is_slow_may_have_signed()
    {
        _server.Answers[Sign] = TestServer.Silence;

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.AnswerLost,
                "The authority did not answer in time."
            ),
            await Cfssl(
                    new CfsslOptions { Issuers = [_authority.Certificate], Timeout = TimeSpan.FromMilliseconds(200) }
                )
                .SignAsync(_order)
        );
    }

    [Fact]
    public async Task No_answer_about_issuers_loses_nothing()
    {
        _server.Answers[Info] = TestServer.Silence;

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Unavailable,
                "The authority did not answer in time."
            ),
            await Cfssl(new CfsslOptions { Timeout = TimeSpan.FromMilliseconds(200) }).SignAsync(_order)
        );
    }

    [Fact]
    public async Task A_server_that_is_down_is_unavailable()
    {
        using Socket taken = TestServer.TakeAddress(out Uri address);

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Unavailable,
                "The authority can't be reached: ConnectionError."
            ),
            await new CfsslCertificateAuthority(_handler, address).SignAsync(_order)
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _handler.Dispose();
        _authority.Dispose();
    }

    private CfsslCertificateAuthority Cfssl(CfsslOptions? options = null) => new(_handler, _server.Address, options);

    private static string Success(X509Certificate2 certificate)
    {
        string pem = JsonEncodedText.Encode(certificate.ExportCertificatePem()).ToString();
        return $$"""{"success":true,"result":{"certificate":"{{pem}}"},"errors":[],"messages":[]}""";
    }
}
