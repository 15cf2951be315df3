using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Ocsp;
using Ocpp.Testing;

namespace Ocpp.Certificates.Tests;

/// <summary>A status by OCSP: what is asked, what counts as an answer, and what it may cost.</summary>
public sealed class OcspClientTests : IDisposable
{
    private const string Url = "http://ocsp.example.com/";
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";

    private static readonly DateTimeOffset s_start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly OcppTestClock _clock = new(s_start);
    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly OcspResponder _responder;
    private readonly OcspQuery _query;

    public OcspClientTests()
    {
        _responder = new OcspResponder(_authority, _clock);
        _query = Query();
    }

    public void Dispose()
    {
        _authority.Dispose();
        _responder.Dispose();
    }

    [Fact]
    public async Task M06_FR_02_A_good_certificate_is_good_and_the_response_is_returned_as_it_came()
    {
        OcspResult result = await Client().CheckAsync(_query);

        Assert.Equal("Good.", result.ToString());
        Assert.True(result.IsKnown);
        Assert.Equal(
            (s_start, s_start.AddDays(1), null, ""),
            (result.ThisUpdate, result.NextUpdate, result.RevokedAt, result.Reason)
        );
        Assert.Equal(_responder.LastResponse, result.Response.ToArray());
        Assert.Equal([new Uri(Url)], _responder.Asked);
    }

    [Fact]
    public async Task A_revoked_certificate_is_revoked_with_its_time()
    {
        _responder.Change = answer => answer with { Status = 1 };

        OcspResult result = await Client().CheckAsync(_query);

        Assert.Equal(
            (OcspCertificateStatus.Revoked, s_start.AddDays(-1)),
            (result.Status!.Value, result.RevokedAt!.Value)
        );
    }

    [Fact]
    public async Task A_certificate_that_the_responder_does_not_know_is_unknown_and_asked_for_again()
    {
        _responder.Change = answer => answer with { Status = 2 };
        OcspClient client = Client();

        Assert.Equal("Unknown.", (await client.CheckAsync(_query)).ToString());
        _responder.Change = answer => answer;

        Assert.Equal("Good.", (await client.CheckAsync(_query)).ToString());
    }

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public async Task Each_hash_algorithm_of_OCPP_is_asked_with(string algorithm)
    {
        Func<byte[], byte[]> hash = algorithm switch
        {
            "SHA256" => SHA256.HashData,
            "SHA384" => SHA384.HashData,
            _ => SHA512.HashData,
        };
        var query = new OcspQuery(
            new CertificateHash(
                algorithm,
                Convert.ToHexString(hash(_authority.Certificate.SubjectName.RawData)),
                Convert.ToHexString(hash(_authority.Certificate.PublicKey.EncodedKeyValue.RawData)).ToLowerInvariant(),
                "00fe01"
            ),
            Url
        );

        Assert.Equal("Good.", (await Client().CheckAsync(query)).ToString());
    }

    [Theory]
    [InlineData("MD5", 64, "01")]
    [InlineData("SHA256", 62, "01")]
    [InlineData("SHA384", 64, "01")]
    [InlineData("SHA256", 64, "")]
    [InlineData("SHA256", 64, "0x1")]
    [InlineData("SHA256", 64, "10000000000000000000000000000000000000000")]
    public async Task Invalid_hash_data_is_refused_and_nothing_is_asked(string algorithm, int length, string serial)
    {
        var query = new OcspQuery(
            new CertificateHash(algorithm, new string('a', length), new string('b', length), serial),
            Url
        );

        AssertFailed(
            OcspFailure.InvalidQuery,
            "The hash data of the certificate is invalid.",
            await Client().CheckAsync(query)
        );
        Assert.Empty(_responder.Asked);
    }

    [Fact]
    public async Task A_responder_that_the_issuer_has_delegated_to_may_sign()
    {
        (X509Certificate2 certificate, ECDsa key) = Delegate(_authority);
        using ECDsa owned = key;
        _responder.Change = answer => By(answer, certificate, key);

        Assert.Equal("Good.", (await Client().CheckAsync(_query)).ToString());
    }

