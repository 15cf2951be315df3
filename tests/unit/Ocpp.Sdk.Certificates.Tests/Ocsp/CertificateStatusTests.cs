using Ocpp.Certificates.Ocsp;
using Ocpp.Certificates.V201;
using Ocpp.Certificates.V21;
using Ocpp.Testing;
using Messages201 = Ocpp.V201;
using Messages21 = Ocpp.V21;

namespace Ocpp.Certificates.Tests;

/// <summary>M06: GetCertificateStatus, and GetCertificateChainStatus of OCPP 2.1, over a session.</summary>
public sealed class CertificateStatusTests : IDisposable
{
    private const string Url = "http://ocsp.example.com/";

    private static readonly DateTimeOffset s_start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly OcppTestClock _clock = new(s_start);
    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly OcspResponder _responder;
    private readonly OcspClient _ocsp;
    private readonly CertificateHash _hash;

    public CertificateStatusTests()
    {
        _responder = new OcspResponder(_authority, _clock);
        _ocsp = new OcspClient(
            _responder,
            new OcspClientOptions
            {
                Responders = [new Uri(Url)],
                TrustedRoots = [_authority.Root],
                Intermediates = [_authority.Certificate],
                TimeProvider = _clock,
            }
        );
        _hash = CertificateHash.Of(_authority.Issue("CN=EX-0001"), _authority.Certificate);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _responder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task M06_FR_02_The_response_is_passed_on_whatever_the_status_is(int status)
    {
        _responder.Change = answer => answer with { Status = status };

        Messages201.GetCertificateStatusResponse response = await AskAsync();

        Assert.Equal(Messages201.GetCertificateStatusEnumType.Accepted, response.Status);
        Assert.Equal(_responder.LastResponse, Convert.FromBase64String(response.OcspResult!));
        Assert.Null(response.StatusInfo);
    }

    [Fact]
    public async Task M06_FR_02_Of_OCPP_2_1_the_same()
    {
        Messages21.GetCertificateStatusResponse response = await CallAsync(
            Messages21.Ocpp21Protocol.Instance,
            new Messages21.GetCertificateStatusRequest
            {
                OcspRequestData = new Messages21.OCSPRequestDataType
                {
                    HashAlgorithm = Messages21.HashAlgorithmEnumType.SHA256,
                    IssuerNameHash = _hash.IssuerNameHash,
                    IssuerKeyHash = _hash.IssuerKeyHash,
                    SerialNumber = _hash.SerialNumber,
                    ResponderURL = Url,
                },
            }
        );

        Assert.Equal(Messages21.GetCertificateStatusEnumType.Accepted, response.Status);
        Assert.Equal(_responder.LastResponse, Convert.FromBase64String(response.OcspResult!));
    }

    [Fact]
    public async Task A_status_that_can_not_be_found_out_is_Failed_with_a_reason()
    {
        Messages201.GetCertificateStatusResponse response = await AskAsync("http://169.254.169.254/");

        AssertFailed("InternalError", "The responder is not one that may be asked.", response);
        Assert.Empty(_responder.Asked);
    }

    [Fact]
    public async Task Invalid_hash_data_is_Failed_with_a_reason() =>
        AssertFailed("InvalidValue", "The hash data of the certificate is invalid.", await AskAsync(serial: "xyz"));

    [Fact]
    public async Task A_response_that_is_too_long_for_the_message_is_Failed()
    {
        _responder.Change = answer =>
            answer with
            {
                Certificates =
                [
                    .. Enumerable
                        .Range(0, 10)
                        .Select(_ =>
                            _authority.Issue(
                                "CN=Other",
                                30,
                                TestAuthority.DnsName(string.Join('.', Enumerable.Repeat(new string('x', 50), 4)))
                            )
                        ),
                ],
            };

        AssertFailed("TooLargeElement", "The OCSP response is too long for the message.", await AskAsync());
        Assert.True(_responder.LastResponse.Length > 4125);
    }

    [Fact]
    public async Task Of_a_chain_each_status_is_found_out_with_the_first_URL_that_answers()
    {
        Messages21.CertificateHashDataType good = Hash("01");
        Messages21.CertificateHashDataType revoked = Hash("02");
        Messages21.CertificateHashDataType failed = Hash("03");
        _responder.Statuses["02"] = 1;

        Messages21.GetCertificateChainStatusResponse response = await CallAsync(
            Messages21.Ocpp21Protocol.Instance,
            new Messages21.GetCertificateChainStatusRequest
            {
                CertificateStatusRequests =
                [
                    Ask(good, Messages21.CertificateStatusSourceEnumType.OCSP, "http://127.0.0.1/", Url),
                    Ask(revoked, Messages21.CertificateStatusSourceEnumType.OCSP, Url),
                    Ask(failed, Messages21.CertificateStatusSourceEnumType.OCSP, "http://127.0.0.1/"),
                    Ask(good, Messages21.CertificateStatusSourceEnumType.CRL, Url),
                ],
            }
        );

        Assert.Equal(
            [
                Told(good, Messages21.CertificateStatusEnumType.Good, s_start.AddDays(1)),
                Told(revoked, Messages21.CertificateStatusEnumType.Revoked, s_start.AddDays(1)),
                Told(failed, Messages21.CertificateStatusEnumType.Failed, s_start.AddHours(1)),
                Told(good, Messages21.CertificateStatusEnumType.Failed, s_start.AddHours(1)) with
                {
                    Source = Messages21.CertificateStatusSourceEnumType.CRL,
                },
            ],
            response.CertificateStatus
        );
    }

    [Fact]
    public async Task C07_Of_OCPP_2_1_the_same()
    {
        var verifier = new ContractCertificateVerifier(_ocsp, [_authority.Root], timeProvider: _clock);
        _responder.Change = answer => answer with { Status = 1 };
        var request = new Messages21.AuthorizeRequest
        {
            IdToken = new Messages21.IdTokenType { IdToken = "DE8AACA1B2C3D47", Type = "eMAID" },
            Iso15118CertificateHashData =
            [
                new Messages21.OCSPRequestDataType
                {
                    HashAlgorithm = Messages21.HashAlgorithmEnumType.SHA256,
                    IssuerNameHash = _hash.IssuerNameHash,
                    IssuerKeyHash = _hash.IssuerKeyHash,
                    SerialNumber = _hash.SerialNumber,
                    ResponderURL = Url,
                },
            ],
        };

        Messages21.AuthorizeResponse response = await verifier.AuthorizeAsync(
            request,
            () => throw new InvalidOperationException()
        );

        Assert.Equal(
            (
                Messages21.AuthorizationStatusEnumType.Invalid,
                Messages21.AuthorizeCertificateStatusEnumType.CertificateRevoked
            ),
            (response.IdTokenInfo.Status, response.CertificateStatus!.Value)
        );
    }

    private Task<Messages201.GetCertificateStatusResponse> AskAsync(string url = Url, string? serial = null) =>
        CallAsync(
            Messages201.Ocpp201Protocol.Instance,
            new Messages201.GetCertificateStatusRequest
            {
                OcspRequestData = new Messages201.OCSPRequestDataType
                {
                    HashAlgorithm = Messages201.HashAlgorithmEnumType.SHA256,
                    IssuerNameHash = _hash.IssuerNameHash,
                    IssuerKeyHash = _hash.IssuerKeyHash,
                    SerialNumber = serial ?? _hash.SerialNumber,
                    ResponderURL = url,
                },
            }
        );

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        OcppProtocol protocol,
        IOcppRequest<TRequest, TResponse> request
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        var csms = new OcppHandlers(protocol);
        if (protocol == Messages201.Ocpp201Protocol.Instance)
        {
            csms.On(
                (Messages201.GetCertificateStatusRequest asked, OcppRequestContext context) =>
                    _ocsp.GetCertificateStatusAsync(asked, context.CancellationToken)
            );
        }
        else
        {
            csms.On(
                (Messages21.GetCertificateStatusRequest asked, OcppRequestContext context) =>
                    _ocsp.GetCertificateStatusAsync(asked, context.CancellationToken)
            );
            csms.On(
                (Messages21.GetCertificateChainStatusRequest asked, OcppRequestContext context) =>
                    _ocsp.GetCertificateChainStatusAsync(asked, context.CancellationToken)
            );
        }

        await using var pair = OcppPair.Create(new OcppHandlers(protocol), csms);
        return await pair.Station.CallAsync(request);
    }

