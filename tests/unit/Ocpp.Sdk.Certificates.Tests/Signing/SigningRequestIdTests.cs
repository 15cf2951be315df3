using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Storage;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Certificates.Signing.SigningReportKind;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.24, .25 and .27 of OCPP 2.1 at the CSMS, in a version that has their fields.</summary>
public sealed class SigningRequestIdTests
{
    private static readonly CertificateHash s_root = new("SHA256", "aa", "bb", "1");

    private readonly RequestIdCsmsSigning _version = new();
    private readonly List<int?> _delivered = [];

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(null)]
    public async Task A02_FR_25_The_chain_is_sent_with_the_id_of_its_request_over_a_restart_too(int? id)
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(version: _version);
        await signing.Connect(Accept).Station.CallAsync(Request(id));
        await signing.ReportAsync(Received);
        await signing.Authority.NextAsync();
        await signing.RestartAsync();
        SigningOrder order = await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        await signing.ConnectAcceptedAsync(Accept);

        SigningRequest request = (await signing.ReportAsync(Delivered)).Request!;
        Assert.Equal([id], _delivered);
        Assert.Equal((id, order.Request.KeyId), (request.RequestId, request.KeyId));
    }

    [Fact]
    public async Task A02_FR_24_The_id_of_another_open_request_is_refused_and_can_be_used_again_later()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(version: _version);
        OcppPair station = signing.Connect(Accept);
        await station.Station.CallAsync(Request(7));
        await signing.ReportAsync(Received);

        Assert.Equal(
            new SignCertificateResponse
            {
                Status = GenericStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType
                {
                    ReasonCode = "DuplicateRequestId",
                    AdditionalInfo = "Another open request of the station has the same request id.",
                },
            },
            await station.Station.CallAsync(Request(7))
        );

        await signing.ReportAsync(CsrRefused);
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        await signing.ReportAsync(Delivered);
        Assert.Equal(GenericStatusEnumType.Accepted, (await station.Station.CallAsync(Request(7))).Status);
        await signing.ReportAsync(Received);
    }

    [Fact]
    public async Task The_id_of_another_stations_request_is_no_obstacle()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(
            options => options with { FindStation = (_, _) => ValueTask.FromResult(TestStation()) },
            _version
        );
        await signing.Connect(identity: "CS-1").Station.CallAsync(Request(7));

        SignCertificateResponse response = await signing.Connect(identity: "CS-2").Station.CallAsync(Request(7));

        Assert.Equal(GenericStatusEnumType.Accepted, response.Status);
    }

    [Fact]
    public async Task The_operator_can_tolerate_the_same_id_for_several_requests()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(
            options =>
                options with
                {
                    Policy = options.Policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.RequestId } },
                },
            _version
        );
        OcppPair station = signing.Connect(Accept);
        await station.Station.CallAsync(Request(7));
        await signing.ReportAsync(Received);

        Assert.Equal(GenericStatusEnumType.Accepted, (await station.Station.CallAsync(Request(7))).Status);

        Assert.Equal(
            "Accepted. Tolerated: Another open request of the station has the same request id.",
            (await signing.ReportAsync(CsrTolerated)).Reason
        );
    }

    [Fact]
    public async Task A_CSR_that_is_repeated_under_another_id_is_answered_under_the_newest()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(version: _version);
        OcppPair station = signing.Connect(Accept);
        string csr = TestCsr.Pem();
        await station.Station.CallAsync(Request(7, csr));
        await station.Station.CallAsync(Request(8, csr));
        await station.Station.CallAsync(Request(null, csr));
        await signing.SignNextAsync();
        await signing.ReportAsync(Received);
        await signing.ReportAsync(Received);

        await signing.ReportAsync(Issued);
        await signing.ReportAsync(Delivered);

        Assert.Equal([8], _delivered);
        Assert.Single(await signing.Store.ListAsync(new()));
    }

    [Fact]
    public async Task A02_FR_27_The_root_that_a_request_names_reaches_the_authority_over_a_restart_too()
    {
        _version.RootCertificate = s_root;
        await using SigningFixture signing = await SigningFixture.StartAsync(version: _version);
        await signing.Connect(Accept).Station.CallAsync(Request(7));
        await signing.ReportAsync(Received);
        Assert.Equal(s_root, (await signing.Authority.NextAsync()).Order.RootCertificate);
        await signing.RestartAsync();

        Assert.Equal(s_root, (await signing.SignNextAsync()).RootCertificate);
    }

    [Fact]
    public async Task A02_FR_27_The_root_of_a_repeated_CSR_is_that_of_the_next_order_until_the_certificate_is_issued()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(version: _version);
        OcppPair station = signing.Connect(_ => throw new OcppCallErrorException(OcppErrorCode.GenericError));
        string csr = TestCsr.Pem();
        await station.Station.CallAsync(Request(7, csr));
        await signing.ReportAsync(Received);
        ScriptedAuthority.PutOrder first = await signing.Authority.NextAsync();
        first.Answer.SetResult(new CertificateAuthorityAnswer.Later(TimeSpan.FromMinutes(1)));
        await signing.ReportAsync(Waiting);
        await RepeatAsync(s_root);
        await RepeatAsync(null);
        signing.Clock.Advance(TimeSpan.FromMinutes(1));

        SigningOrder second = await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        await signing.ReportAsync(DeliveryFailed);
        await RepeatAsync(new CertificateHash("SHA384", "cc", "dd", "2"));

        Assert.Equal((null, s_root), (first.Order.RootCertificate, second.RootCertificate));
        Assert.Equal(s_root, Assert.Single(await signing.Store.ListAsync(new())).RootCertificate);

        async Task RepeatAsync(CertificateHash? root)
        {
            _version.RootCertificate = root;
            Assert.Equal(GenericStatusEnumType.Accepted, (await station.Station.CallAsync(Request(7, csr))).Status);
            while (signing.HasReport)
            {
                await signing.ReportAsync(Received);
            }
        }
    }

    [Fact]
    public async Task A_certificate_that_the_stations_version_does_not_have_waits_for_a_version_that_has_it()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(version: _version);
        OcppPair first = signing.Connect(Accept);
        await first.Station.CallAsync(Request(7));
        await signing.ReportAsync(Received);
        _version.Kinds = [CertificateUses.Iso15118];
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        Assert.Equal(
            "ocpp2.0.1 has no certificate for CsmsConnection.",
            (await signing.ReportAsync(DeliveryFailed)).Reason
        );
        await first.DisposeAsync();
        _version.Kinds = [CertificateUses.CsmsConnection];

        await signing.ConnectAcceptedAsync(Accept);

        await signing.ReportAsync(Delivered);
        Assert.Equal([7], _delivered);
    }

    private static Signing.SigningStation TestStation() => new() { Names = [TestCsr.SerialNumber] };

    private static SignCertificateRequest Request(int? id, string? csr = null) =>
        SigningFixture.Request(csr) with
        {
            CustomData = id.ToCustomData(),
        };

    private CertificateSignedResponse Accept(CertificateSignedRequest request)
    {
        _delivered.Add(request.CustomData.ToRequestId());
        return SigningFixture.Accept(request);
    }
}