    [Fact]
    public async Task A_responder_may_be_named_by_its_key()
    {
        _responder.Change = answer => answer with { NamesKey = true };

        Assert.Equal("Good.", (await Client().CheckAsync(_query)).ToString());
    }

    [Fact]
    public async Task A_responder_without_the_usage_for_OCSP_must_not_sign()
    {
        (X509Certificate2 certificate, ECDsa key) = Delegate(_authority, TestAuthority.AnyUsage);
        using ECDsa owned = key;
        _responder.Change = answer => By(answer, certificate, key);

        AssertNotSigned(await Client().CheckAsync(_query));
    }

    [Fact]
    public async Task A_responder_of_another_authority_must_not_sign()
    {
        using var sister = new TestAuthority("Sister CA", _authority.Issuer);
        (X509Certificate2 certificate, ECDsa key) = Delegate(sister);
        using ECDsa owned = key;
        _responder.Change = answer =>
            By(answer, certificate, key) with
            {
                Certificates = [certificate, sister.Certificate],
            };

        AssertNotSigned(await Client().CheckAsync(_query));
    }

    [Fact]
    public async Task A_responder_whose_certificate_has_expired_must_not_sign()
    {
        (X509Certificate2 certificate, ECDsa key) = Delegate(_authority, notAfter: s_start.AddSeconds(-1));
        using ECDsa owned = key;
        _responder.Change = answer => By(answer, certificate, key);

        AssertNotSigned(await Client().CheckAsync(_query));
    }

    [Fact]
    public async Task A_response_that_is_signed_with_another_key_is_refused()
    {
        using var impostor = new TestAuthority("Test Issuing CA");
        _responder.Change = answer =>
            answer with
            {
                Sign = impostor.SignBytes,
                Responder = impostor.Certificate,
                Certificates = [impostor.Certificate],
            };

        AssertNotSigned(await Client().CheckAsync(_query));
    }

    [Fact]
    public async Task A_response_in_the_name_of_another_responder_is_refused()
    {
        _responder.Change = answer => answer with { Responder = _authority.Root };

        AssertNotSigned(await Client().CheckAsync(_query));
    }

