using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Testing;

namespace Ocpp.Certificates.Tests;

/// <summary>A certificate authority behind EST (RFC 7030).</summary>
public sealed class EstCertificateAuthorityTests : IAsyncDisposable
{
    private const string CaCerts = "/.well-known/est/cacerts";
    private const string SimpleEnroll = "/.well-known/est/simpleenroll";

    private readonly TestServer _server = new();
    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };
    private readonly SigningOrder _order = TestCsr.Order();

    public EstCertificateAuthorityTests() =>
        _server.Answers[CaCerts] = TestServer.Body(Pkcs7(_authority.Root, _authority.Certificate));

    [Fact]
    public async Task A_certificate_and_its_issuers_become_a_chain()
    {
        X509Certificate2 leaf = _authority.Issue(_order.Request);
        _server.Answers[SimpleEnroll] = TestServer.Body(Pkcs7(leaf));

        CertificateAuthorityAnswer answer = await Est().SignAsync(_order);

        Assert.Equal(
            TestChain.Write([leaf, _authority.Certificate]),
            Assert.IsType<CertificateAuthorityAnswer.Issued>(answer).Chain.Pem
        );
        Assert.Equal(
            [
                new("GET", CaCerts, null, null, ""),
                new("POST", SimpleEnroll, "application/pkcs10", null, Convert.ToBase64String(_order.Request.Der.Span)),
            ],
            _server.Requests
        );
    }

    [Fact]
    public async Task With_issuers_at_hand_the_server_is_not_asked_for_them()
    {
        _server.Answers[SimpleEnroll] = TestServer.Body(Pkcs7(_authority.Issue(_order.Request)));

        CertificateAuthorityAnswer answer = await Est(new EstOptions { Issuers = [_authority.Certificate] })
            .SignAsync(_order);

        Assert.IsType<CertificateAuthorityAnswer.Issued>(answer);
        Assert.Equal([SimpleEnroll], _server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Name_and_password_go_as_HTTP_Basic_and_the_label_into_the_path()
    {
        _server.Answers["/.well-known/est/stations/cacerts"] = TestServer.Body(Pkcs7(_authority.Certificate));
        var options = new EstOptions { Label = "stations", Credential = new NetworkCredential("csms", "open sesame") };

        await Est(options).SignAsync(_order);

        Assert.Equal(
            ["/.well-known/est/stations/cacerts", "/.well-known/est/stations/simpleenroll"],
            _server.Requests.Select(request => request.Path)
        );
        Assert.All(_server.Requests, request => Assert.Equal("Basic Y3NtczpvcGVuIHNlc2FtZQ==", request.Authorization));
        Assert.DoesNotContain("sesame", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7200", 7200)]
    [InlineData("Fri, 01 May 2026 13:00:00 GMT", 3600)]
    [InlineData("Fri, 01 May 2026 11:00:00 GMT", 0)]
    [InlineData(null, 300)]
    public async Task A_202_is_a_promise_for_later(string? retryAfter, int seconds)
    {
        _server.Answers[SimpleEnroll] = TestServer.Status(202, retryAfter);

        CertificateAuthorityAnswer answer = await Est(
                new EstOptions
                {
                    TimeProvider = new OcppTestClock(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)),
                }
            )
            .SignAsync(_order);

        Assert.Equal(new CertificateAuthorityAnswer.Later(TimeSpan.FromSeconds(seconds)), answer);
    }

    [Fact]
    public async Task A_certificate_for_another_key_is_an_invalid_answer()
    {
        _server.Answers[SimpleEnroll] = TestServer.Body(Pkcs7(_authority.Issue(TestCsr.New())));

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.InvalidAnswer,
                "The authority answered without a certificate for the key of the CSR."
            ),
            await Est().SignAsync(_order)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Welcome</html>")]
    [InlineData("AAAA")]
    [InlineData("MAsGCSqGSIb3DQEHAg==")]
    public async Task Garbage_is_an_invalid_answer(string body)
    {
        _server.Answers[SimpleEnroll] = TestServer.Body(body);

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.InvalidAnswer,
                "The EST server's answer to simpleenroll is not certificates in PKCS#7."
            ),
            await Est().SignAsync(_order)
        );
    }

    [Fact]
    public async Task Garbage_for_issuers_is_found_before_a_certificate_is_asked_for()
    {
        _server.Answers[CaCerts] = TestServer.Body("AAAA");

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.InvalidAnswer,
                "The EST server's answer to cacerts is not certificates in PKCS#7."
            ),
            await Est().SignAsync(_order)
        );
        Assert.Equal([CaCerts], _server.Requests.Select(request => request.Path));
    }

    [Fact]
    public Task Every_failure_is_an_answer() =>
        AuthorityFailures.AssertAllAsync(
            _server,
            SimpleEnroll,
            Est(new EstOptions { Issuers = [_authority.Certificate] })
        );

    [Fact]
    public async Task A_server_that_is_slow_may_have_signed()
    {
        _server.Answers[SimpleEnroll] = TestServer.Silence;

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.AnswerLost,
                "The authority did not answer in time."
            ),
            await Est(new EstOptions { Issuers = [_authority.Certificate], Timeout = TimeSpan.FromMilliseconds(200) })
                .SignAsync(_order)
        );
    }

    [Fact]
    public async Task No_answer_about_issuers_loses_nothing()
    {
        _server.Answers[CaCerts] = TestServer.Silence;

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Unavailable,
                "The authority did not answer in time."
            ),
            await Est(new EstOptions { Timeout = TimeSpan.FromMilliseconds(200) }).SignAsync(_order)
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
            await new EstCertificateAuthority(_handler, address).SignAsync(_order)
        );
    }

    [Fact]
    public async Task A_cancelled_wait_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        _server.Answers[SimpleEnroll] = _ => cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Est().SignAsync(_order, cancellation.Token));
    }

    [Fact]
    public void Without_TLS_only_this_machine_is_asked()
    {
        var e = Assert.Throws<ArgumentException>(() =>
            new EstCertificateAuthority(_handler, new Uri("http://est.example.com"))
        );

        Assert.Equal(
            "The authority must be reached over https, except on this machine (RFC 7030 section 3.3). (Parameter "
                + "'server')",
            e.Message
        );
    }

    [Theory]
    [InlineData(".well-known/cpo/simpleenroll", null, "/.well-known/cpo/")]
    [InlineData(".well-known/cpo/", null, "/.well-known/cpo/")]
    [InlineData("pki/.well-known/est", "stations", "/pki/.well-known/est/stations/")]
    [InlineData("", null, "/.well-known/est/")]
    public async Task The_server_can_be_given_with_the_path_of_its_operations(string url, string? label, string folder)
    {
        X509Certificate2 leaf = _authority.Issue(_order.Request);
        _server.Answers[folder + "cacerts"] = TestServer.Body(Pkcs7(_authority.Certificate));
        _server.Answers[folder + "simpleenroll"] = TestServer.Body(Pkcs7(leaf));
        var est = new EstCertificateAuthority(
            _handler,
            new Uri(_server.Address, url),
            new EstOptions { Label = label }
        );

        Assert.IsType<CertificateAuthorityAnswer.Issued>(await est.SignAsync(_order));

        Assert.Equal([folder + "cacerts", folder + "simpleenroll"], _server.Requests.Select(request => request.Path));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var other = new TestServer();
        _server.Answers[SimpleEnroll] = context =>
        {
            context.Response.Headers["Location"] = new Uri(other.Address, SimpleEnroll).ToString();
            return TestServer.Status(status)(context);
        };

        CertificateAuthorityAnswer answer = await Est(new EstOptions { Issuers = [_authority.Certificate] })
            .SignAsync(_order);

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Refused,
                $"The authority answered with a redirect, which is not followed: HTTP status {status}."
            ),
            answer
        );
        Assert.Empty(other.Requests);
    }

    [Fact]
    public void A_handler_that_follows_redirects_is_refused()
    {
        using var sockets = new SocketsHttpHandler();
        using var client = new HttpClientHandler();
        using var outer = new OuterHandler(new SocketsHttpHandler());
        foreach (HttpMessageHandler handler in new HttpMessageHandler[] { sockets, client, outer })
        {
            var e = Assert.Throws<ArgumentException>(() => new EstCertificateAuthority(handler, _server.Address));
            Assert.Equal(
                "The handler follows redirects: set AllowAutoRedirect to false. (Parameter 'handler')",
                e.Message
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _handler.Dispose();
        _authority.Dispose();
    }

    private EstCertificateAuthority Est(EstOptions? options = null) => new(_handler, _server.Address, options);

    private sealed class OuterHandler(HttpMessageHandler inner) : DelegatingHandler(inner);

    // In lines, as servers send it.
    private static string Pkcs7(params X509Certificate2[] certificates) =>
        Convert.ToBase64String(
            new X509Certificate2Collection(certificates).Export(X509ContentType.Pkcs7)!,
            Base64FormattingOptions.InsertLineBreaks
        );
}
