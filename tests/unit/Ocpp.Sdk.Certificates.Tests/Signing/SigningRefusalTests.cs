using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Certificates.Signing.SigningReportKind;
using static Ocpp.Certificates.Tests.SigningFixture;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// What a CSMS does not accept: the answer on the wire, what the operator hears, and nothing in the store.
/// </summary>
public sealed class SigningRefusalTests
{
    private const string NotTheStation = "The subject's CN is not the serial number of the station that sent the CSR.";
    private const string NoSerialNumber = "The subject's CN is a URL or an IP address.";

    private static readonly Dictionary<string, (string Csr, string[] Reasons)> s_refused = new()
    {
        ["no PEM"] = ("no PEM", ["The CSR is not in PEM."]),
        ["no CSR"] = (TestCsr.Pem([0x30, 0]), ["The PEM block is not a certificate signing request (RFC 2986)."]),
        ["two CSRs"] = (
            TestCsr.Pem() + "\n" + TestCsr.Pem(),
            ["There is more than one PEM block: it is not clear which is meant."]
        ),
        ["trailing data"] = (
            TestCsr.Pem([.. TestCsr.New().Der.Span, 1]),
            ["The CSR is followed by 1 bytes within its PEM block."]
        ),
        ["another's CN"] = (TestCsr.Pem(commonName: "EX-0002"), [NotTheStation]),
        ["a URL as CN"] = (TestCsr.Pem(commonName: "https://station.example.com"), [NotTheStation, NoSerialNumber]),
        ["an IP address as CN"] = (TestCsr.Pem(commonName: "192.0.2.1"), [NotTheStation, NoSerialNumber]),
        ["another key's signature"] = (
            TestCsr.SignedWithAnotherKey(),
            ["The CSR's signature does not verify with the CSR's own key."]
        ),
        ["SHA-1"] = (TestCsr.SignedWithSha1(), ["The CSR is not signed with SHA-256 or a longer hash of that family."]),
        ["another's O"] = (TestCsr.Pem(organization: "Another"), ["The subject's O is not the operator's name."]),
        ["a CA"] = (
            TestCsr.Pem(X509BasicConstraintsExtension.CreateForCertificateAuthority()),
            ["The CSR asks for the certificate of a certificate authority."]
        ),
        ["a weak key"] = (TestCsr.Pem(RSA.Create(1024)), ["The RSA key has 1024 bits; at least 2048 are asked for."]),
    };