    [Fact]
    public async Task A_response_that_is_signed_with_SHA_1_is_refused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 certificate = Certify(_authority, key, OcspSigning, s_start.AddYears(1));
        _responder.Change = answer =>
            By(answer, certificate, key) with
            {
                SignatureAlgorithm = "1.2.840.10045.4.1",
                Sign = data => key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence),
            };

        AssertNotSigned(await Client().CheckAsync(_query));
    }

    [Fact]
    public async Task An_issuer_that_does_not_lead_to_a_trusted_root_is_refused()
    {
        using TestAuthority stranger = TestAuthority.BelowRoot("Stranger");
        using var responder = new OcspResponder(stranger, _clock)
        {
            Change = answer => answer with { Certificates = [stranger.Certificate, stranger.Root] },
        };
        X509Certificate2 certificate = stranger.Issue("CN=Stranger");

        AssertFailed(
            OcspFailure.UntrustedIssuer,
            "The certificate of the issuer is unknown, or does not lead to a trusted root.",
            await new OcspClient(responder, Options()).CheckAsync(
                new OcspQuery(CertificateHash.Of(certificate, stranger.Certificate), Url)
            )
        );
    }

    [Fact]
    public async Task An_issuer_whose_certificate_comes_with_the_response_need_not_be_known()
    {
        OcspClient client = Client(Options() with { Intermediates = [] });
        AssertFailed(
            OcspFailure.UntrustedIssuer,
            "The certificate of the issuer is unknown, or does not lead to a trusted root.",
            await client.CheckAsync(_query)
        );
        _responder.Change = answer => answer with { Certificates = [_authority.Certificate] };

        Assert.Equal("Good.", (await client.CheckAsync(_query)).ToString());
    }

    [Fact]
    public async Task A_root_can_be_the_issuer()
    {
        var query = new OcspQuery(CertificateHash.Of(_authority.Certificate, _authority.Root), Url);
        using var responder = new OcspResponder(_authority.Issuer, _clock);

        Assert.Equal("Good.", (await new OcspClient(responder, Options()).CheckAsync(query)).ToString());
    }

    [Fact]
    public async Task A_response_for_another_certificate_is_refused()
    {
        byte[]? other = null;
        await Client().CheckAsync(Query());
        _responder.Change = answer =>
        {
            other = answer.CertificateIds[0];
            return answer;
        };
        await Client().CheckAsync(Query("02"));
        _responder.Change = answer => answer with { CertificateIds = [other!] };

        AssertFailed(
            OcspFailure.WrongCertificate,
            "The response does not have exactly one status of the certificate.",
            await Client().CheckAsync(_query)
        );
        _responder.Change = answer => answer with { CertificateIds = [other!, answer.CertificateIds[0]] };
        Assert.Equal("Good.", (await Client().CheckAsync(_query)).ToString());
    }

    [Fact]
    public async Task A_response_with_two_statuses_of_the_certificate_is_refused()
    {
        _responder.Change = answer =>
            answer with
            {
                CertificateIds = [answer.CertificateIds[0], answer.CertificateIds[0]],
            };

        Assert.Equal(OcspFailure.WrongCertificate, (await Client().CheckAsync(_query)).Failure);
    }

    [Theory]
    [InlineData(-86400, -301, "The response is too old.")]
    [InlineData(-3901, null, "The response is too old.")] // without a next update: MaxAge
    [InlineData(301, 86400, "The response is from the future.")]
    public async Task A_response_that_is_not_current_is_refused(int thisUpdate, int? nextUpdate, string reason)
    {
        _responder.Change = answer =>
            answer with
            {
                ThisUpdate = s_start.AddSeconds(thisUpdate),
                NextUpdate = nextUpdate is { } next ? s_start.AddSeconds(next) : null,
            };

        AssertFailed(OcspFailure.NotCurrent, reason, await Client().CheckAsync(_query));
    }

    [Theory]
    [InlineData(-3900)]
    [InlineData(300)]
    public async Task A_clock_that_differs_by_five_minutes_is_tolerated(int seconds)
    {
        _responder.Change = answer => answer with { ThisUpdate = s_start.AddSeconds(seconds), NextUpdate = null };

        Assert.Equal("Good.", (await Client().CheckAsync(_query)).ToString());
    }

    [Fact]
    public async Task A_replay_with_its_nonce_is_refused()
    {
        byte[]? nonce = null;
        _responder.Change = answer =>
        {
            nonce ??= answer.Nonce;
            return answer with { Nonce = nonce };
        };
        Assert.Equal("Good.", (await Client().CheckAsync(_query)).ToString());

        AssertFailed(OcspFailure.WrongNonce, "The response is for another request.", await Client().CheckAsync(_query));
        Assert.Equal(32, nonce!.Length);
    }

    [Fact]
    public async Task A_replay_without_a_nonce_is_refused_where_one_is_required_and_else_when_it_is_too_old()
    {
        DateTimeOffset signed = s_start;
        _responder.Change = answer => answer with { Nonce = null, ThisUpdate = signed, NextUpdate = signed.AddDays(1) };

        AssertFailed(
            OcspFailure.WrongNonce,
            "The response has no nonce.",
            await Client(Options() with { RequireNonce = true }).CheckAsync(_query)
        );
        Assert.Equal("Good.", (await Client().CheckAsync(_query)).ToString());
        _clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(301));
        AssertFailed(OcspFailure.NotCurrent, "The response is too old.", await Client().CheckAsync(_query));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_critical_extension_that_is_not_known_makes_a_response_unreadable(bool isCritical)
    {
        _responder.Change = answer => answer with { UnknownExtensionIsCritical = isCritical };

        Assert.Equal(isCritical ? OcspFailure.Unreadable : null, (await Client().CheckAsync(_query)).Failure);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task An_error_of_the_responder_is_a_failure(byte status)
    {
        _responder.Instead = _ => Task.FromResult(OcspResponder.Body(OcspAnswer.Error(status)));

        AssertFailed(
            OcspFailure.ResponderError,
            $"The responder answered with the error {status} (RFC 6960 section 2.3).",
            await Client().CheckAsync(_query)
        );
    }

    [Fact]
    public async Task A_response_is_read_to_16_KiB_and_not_a_byte_further()
    {
        var body = new EndlessStream();
        _responder.Instead = _ =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });

        AssertFailed(
            OcspFailure.TooLarge,
            "The responder answered with more than 16384 bytes.",
            await Client().CheckAsync(_query)
        );
        Assert.Equal(16385, body.BytesRead);
    }

    [Fact]
    public async Task A_responder_that_is_too_slow_is_given_up_and_does_not_hold_up_others()
    {
        var asked = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        _responder.Instead = async cancelled =>
        {
            asked.TrySetResult();
            await released.Task; // its turn ends after the time of the one behind it, which must not be asked any more
            cancelled.ThrowIfCancellationRequested();
            return OcspResponder.Body([]);
        };
        OcspClient client = Client(
            Options() with
            {
                MaxConcurrentRequests = 1,
                Responders = [new Uri(Url), new Uri("https://other.example.com/ocsp")],
            }
        );
        Task<OcspResult> slow = client.CheckAsync(_query);
        await asked.Task;
        Task<OcspResult> behind = client.CheckAsync(Query("77"));
        _responder.Instead = null;

        Assert.Equal(
            "Good.",
            (await client.CheckAsync(Query("78") with { ResponderUrl = "https://other.example.com/ocsp" })).ToString()
        );
        _clock.Advance(TimeSpan.FromSeconds(10));

        AssertFailed(OcspFailure.TimedOut, "The responder did not answer in time.", await behind);
        released.SetResult();
        AssertFailed(OcspFailure.TimedOut, "The responder did not answer in time.", await slow);
        Assert.Equal(0, _clock.ArmedTimers);
        Assert.Equal("Good.", (await client.CheckAsync(_query)).ToString());
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_cancelled()
    {
        _responder.Instead = async cancelled =>
        {
            await Task.Delay(Timeout.Infinite, cancelled);
            return OcspResponder.Body([]);
        };
        using var cancellation = new CancellationTokenSource();
        Task<OcspResult> checking = Client().CheckAsync(_query, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => checking);
    }

    [Fact]
    public async Task A_responder_out_of_reach_is_a_failure()
    {
        _responder.Instead = _ => throw new HttpRequestException("secret.internal refused");

        AssertFailed(
            OcspFailure.Unreachable,
            "The responder can't be reached, or the connection was lost.",
            await Client().CheckAsync(_query)
        );
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Another_HTTP_status_than_200_is_a_failure(int status)
    {
        _responder.Instead = _ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status);
            response.Headers.Location = new Uri("http://169.254.169.254/");
            return Task.FromResult(response);
        };

        AssertFailed(
            OcspFailure.HttpStatus,
            $"The responder answered with HTTP status {status}.",
            await Client().CheckAsync(_query)
        );
        Assert.Equal([new Uri(Url)], _responder.Asked);
    }

    [Fact]
    public void A_handler_that_follows_redirects_is_refused()
    {
        using var handler = new SocketsHttpHandler();

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new OcspClient(handler, Options()));

        Assert.StartsWith("The handler follows redirects", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_damaged_anywhere_is_refused_and_never_throws()
    {
        _responder.Change = answer => answer with { Nonce = null };
        Assert.True((await Client().CheckAsync(_query)).IsKnown);
        byte[] valid = _responder.LastResponse;
        var random = new Random(17);
        for (int i = 0; i < valid.Length; i++)
        {
            byte[] damaged = [.. valid];
            damaged[i] ^= (byte)(1 << random.Next(8));
            _responder.Instead = _ => Task.FromResult(OcspResponder.Body(damaged));

            OcspResult result = await Client().CheckAsync(_query);

            Assert.False(result.IsKnown, $"byte {i}");
            byte[] cut = valid[..i];
            _responder.Instead = _ => Task.FromResult(OcspResponder.Body(cut));
            Assert.Equal(OcspFailure.Unreadable, (await Client().CheckAsync(_query)).Failure);
        }

        _responder.Instead = _ => Task.FromResult(OcspResponder.Body([.. valid, 0]));
        Assert.Equal(OcspFailure.Unreadable, (await Client().CheckAsync(_query)).Failure);
        _responder.Instead = _ => Task.FromResult(OcspResponder.Body("<html></html>"u8.ToArray()));
        Assert.Equal(OcspFailure.Unreadable, (await Client().CheckAsync(_query)).Failure);
    }

    [Theory]
    [InlineData("http://ocsp.example.com", true)]
    [InlineData("HTTP://OCSP.example.com:80/", true)]
    [InlineData("http://ocsp.example.com/below/this", true)]
    [InlineData("http://two.example.com/ocsp", true)]
    [InlineData("http://two.example.com/ocsp?ca=1", false)]
    [InlineData("http://two.example.com/ocsp/below", false)]
    [InlineData("http://two.example.com/", false)]
    [InlineData("http://ocsp.example.com/?a=b", false)]
    [InlineData("http://ocsp.example.com/..%2f..%2fadmin", false)]
    [InlineData("https://ocsp.example.com/", false)]
    [InlineData("http://ocsp.example.com:8080/", false)]
    [InlineData("http://ocsp.example.com.evil.example/", false)]
    [InlineData("http://evil-ocsp.example.com/", false)]
    [InlineData("http://ocsp.example.com@169.254.169.254/", false)]
    [InlineData("http://user@ocsp.example.com/", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://[::1]/", false)]
    [InlineData("http://169.254.169.254/latest/meta-data/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("ftp://ocsp.example.com/", false)]
    [InlineData("gopher://ocsp.example.com/", false)]
    [InlineData("//ocsp.example.com/", false)]
    [InlineData("ocsp.example.com", false)]
    [InlineData("", false)]
    public async Task Only_the_responders_of_the_list_are_asked(string url, bool isAllowed)
    {
        OcspClientOptions options = Options() with
        {
            Responders = [new Uri(Url), new Uri("http://two.example.com/ocsp")],
        };

        OcspResult result = await Client(options).CheckAsync(_query with { ResponderUrl = url });

        Assert.Equal(isAllowed ? null : OcspFailure.ResponderNotAllowed, result.Failure);
        Assert.Equal(isAllowed ? 1 : 0, _responder.Asked.Count);
        Assert.DoesNotContain("evil", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://ocsp.example.com/")]
    [InlineData("http://user:password@ocsp.example.com/")]
    [InlineData("/ocsp")]
    public void An_entry_of_the_list_that_is_not_a_URL_of_HTTP_is_refused(string url) =>
        Assert.Throws<ArgumentException>(() =>
            Options() with
            {
                Responders = [new Uri(url, UriKind.RelativeOrAbsolute)],
            }
        );

    [Fact]
    public async Task A_status_is_kept_until_its_next_update_and_an_hour_at_most()
    {
        OcspClient client = Client();
        await client.CheckAsync(_query);
        _clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromTicks(1));
        await client.CheckAsync(_query);
        Assert.Single(_responder.Asked);

        _clock.Advance(TimeSpan.FromTicks(1));
        _responder.Change = answer => answer with { NextUpdate = _clock.GetUtcNow().AddMinutes(10) };
        await client.CheckAsync(_query);
        Assert.Equal(2, _responder.Asked.Count);

        _clock.Advance(TimeSpan.FromMinutes(10));
        _responder.Change = answer => answer with { Status = 1 };
        Assert.Equal("Revoked.", (await client.CheckAsync(_query)).ToString());
        Assert.Equal(3, _responder.Asked.Count);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        OcspClient client = Client();
        _responder.Instead = _ => Task.FromResult(OcspResponder.Body([]));
        Assert.False((await client.CheckAsync(_query)).IsKnown);
        _responder.Instead = null;

        Assert.True((await client.CheckAsync(_query)).IsKnown);
    }

    [Fact]
    public async Task No_more_statuses_are_kept_than_may_be_and_the_one_that_ends_first_gives_way()
    {
        OcspClient client = Client(Options() with { MaxCachedResponses = 2 });
        int minutes = 20;
        _responder.Change = answer => answer with { NextUpdate = s_start.AddMinutes(minutes) };
        await client.CheckAsync(Query("01"));
        minutes = 10;
        await client.CheckAsync(Query("02"));
        minutes = 30;
        await client.CheckAsync(Query("03"));

        await client.CheckAsync(Query("01"));
        await client.CheckAsync(Query("03"));
        Assert.Equal(3, _responder.Asked.Count);
        await client.CheckAsync(Query("02"));
        Assert.Equal(4, _responder.Asked.Count);
    }

    [Fact]
    public async Task Those_who_wait_for_the_same_certificate_ask_once()
    {
        var answer = new TaskCompletionSource();
        _responder.Instead = async _ =>
        {
            await answer.Task;
            _responder.Instead = null;
            return OcspResponder.Body([]); // fails: the next one asks
        };
        OcspClient client = Client(Options() with { MaxConcurrentRequests = 1 });
        Task<OcspResult>[] checks = [.. Enumerable.Range(0, 5).Select(_ => client.CheckAsync(_query))];
        answer.SetResult();

        OcspResult[] results = await Task.WhenAll(checks);

        Assert.Equal([false, true, true, true, true], results.Select(result => result.IsKnown).Order());
        Assert.Equal(2, _responder.Asked.Count);
    }

    private OcspClient Client(OcspClientOptions? options = null) => new(_responder, options ?? Options());

    private OcspClientOptions Options() =>
        new()
        {
            Responders = [new Uri(Url)],
            TrustedRoots = [_authority.Root],
            Intermediates = [_authority.Certificate],
            TimeProvider = _clock,
        };

    private OcspQuery Query(string serialNumber = "0a01")
    {
        using X509Certificate2 certificate = _authority.Issue("CN=EX-0001");
        return new OcspQuery(
            CertificateHash.Of(certificate, _authority.Certificate) with
            {
                SerialNumber = serialNumber,
            },
            Url
        );
    }

    private static (X509Certificate2 Certificate, ECDsa Key) Delegate(
        TestAuthority issuer,
        string usage = OcspSigning,
        DateTimeOffset? notAfter = null
    )
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Certify(issuer, key, usage, notAfter ?? s_start.AddYears(1)), key);
    }

    private static X509Certificate2 Certify(TestAuthority issuer, ECDsa key, string usage, DateTimeOffset notAfter) =>
        issuer.Sign(
            new X500DistinguishedName("CN=OCSP Responder"),
            new PublicKey(key),
            notAfter: notAfter,
            extensions: [TestAuthority.Constraints(isAuthority: false), TestAuthority.Usage(usage)]
        );

    private static OcspAnswer By(OcspAnswer answer, X509Certificate2 certificate, ECDsa key) =>
        answer with
        {
            Responder = certificate,
            Certificates = [certificate],
            Sign = data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        };

    private static void AssertNotSigned(OcspResult result) =>
        AssertFailed(
            OcspFailure.InvalidSignature,
            "The response is not signed by the issuer, or a responder to which the issuer has delegated that.",
            result
        );

    private static void AssertFailed(OcspFailure failure, string reason, OcspResult result)
    {
        Assert.Equal((failure, reason), (result.Failure, result.Reason));
        Assert.Null(result.Status);
        Assert.True(result.Response.IsEmpty);
        Assert.Equal($"{failure}: {reason}", result.ToString());
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
