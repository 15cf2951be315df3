using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Certificates.Signing.SigningReportKind;
using static Ocpp.Certificates.Tests.SigningFixture;
using State = Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>How often, when and to whom CertificateSigned is sent.</summary>
public sealed class SigningDeliveryTests
{
    [Fact]
    public async Task A_station_lost_at_each_CertificateSigned_gets_it_with_doubled_waits_and_ten_times_at_most()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair? station = null;
        int sent = 0;
        station = signing.Connect(Crash);
        await station.Station.CallAsync(Request());
        await signing.ReportAsync(Received);
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        foreach (int minutes in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 })
        {
            SigningReport cut = await signing.ReportAsync(DeliveryFailed);
            int before = sent;
            Assert.Equal(before, cut.Request!.Deliveries);
            for (int i = 0; i < 3; i++)
            {
                station = await signing.ConnectAcceptedAsync(Crash);
            }

            signing.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1));
            station = await signing.ConnectAcceptedAsync(Crash);
            Assert.Equal(before, sent);
            signing.Clock.Advance(TimeSpan.FromTicks(1));
        }

        await signing.ReportAsync(DeliveryFailed);
        station = await signing.ConnectAcceptedAsync(Crash);
        signing.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(
            "CertificateSigned was sent 10 times, and the station has not answered.",
            (await signing.ReportAsync(Failed)).Reason
        );
        Assert.Equal(10, sent);

        CertificateSignedResponse Crash(CertificateSignedRequest request)
        {
            Interlocked.Increment(ref sent);
            station!.Cut();
            return Accept(request);
        }
    }

    [Fact]
    public async Task What_was_sent_is_counted_over_a_restart_and_waited_for_after_it()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                MaxDeliveries = 2,
            }
        );
        await IssueAsync(signing, _ => throw new OcppCallErrorException(OcppErrorCode.GenericError));
        await signing.ReportAsync(DeliveryFailed);
        await signing.RestartAsync();
        var signed = Channel.CreateUnbounded<CertificateSignedRequest>();
        await signing.ConnectAcceptedAsync(request =>
        {
            signed.Writer.TryWrite(request);
            throw new OcppCallErrorException(OcppErrorCode.GenericError);
        });
        await signing.Clock.WhenArmedAsync(2);
        signing.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.False(signed.Reader.TryPeek(out _));

        signing.Clock.Advance(TimeSpan.FromTicks(1));
        await signed.Reader.ReadAsync();
        Assert.Equal(2, (await signing.ReportAsync(DeliveryFailed)).Request!.Deliveries);
        await signing.Clock.WhenArmedAsync(2);
        signing.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(
            "CertificateSigned was sent 2 times, and the station has not answered.",
            (await signing.ReportAsync(Failed)).Reason
        );
    }

    [Theory]
    [InlineData(RegistrationStatusEnumType.Pending)]
    [InlineData(RegistrationStatusEnumType.Rejected)]
    public async Task B03_A_station_is_sent_nothing_before_its_BootNotification_is_answered_Accepted(
        RegistrationStatusEnumType status
    )
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        SigningRequest issued = await IssueAsync(signing, isConnected: false);
        var sent = Channel.CreateUnbounded<string>();
        OcppPair station = signing.Connect();
        station.Faults = (sender, frame) =>
        {
            if (sender == OcppParty.Csms && OcppFrame.TryRead(frame, out OcppFrame read, out _))
            {
                sent.Writer.TryWrite(read.MessageType == OcppMessageType.Call ? read.Action : "");
            }

            return OcppFault.None;
        };
        signing.BootStatus = status;
        await station.Station.CallAsync(Boot());
        await station.Station.CallAsync(new HeartbeatRequest());
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            signing.Service.RequestRenewalAsync("EX-0001", CertificateUses.Combined)
        );
        Assert.Equal(State.Issued, (await signing.Store.FindAsync(issued.Id))!.State);

        signing.BootStatus = RegistrationStatusEnumType.Accepted;
        await station.Station.CallAsync(Boot());

        await signing.ReportAsync(Delivered);
        foreach (string expected in new[] { "", "", "", "CertificateSigned" })
        {
            Assert.Equal(expected, await sent.Reader.ReadAsync());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task B03_That_a_station_is_held_back_outlives_its_connection_unless_another_process_may_accept_it(
        bool isShared
    )
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            isShared ? options with { FindRemoteStation = (_, _) => default } : options
        );
        SigningRequest issued = await IssueAsync(signing, isConnected: false);
        OcppPair station = signing.Connect();
        signing.BootStatus = RegistrationStatusEnumType.Rejected;
        await station.Station.CallAsync(Boot());
        await station.Csms.CloseAsync();
        await station.Csms.Completion;

        station = await signing.ConnectAcceptedAsync();

        if (!isShared)
        {
            Assert.Equal(State.Issued, (await signing.Store.FindAsync(issued.Id))!.State);
            signing.BootStatus = RegistrationStatusEnumType.Accepted;
            await station.Station.CallAsync(Boot());
        }

        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task B02_A_station_that_boots_anew_and_is_pending_is_sent_nothing_until_it_is_accepted_again()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = signing.Connect();
        await station.Station.CallAsync(Request());
        await signing.ReportAsync(Received);
        signing.BootStatus = RegistrationStatusEnumType.Pending;
        await station.Station.CallAsync(Boot());
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptedAuthority.PutOrder put = await signing.Authority.NextAsync();
        signing.Store.Releasing = async release =>
        {
            bool isReleased = await release();
            released.TrySetResult();
            return isReleased;
        };

        put.Answer.SetResult(signing.Issue(put.Order));
        await signing.ReportAsync(Issued);

        await released.Task.WaitAsync(TimeSpan.FromSeconds(60)); // until the station can be sent something
        Assert.False(signing.HasReport);
        signing.BootStatus = RegistrationStatusEnumType.Accepted;
        await station.Station.CallAsync(Boot());
        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task A_station_that_has_only_connected_is_sent_nothing_and_any_answered_request_of_it_will_do()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        SigningRequest issued = await IssueAsync(signing, isConnected: false);
        await signing.RestartAsync();
        OcppPair station = signing.Connect();
        await signing.Clock.WhenArmedAsync(2); // the wait for the station, and what is done daily
        Assert.Equal(State.Issued, (await signing.Store.FindAsync(issued.Id))!.State);
        Assert.False(signing.HasReport);

        await station.Station.CallAsync(new HeartbeatRequest());

        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task A_station_that_connects_before_a_release_whose_answer_is_lost_gets_its_certificate()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        int releases = 0;
        signing.Store.Releasing = async release =>
        {
            // The first is that of the request whose answer was sent, the second that of the one that was issued.
            if (++releases != 2)
            {
                return await release();
            }

            var claimed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            signing.Store.ClaimedForStation = () => claimed.TrySetResult();
            await signing.ConnectAcceptedAsync();
            await claimed.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await release();
            throw new SigningRequestStoreException("The answer was lost.");
        };
        await IssueAsync(signing, isConnected: false);
        await signing.ReportAsync(StoreFailed);

        // The next try, the worker, and what is done daily.
        await signing.Clock.WhenArmedAsync(3).WaitAsync(TimeSpan.FromSeconds(60));
        signing.Clock.Advance(TimeSpan.FromMinutes(1));

        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task A_connection_with_the_very_certificate_is_its_delivery()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        SigningRequest sent = await IssueAsync(
            signing,
            _ => throw new OcppCallErrorException(OcppErrorCode.GenericError)
        );
        await signing.ReportAsync(DeliveryFailed);
        using var other = X509Certificate2.CreateFromPem(
            ((CertificateAuthorityAnswer.Issued)signing.Issue(TestCsr.Order())).Chain.Pem
        );
        using var certificate = X509Certificate2.CreateFromPem(sent.Chain);
        signing.Connect(connection: new() { ClientCertificate = other });
        Assert.False(signing.HasReport);

        signing.Connect(connection: new() { ClientCertificate = certificate });

        SigningReport delivered = await signing.ReportAsync(Delivered);
        Assert.Equal(
            (sent.Id, "The station has connected with the certificate."),
            (delivered.Request!.Id, delivered.Reason)
        );
    }

    private static BootNotificationRequest Boot() =>
        new()
        {
            Reason = BootReasonEnumType.PowerUp,
            ChargingStation = new ChargingStationType { Model = "M", VendorName = "V" },
        };

    private static async Task<SigningRequest> IssueAsync(
        SigningFixture signing,
        Func<CertificateSignedRequest, CertificateSignedResponse>? certificateSigned = null,
        bool isConnected = true
    )
    {
        OcppPair station = signing.Connect(certificateSigned);
        await station.Station.CallAsync(Request());
        await signing.ReportAsync(Received);
        ScriptedAuthority.PutOrder put = await signing.Authority.NextAsync();
        if (!isConnected)
        {
            await station.DisposeAsync();
        }

        put.Answer.SetResult(signing.Issue(put.Order));
        return (await signing.ReportAsync(Issued)).Request!;
    }
}