    public static TheoryData<string> Refused { get; } = [.. s_refused.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A02_FR_12_A_CSR_that_the_policy_refuses_is_Rejected_with_the_reason(string name)
    {
        (string csr, string[] reasons) = s_refused[name];
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = signing.Connect();

        SignCertificateResponse answer = await station.Station.CallAsync(Request(csr));

        Assert.Equal(
            new SignCertificateResponse
            {
                Status = GenericStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType { ReasonCode = "InvalidCSR", AdditionalInfo = reasons[0] },
            },
            answer
        );
        SigningReport report = await signing.ReportAsync(CsrRefused);
        Assert.Equal(("EX-0001", $"Refused. {string.Join(' ', reasons)}"), (report.Station, report.Reason));
        Assert.Empty(await signing.Store.ListAsync(new()));
        Assert.False(signing.Authority.HasOrder);
    }

    [Fact]
    public async Task What_the_operator_tolerates_is_accepted_and_reported()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                Policy = options.Policy with
                {
                    Tolerated = new HashSet<CsrCheck> { CsrCheck.Organization, CsrCheck.KeyReuse },
                },
            }
        );
        OcppPair first = signing.Connect(identity: "EX-0001");
        OcppPair second = signing.Connect(identity: "ex-0001x");
        string csr = TestCsr.Pem(organization: "Another");

        Assert.Equal(GenericStatusEnumType.Accepted, (await first.Station.CallAsync(Request(csr))).Status);

        Assert.Equal(
            "Accepted. Tolerated: The subject's O is not the operator's name.",
            (await signing.ReportAsync(CsrTolerated)).Reason
        );
        await signing.ReportAsync(Received);
        await second.Station.CallAsync(Request(csr));
        Assert.EndsWith(
            "Tolerated: Another station has sent a CSR for the same key.",
            (await signing.ReportAsync(CsrRefused)).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_key_of_another_station_is_refused()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                FindStation = (_, _) => ValueTask.FromResult(new SigningStation { Names = [TestCsr.SerialNumber] }),
            }
        );
        string csr = TestCsr.Pem();
        await signing.Connect(identity: "CS-1").Station.CallAsync(Request(csr));
        await signing.ReportAsync(Received);

        SignCertificateResponse answer = await signing.Connect(identity: "CS-2").Station.CallAsync(Request(csr));

        Assert.Equal("Another station has sent a CSR for the same key.", answer.StatusInfo?.AdditionalInfo);
        Assert.Equal("CS-2", (await signing.ReportAsync(CsrRefused)).Station);
    }

    [Fact]
    public async Task A02_FR_02_A_key_that_has_its_certificate_is_not_a_new_one()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = signing.Connect();
        string csr = TestCsr.Pem();
        await station.Station.CallAsync(Request(csr));
        await signing.SignNextAsync();
        await signing.ReportAsync(Received);
        await signing.ReportAsync(Issued);
        await signing.ReportAsync(Delivered);

        SignCertificateResponse answer = await station.Station.CallAsync(Request(csr));

        Assert.Equal((GenericStatusEnumType.Rejected, "InvalidCSR"), (answer.Status, answer.StatusInfo?.ReasonCode));
        Assert.Equal("The station has a certificate for the same key already.", answer.StatusInfo?.AdditionalInfo);
    }

    [Fact]
    public async Task CSRs_against_the_policy_are_all_Rejected_and_reported_once_a_minute()
    {
        var reports = new ConcurrentQueue<SigningReportKind>();
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                FindStation = (_, _) => ValueTask.FromResult(new SigningStation { Names = ["another name"] }),
                Reported = report => reports.Enqueue(report.Kind),
            }
        );
        OcppPair station = signing.Connect();
        string csr = TestCsr.Pem();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(GenericStatusEnumType.Rejected, (await station.Station.CallAsync(Request(csr))).Status);
        }

        Assert.Equal([CsrRefused], reports);

        signing.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(GenericStatusEnumType.Rejected, (await station.Station.CallAsync(Request(csr))).Status);
        Assert.Equal([CsrRefused, CsrRefused], reports);
    }

    [Fact]
    public async Task A_CSR_that_is_repeated_is_Accepted_each_time_and_reported_once_a_minute()
    {
        var reports = new ConcurrentQueue<SigningReportKind>();
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                Reported = report => reports.Enqueue(report.Kind),
            }
        );
        OcppPair station = signing.Connect();
        string csr = TestCsr.Pem();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(GenericStatusEnumType.Accepted, (await station.Station.CallAsync(Request(csr))).Status);
        }

        // The new one, and the first repetition.
        Assert.Equal([Received, Received], reports);
    }

    [Fact]
    public async Task A_station_with_too_many_open_requests_is_Rejected_but_may_repeat_one()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                MaxOpenRequests = 2,
            }
        );
        OcppPair station = signing.Connect();
        string csr = TestCsr.Pem();
        await station.Station.CallAsync(Request(csr));
        await station.Station.CallAsync(Request());

        SignCertificateResponse answer = await station.Station.CallAsync(Request());

        const string Reason = "The station has 2 requests open, which is the most.";
        Assert.Equal(
            new SignCertificateResponse
            {
                Status = GenericStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType { ReasonCode = "TooManyElements", AdditionalInfo = Reason },
            },
            answer
        );
        await signing.ReportAsync(Received);
        await signing.ReportAsync(Received);
        Assert.Equal(Reason, (await signing.ReportAsync(CsrRefused)).Reason);
        Assert.Equal(GenericStatusEnumType.Accepted, (await station.Station.CallAsync(Request(csr))).Status);
    }

    [Fact]
    public async Task A_station_has_so_many_requests_a_day_and_one_more_is_Rejected_and_reported_once_a_minute()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                MaxRequestsPerDay = 2,
            }
        );
        OcppPair station = signing.Connect(_ => new() { Status = CertificateSignedStatusEnumType.Rejected });
        string csr = TestCsr.Pem();
        for (int i = 0; i < 2; i++)
        {
            // The same key is a new request once the one before has ended.
            Assert.Equal(GenericStatusEnumType.Accepted, (await station.Station.CallAsync(Request(csr))).Status);
            await signing.ReportAsync(Received);
            await signing.SignNextAsync();
            await signing.ReportAsync(Issued);
            await signing.ReportAsync(SigningReportKind.Rejected);
        }

        const string Reason = "The station has sent 2 requests within a day, which is the most.";
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(
                new SignCertificateResponse
                {
                    Status = GenericStatusEnumType.Rejected,
                    StatusInfo = new StatusInfoType { ReasonCode = "TooManyElements", AdditionalInfo = Reason },
                },
                await station.Station.CallAsync(Request(i == 0 ? csr : null))
            );
        }

        Assert.Equal(
            ("EX-0001", Reason),
            (await signing.ReportAsync(CsrRefused)) is var refused ? (refused.Station, refused.Reason) : default
        );
        Assert.False(signing.HasReport);
        Assert.Equal(2, (await signing.Store.ListAsync(new())).Count);
        Assert.Equal(
            GenericStatusEnumType.Accepted,
            (
                await signing
                    .Connect(identity: "EX-0002")
                    .Station.CallAsync(Request(TestCsr.Pem(commonName: "EX-0002")))
            ).Status
        );
        await signing.ReportAsync(Received);

        await station.DisposeAsync();
        signing.Clock.Advance(TimeSpan.FromDays(1));
        OcppPair again = signing.Connect();
        Assert.Equal(GenericStatusEnumType.Accepted, (await again.Station.CallAsync(Request())).Status);
    }

    [Fact]
    public async Task A_CSR_over_an_unencrypted_connection_is_Rejected_and_reported_unless_the_operator_tolerates_it()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var plain = new OcppConnection { SecurityProfile = OcppSecurityProfile.Basic };

        SignCertificateResponse answer = await signing.Connect(connection: plain).Station.CallAsync(Request());

        const string Reason = "The CSR came over a connection that is not encrypted.";
        Assert.Equal(
            (GenericStatusEnumType.Rejected, "NotEnabled", Reason),
            (answer.Status, answer.StatusInfo!.ReasonCode, answer.StatusInfo.AdditionalInfo)
        );
        Assert.Equal($"Refused. {Reason}", (await signing.ReportAsync(CsrRefused)).Reason);
        Assert.Empty(await signing.Store.ListAsync(new()));

        OcppPair encrypted = signing.Connect(connection: plain with { IsEncrypted = true });
        Assert.Equal(GenericStatusEnumType.Accepted, (await encrypted.Station.CallAsync(Request())).Status);
    }

    [Fact]
    public async Task A_CSR_over_an_unencrypted_connection_is_accepted_and_reported_where_the_operator_tolerates_it()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                Policy = options.Policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.Encryption } },
            }
        );
        OcppPair station = signing.Connect(
            connection: new OcppConnection { SecurityProfile = OcppSecurityProfile.Basic }
        );

        Assert.Equal(GenericStatusEnumType.Accepted, (await station.Station.CallAsync(Request())).Status);

        Assert.Equal(
            "Accepted. Tolerated: The CSR came over a connection that is not encrypted.",
            (await signing.ReportAsync(CsrTolerated)).Reason
        );
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_promised()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        signing.Store.Fails = SigningRequestState.Received;
        OcppPair station = signing.Connect();

        SignCertificateResponse answer = await station.Station.CallAsync(Request());

        Assert.Equal(
            new SignCertificateResponse
            {
                Status = GenericStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType
                {
                    ReasonCode = "OutOfStorage",
                    AdditionalInfo = "The request can't be kept at present.",
                },
            },
            answer
        );
        Assert.Equal("EX-0001", (await signing.ReportAsync(StoreFailed)).Station);
    }
}
