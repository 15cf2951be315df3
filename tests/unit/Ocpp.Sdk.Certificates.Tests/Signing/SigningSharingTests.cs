using System.Threading.Channels;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Testing;
using static Ocpp.Certificates.Signing.SigningReportKind;
using static Ocpp.Certificates.Tests.SigningFixture;

namespace Ocpp.Certificates.Tests;

/// <summary>What is claimed, held and given back by a service that may share its store.</summary>
public sealed class SigningSharingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_another_process_releases_is_claimed_for_a_station_that_is_connected_here()
    {
        var watching = new TaskCompletionSource<Action<string>>();
        await using SigningFixture signing = await StartWatchingAsync(watching);
        var claimed = Channel.CreateUnbounded<bool>();
        signing.Store.ClaimedForStation = () => claimed.Writer.TryWrite(true);
        await signing.ConnectAcceptedAsync();
        await claimed.Reader.ReadAsync().AsTask().WaitAsync(s_patience); // for it is accepted

        (await watching.Task)("EX-0001");

        await claimed.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_another_process_releases_is_looked_for_where_its_station_can_be_sent_nothing(
        bool isConnected
    )
    {
        var watching = new TaskCompletionSource<Action<string>>();
        await using SigningFixture signing = await StartWatchingAsync(watching);
        if (isConnected)
        {
            signing.Connect();
        }

        await signing.Clock.WhenArmedAsync(2); // the service has looked, and nothing was there
        await signing.Store.AddAsync("EX-0001", TestCsr.New(), CertificateUses.CsmsConnection);

        (await watching.Task)("EX-0001");

        await signing.Authority.NextAsync();
    }

    [Theory]
    [InlineData(typeof(SigningRequestStoreException), StoreFailed)]
    [InlineData(typeof(InvalidOperationException), CallBackFailed)]
    public async Task A_store_that_fails_to_watch_is_reported_and_watched_again(Type failure, SigningReportKind kind)
    {
        int tries = 0;
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
        {
            ((FailingStore)options.Store).Watching = (_, stopping) =>
                ++tries < 3
                    ? throw (Exception)Activator.CreateInstance(failure, "Out of order.")!
                    : Task.Delay(Timeout.InfiniteTimeSpan, stopping);
            return options;
        });

        SigningReport report = await signing.ReportAsync(kind);
        Assert.Equal(("", $"{failure.Name} was thrown."), (report.Station, report.Reason));
        Assert.False(signing.HasReport);
        signing.Clock.Advance(TimeSpan.FromMinutes(1));
        await signing.ReportAsync(kind);
    }

    [Fact]
    public async Task A_store_that_fails_to_hand_out_the_work_of_a_station_is_reported_and_asked_again()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var claimed = new TaskCompletionSource();
        int tries = 0;
        signing.Store.ClaimedForStation = () =>
        {
            if (++tries == 1)
            {
                throw new SigningRequestStoreException("Out of order.");
            }

            claimed.TrySetResult();
        };

        await signing.ConnectAcceptedAsync();

        await signing.ReportAsync(StoreFailed);
        signing.Clock.Advance(TimeSpan.FromMinutes(1));
        await claimed.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task With_room_for_one_order_the_next_one_follows_when_the_first_is_issued()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                MaxConcurrentOrders = 1,
            }
        );
        OcppPair station = await signing.ConnectAcceptedAsync();
        for (int i = 0; i < 3; i++)
        {
            await station.Station.CallAsync(Request());
            await signing.ReportAsync(Received);
            await signing.SignNextAsync();
            await signing.ReportAsync(Issued);
            await signing.ReportAsync(Delivered);
        }
    }

    [Fact]
    public async Task A_lease_is_renewed_for_as_long_as_the_authority_takes()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                OrderTimeout = TimeSpan.FromHours(1),
            }
        );
        var renewed = Channel.CreateUnbounded<bool>();
        signing.Store.Renewed = () => renewed.Writer.TryWrite(true);
        await signing.Connect().Station.CallAsync(Request());
        long id = (await signing.ReportAsync(Received)).Request!.Id;
        ScriptedAuthority.PutOrder put = await signing.Authority.NextAsync();

        // Three times in each lease, of which each takes two minutes.
        for (int i = 0; i < 6; i++)
        {
            signing.Clock.Advance(TimeSpan.FromSeconds(40));
            await renewed.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
        }

        Assert.Equal(signing.Clock.GetUtcNow() + TimeSpan.FromMinutes(2), (await signing.Store.FindAsync(id))!.DueAt);
        put.Answer.SetResult(signing.Issue(put.Order));
        await signing.ReportAsync(Issued);
    }

    [Theory]
    [InlineData(CertificateUses.Iso15118, "DE*EXA*E0001*1", "Example V2G", "DE*EXA*E0001*1")]
    [InlineData(CertificateUses.Iso15118, null, "Example V2G", "EX-0001")]
    [InlineData(CertificateUses.CsmsConnection, "DE*EXA*E0001*1", TestCsr.OrganizationName, "EX-0001")]
    public async Task A_V2G_certificate_has_names_of_its_own(
        CertificateUses uses,
        string? seccId,
        string organization,
        string name
    )
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                Policy = options.Policy with { V2GOrganizationName = "Example V2G" },
                FindStation = (station, _) =>
                    ValueTask.FromResult(
                        new SigningStation { Names = [station], SeccIds = seccId is null ? [] : [seccId] }
                    ),
            }
        );
        await signing.Clock.WhenArmedAsync(2); // the service has looked, and nothing was there
        await signing.Store.AddAsync("EX-0001", TestCsr.New(), uses);
        signing.Clock.Advance(TimeSpan.FromMinutes(2)); // the service looks at the store again

        SigningOrder order = (await signing.Authority.NextAsync()).Order;

        Assert.Equal(organization, order.OrganizationName);
        Assert.Equal([name], order.StationNames);
    }

    private static Task<SigningFixture> StartWatchingAsync(TaskCompletionSource<Action<string>> watching) =>
        SigningFixture.StartAsync(options =>
        {
            ((FailingStore)options.Store).Watching = (offered, stopping) =>
            {
                watching.SetResult(offered);
                return Task.Delay(Timeout.InfiniteTimeSpan, stopping);
            };
            return options;
        });
}
