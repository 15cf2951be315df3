using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.V201;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Certificates.Signing.SigningReportKind;
using static Ocpp.Certificates.Tests.SigningFixture;
using static Ocpp.V201.CertificateSigningUseEnumType;
using State = Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>The CSMS's side of certificate signing, where all goes well in the end.</summary>
public sealed class SigningServiceTests
{
    [Theory]
    [InlineData(ChargingStationCertificate)]
    [InlineData(V2GCertificate)]
    [InlineData(null)]
    public async Task A02_FR_11_A_CSR_is_accepted_signed_and_delivered_with_its_type_A02_FR_14(
        CertificateSigningUseEnumType? type
    )
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var signed = new TaskCompletionSource<CertificateSignedRequest>();
        OcppPair station = signing.Connect(request =>
        {
            signed.SetResult(request);
            return Accept(request);
        });
        string csr = TestCsr.Pem();

        SignCertificateResponse answer = await station.Station.CallAsync(Request(csr, type));
        SigningOrder order = await signing.SignNextAsync();

        Assert.Equal(new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }, answer);
        Assert.Equal(
            (TestCsr.Read(csr).KeyId, type.ToUses(), 10000),
            (order.Request.KeyId, order.Uses, order.MaxChainSize)
        );
        await signing.ReportAsync(Received);
        SigningRequest issued = (await signing.ReportAsync(Issued)).Request!;
        Assert.Equal(
            new CertificateSignedRequest { CertificateChain = issued.Chain!, CertificateType = type },
            await signed.Task
        );
        SigningRequest delivered = (await signing.ReportAsync(Delivered)).Request!;
        Assert.Equal(delivered, await signing.Store.FindAsync(delivered.Id));
        Assert.Equal(
            [State.Received, State.Forwarded, State.Issued, State.Sent, State.Delivered],
            await signing.StatesAsync(delivered.Id)
        );
    }

    [Fact]
    public async Task A02_FR_04_The_CSMS_signs_nothing_itself_and_forwards_the_CSR_as_it_came()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = signing.Connect();
        string csr = TestCsr.Pem();

        await station.Station.CallAsync(Request(csr));
        ScriptedAuthority.PutOrder put = await signing.Authority.NextAsync();

        Assert.Equal(TestCsr.Read(csr).Der, put.Order.Request.Der);
        long id = (await signing.ReportAsync(Received)).Request!.Id;
        Assert.Equal([State.Received, State.Forwarded], await signing.StatesAsync(id));
        var issued = (CertificateAuthorityAnswer.Issued)signing.Issue(put.Order);
        put.Answer.SetResult(issued);
        Assert.Equal(issued.Chain.Pem, (await signing.ReportAsync(Issued)).Request!.Chain);
        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task CertificateSigned_never_overtakes_the_answer_to_SignCertificate()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var sent = new List<OcppMessageType>();
        OcppPair station = signing.Connect();
        station.Faults = (sender, frame) =>
        {
            if (sender == OcppParty.Csms && OcppFrame.TryRead(frame, out OcppFrame read, out _))
            {
                sent.Add(read.MessageType);
            }

            return OcppFault.None;
        };

        await station.Station.CallAsync(Request());
        await signing.SignNextAsync();
        await signing.ReportAsync(Received);
        await signing.ReportAsync(Issued);
        await signing.ReportAsync(Delivered);

        Assert.Equal([OcppMessageType.CallResult, OcppMessageType.Call], sent);
    }

    [Fact]
    public async Task Several_requests_of_one_station_are_open_at_once_and_matched_by_their_keys()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var signed = Channel.CreateUnbounded<CertificateSignedRequest>();
        OcppPair station = signing.Connect(request =>
        {
            signed.Writer.TryWrite(request);
            return Accept(request);
        });
        await station.Station.CallAsync(Request(type: ChargingStationCertificate));
        ScriptedAuthority.PutOrder first = await signing.Authority.NextAsync();
        await station.Station.CallAsync(Request(type: V2GCertificate));
        ScriptedAuthority.PutOrder second = await signing.Authority.NextAsync();

        foreach (ScriptedAuthority.PutOrder put in new[] { second, first })
        {
            put.Answer.SetResult(signing.Issue(put.Order));
            CertificateSignedRequest request = await signed.Reader.ReadAsync();
            Assert.True(CertificateChain.TryRead(request.CertificateChain, out var chain));
            Assert.Equal((put.Order.Request.KeyId, put.Order.Uses), (chain.KeyId, request.CertificateType.ToUses()));
        }
    }

    [Fact]
    public async Task A02_FR_17_A_station_that_repeats_its_CSR_gets_the_one_certificate()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = signing.Connect();
        string csr = TestCsr.Pem();
        await station.Station.CallAsync(Request(csr));
        ScriptedAuthority.PutOrder put = await signing.Authority.NextAsync();
        long id = (await signing.ReportAsync(Received)).Request!.Id;

        Assert.Equal(GenericStatusEnumType.Accepted, (await station.Station.CallAsync(Request(csr))).Status);
        Assert.Equal(id, (await signing.ReportAsync(Received)).Request!.Id);
        put.Answer.SetResult(signing.Issue(put.Order));

        await signing.ReportAsync(Issued);
        Assert.Equal(id, (await signing.ReportAsync(Delivered)).Request!.Id);
        Assert.False(signing.Authority.HasOrder);
    }

    [Fact]
    public async Task A02_FR_17_A_repeated_CSR_is_not_taken_for_a_new_one_when_its_certificate_comes_at_that_moment()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = signing.Connect();
        string csr = TestCsr.Pem();
        await station.Station.CallAsync(Request(csr));
        ScriptedAuthority.PutOrder put = await signing.Authority.NextAsync();
        long id = (await signing.ReportAsync(Received)).Request!.Id;

        // The repeat was looked for, and found unfinished. Were the first one delivered before the repeat is kept, that
        // would be a second request for the same key. Many looks give it the time for that.
        var states = new List<SigningRequestState>();
        signing.Store.Adding = async () =>
        {
            put.Answer.SetResult(signing.Issue(put.Order));
            for (int i = 0; i < 200; i++)
            {
                states.Add((await signing.Store.FindAsync(id))!.State);
            }
        };
        Assert.Equal(GenericStatusEnumType.Accepted, (await station.Station.CallAsync(Request(csr))).Status);

        Assert.All(states, state => Assert.Equal(SigningRequestState.Forwarded, state));
        Assert.Equal(id, (await signing.ReportAsync(Received)).Request!.Id);
        await signing.ReportAsync(Issued);
        Assert.Equal(id, (await signing.ReportAsync(Delivered)).Request!.Id);
        Assert.Single(await signing.Store.ListAsync(new()));
        Assert.False(signing.Authority.HasOrder);
    }

    [Fact]
    public async Task What_an_authority_signs_hours_later_waits_for_the_station_to_connect()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                OrderTimeout = TimeSpan.FromHours(6),
            }
        );
        OcppPair station = signing.Connect();
        await station.Station.CallAsync(Request());
        ScriptedAuthority.PutOrder put = await signing.Authority.NextAsync();
        await signing.ReportAsync(Received);
        await station.DisposeAsync();
        signing.Clock.Advance(TimeSpan.FromHours(5));
        put.Answer.SetResult(signing.Issue(put.Order));
        await signing.ReportAsync(Issued);
        Assert.False(signing.HasReport);

        await signing.ConnectAcceptedAsync();

        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task An_authority_that_decides_later_is_asked_again_then_with_its_ticket()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = signing.Connect();
        await station.Station.CallAsync(Request());
        (await signing.Authority.NextAsync()).Answer.SetResult(
            new CertificateAuthorityAnswer.Later(TimeSpan.FromHours(2), "ticket 7")
        );
        await signing.ReportAsync(Received);
        SigningReport waiting = await signing.ReportAsync(Waiting);
        Assert.Equal("The authority has not decided yet.", waiting.Reason);

        signing.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        Assert.False(signing.Authority.HasOrder);
        signing.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("ticket 7", (await signing.SignNextAsync()).Ticket);
        await signing.ReportAsync(Issued);
        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task The_chain_is_as_long_as_the_station_takes_and_made_out_to_the_names_that_the_operator_knows()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                FindStation = (identity, _) =>
                    ValueTask.FromResult(
                        new SigningStation
                        {
                            Names = [identity == "CS-1" ? TestCsr.SerialNumber : "?"],
                            MaxChainSize = 4000,
                        }
                    ),
            }
        );
        OcppPair station = signing.Connect(identity: "CS-1");

        await station.Station.CallAsync(Request());

        Assert.Equal(4000, (await signing.SignNextAsync()).MaxChainSize);
    }

    [Fact]
    public async Task A_CSR_that_is_tolerated_without_O_ends_in_a_certificate_of_the_operator()
    {
        using var folder = new TemporaryFolder();
        LocalCertificateAuthority? authority = null;
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                Policy = options.Policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.Organization } },
                Authority = authority =
                    LocalCertificateAuthority.Open(
                        folder.Path,
                        new() { OrganizationName = TestCsr.OrganizationName, TimeProvider = options.TimeProvider }
                    ),
            }
        );
        using LocalCertificateAuthority owned = authority!;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string csr = new CertificateRequest(
            $"CN={TestCsr.SerialNumber}",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequestPem();

        await signing.Connect().Station.CallAsync(Request(csr));

        await signing.ReportAsync(CsrTolerated);
        await signing.ReportAsync(Received);
        using var certificate = X509Certificate2.CreateFromPem((await signing.ReportAsync(Issued)).Request!.Chain);
        Assert.Equal("CN=EX-0001, O=Example Charging", certificate.Subject);
        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task V2G_certificates_can_come_from_an_authority_of_their_own()
    {
        var v2g = new ScriptedAuthority();
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                V2GAuthority = v2g,
            }
        );
        OcppPair station = signing.Connect();

        await station.Station.CallAsync(Request(type: V2GCertificate));
        Assert.Equal(CertificateUses.Iso15118, (await v2g.NextAsync()).Order.Uses);
        await station.Station.CallAsync(Request(type: null));
        Assert.Equal(CertificateUses.Combined, (await signing.Authority.NextAsync()).Order.Uses);
    }

    [Theory]
    [InlineData(CertificateUses.CsmsConnection, MessageTriggerEnumType.SignChargingStationCertificate)]
    [InlineData(CertificateUses.Iso15118, MessageTriggerEnumType.SignV2GCertificate)]
    [InlineData(CertificateUses.Combined, MessageTriggerEnumType.SignCombinedCertificate)]
    public async Task The_operator_asks_a_station_for_a_renewal(CertificateUses uses, MessageTriggerEnumType expected)
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var triggered = new TaskCompletionSource<TriggerMessageRequest>();
        await using var pair = OcppPair.Create(
            new OcppHandlers(
                Ocpp201Protocol.Instance,
                set =>
                    set.On<TriggerMessageRequest, TriggerMessageResponse>(
                        (request, _) =>
                        {
                            triggered.SetResult(request);
                            return new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.Accepted };
                        }
                    )
            ),
            new OcppHandlers(Ocpp201Protocol.Instance),
            new OcppPairOptions { Identity = "CS-1" }
        );
        signing.Service.Connected(pair.Csms);

        SigningResponse answer = await signing.Service.RequestRenewalAsync("cs-1", uses);

        Assert.Equal(SigningResponse.Accepted, answer);
        Assert.Equal(new TriggerMessageRequest { RequestedMessage = expected }, await triggered.Task);
    }

    [Fact]
    public async Task A_station_that_is_not_connected_can_not_be_asked_for_a_renewal()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var exception = await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
            signing.Service.RequestRenewalAsync("CS-1", CertificateUses.Combined)
        );
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.Lost, Description: "The station is not connected."),
            exception.Reason
        );
        await signing.Connect().DisposeAsync();
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
            signing.Service.RequestRenewalAsync("EX-0001", CertificateUses.Combined)
        );
    }

    [Fact]
    public async Task A_station_that_is_connected_to_another_process_is_asked_for_a_renewal_there()
    {
        var triggered = new TaskCompletionSource<TriggerMessageRequest>();
        await using var elsewhere = OcppPair.Create(
            new OcppHandlers(
                Ocpp201Protocol.Instance,
                set =>
                    set.On(
                        (TriggerMessageRequest request) =>
                        {
                            triggered.SetResult(request);
                            return new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.Accepted };
                        }
                    )
            ),
            new OcppHandlers(Ocpp201Protocol.Instance)
        );
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                FindRemoteStation = (station, _) =>
                    ValueTask.FromResult(
                        station switch
                        {
                            "CS-2" => new RemoteStation("ocpp2.0.1", elsewhere.Csms),
                            "CS-16" => new RemoteStation("ocpp1.6", elsewhere.Csms),
                            _ => null,
                        }
                    ),
            }
        );

        SigningResponse answer = await signing.Service.RequestRenewalAsync("CS-2", CertificateUses.CsmsConnection);

        Assert.Equal(SigningResponse.Accepted, answer);
        Assert.Equal(MessageTriggerEnumType.SignChargingStationCertificate, (await triggered.Task).RequestedMessage);
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
            signing.Service.RequestRenewalAsync("CS-1", CertificateUses.CsmsConnection)
        );
        var exception = await Assert.ThrowsAsync<NotSupportedException>(() =>
            signing.Service.RequestRenewalAsync("CS-16", CertificateUses.CsmsConnection)
        );
        Assert.Equal("ocpp1.6 has no certificate for CsmsConnection.", exception.Message);
    }

    [Fact]
    public async Task A_station_that_sends_SignCertificate_is_known_to_be_connected()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = signing.Connect(isTold: false);

        await station.Station.CallAsync(Request());
        await signing.SignNextAsync();

        await signing.ReportAsync(Received);
        await signing.ReportAsync(Issued);
        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task Null_and_empty_arguments_are_refused()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();

        await Assert.ThrowsAsync<ArgumentNullException>("options", () => SigningService.StartAsync(null!));
        Assert.Throws<ArgumentNullException>("session", () => signing.Service.Connected(null!));
        Assert.Throws<ArgumentNullException>("handlers", () => signing.Service.AddTo<OcppHandlers>(null!));
        await Assert.ThrowsAsync<ArgumentException>(
            "station",
            () => signing.Service.RequestRenewalAsync("", CertificateUses.Combined)
        );
    }

    [Fact]
    public async Task A_certificate_that_is_about_to_expire_is_reported_once_three_weeks_ahead()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = signing.Connect();
        await station.Station.CallAsync(Request());
        await signing.SignNextAsync();
        await signing.ReportAsync(Received);
        await signing.ReportAsync(Issued);
        SigningRequest delivered = (await signing.ReportAsync(Delivered)).Request!;
        await station.DisposeAsync();

        await signing.Clock.WhenArmedAsync(2);
        signing.Clock.Advance(delivered.ExpiresAt!.Value - signing.Clock.GetUtcNow() - TimeSpan.FromDays(22));
        for (int days = 0; days < 3; days++)
        {
            await signing.Clock.WhenArmedAsync(2);
            signing.Clock.Advance(TimeSpan.FromDays(1));
        }

        SigningReport report = await signing.ReportAsync(Expiring);
        Assert.Equal(
            (delivered.Id, "EX-0001", "The certificate is valid until 2040-01-01 00:00:00Z."),
            (report.Request!.Id, report.Station, report.Reason)
        );
        await signing.Clock.WhenArmedAsync(2);
        Assert.False(signing.HasReport);
    }

    [Fact]
    public async Task What_was_finished_long_ago_is_forgotten_daily_by_the_service_itself()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                KeepFinishedFor = TimeSpan.FromDays(2),
            }
        );
        OcppPair station = signing.Connect();
        await station.Station.CallAsync(Request());
        await signing.ReportAsync(Received);
        (await signing.Authority.NextAsync()).Answer.SetResult(
            new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.Refused, "No.")
        );
        long id = (await signing.ReportAsync(Failed)).Request!.Id;
        await station.DisposeAsync();
        for (int days = 0; days < 2; days++)
        {
            await signing.Clock.WhenArmedAsync(2);
            Assert.NotNull(await signing.Store.FindAsync(id));
            signing.Clock.Advance(TimeSpan.FromDays(1));
        }

        await signing.Clock.WhenArmedAsync(2);
        signing.Clock.Advance(TimeSpan.FromTicks(1));
        signing.Clock.Advance(TimeSpan.FromDays(1));
        await signing.Clock.WhenArmedAsync(2);
        Assert.Null(await signing.Store.FindAsync(id));
    }
}