    private Messages21.CertificateHashDataType Hash(string serialNumber) =>
        new()
        {
            HashAlgorithm = Messages21.HashAlgorithmEnumType.SHA256,
            IssuerNameHash = _hash.IssuerNameHash,
            IssuerKeyHash = _hash.IssuerKeyHash,
            SerialNumber = serialNumber,
        };

    private static Messages21.CertificateStatusRequestInfoType Ask(
        Messages21.CertificateHashDataType hash,
        Messages21.CertificateStatusSourceEnumType source,
        params string[] urls
    ) =>
        new()
        {
            CertificateHashData = hash,
            Source = source,
            Urls = urls,
        };

    private static Messages21.CertificateStatusType Told(
        Messages21.CertificateHashDataType hash,
        Messages21.CertificateStatusEnumType status,
        DateTimeOffset nextUpdate
    ) =>
        new()
        {
            CertificateHashData = hash,
            Source = Messages21.CertificateStatusSourceEnumType.OCSP,
            Status = status,
            NextUpdate = nextUpdate,
        };

    private static void AssertFailed(string code, string reason, Messages201.GetCertificateStatusResponse response)
    {
        Assert.Equal(Messages201.GetCertificateStatusEnumType.Failed, response.Status);
        Assert.Equal((code, reason), (response.StatusInfo!.ReasonCode, response.StatusInfo.AdditionalInfo));
        Assert.Null(response.OcspResult);
    }
}
