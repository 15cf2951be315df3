using System.Text;
using Microsoft.Extensions.Logging;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.V201;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Certificates.Signing.SigningReportKind;
using static Ocpp.Certificates.Tests.SigningFixture;
using State = Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// What was accepted is never lost: whatever fails, the request ends with its station or with a reason.
/// </summary>
public sealed class SigningFailureTests
{
    [Theory]
    [InlineData(CertificateAuthorityFailure.Refused)]
    [InlineData(CertificateAuthorityFailure.AnswerLost)]
    [InlineData(CertificateAuthorityFailure.InvalidAnswer)]
    public async Task An_authority_that_does_not_sign_is_reported_and_not_asked_again(CertificateAuthorityFailure kind)
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        await SendAsync(signing);

        (await signing.Authority.NextAsync()).Answer.SetResult(new CertificateAuthorityAnswer.Failed(kind, "Because."));

        SigningReport report = await signing.ReportAsync(Failed);
        Assert.Equal(("EX-0001", "Because."), (report.Station, report.Reason));
        Assert.Equal(State.Failed, (await signing.Store.FindAsync(report.Request!.Id))!.State);
        Assert.False(signing.Authority.HasOrder);
    }

    [Fact]
    public async Task An_authority_that_throws_may_have_signed_and_is_not_asked_again()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        await SendAsync(signing);

        (await signing.Authority.NextAsync()).Answer.SetException(new InvalidOperationException("secret"));

        Assert.IsType<InvalidOperationException>((await signing.ReportAsync(CallBackFailed)).Exception);
        Assert.Equal(
            "Asking the authority failed with InvalidOperationException. It may have signed.",
            (await signing.ReportAsync(Failed)).Reason
        );
    }

    [Fact]
    public async Task A_certificate_for_another_key_is_not_delivered()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        await SendAsync(signing);

        (await signing.Authority.NextAsync()).Answer.SetResult(signing.Issue(TestCsr.Order()));

        Assert.Equal(
            "The authority answered with a certificate for another key.",
            (await signing.ReportAsync(Failed)).Reason
        );
    }

    [Fact]
    public async Task An_authority_out_of_reach_is_asked_again_with_doubled_waits_until_a_week_is_over()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        DateTimeOffset start = signing.Clock.GetUtcNow();
        await SendAsync(signing);
        var waits = new List<double>();
        while (true)
        {
            DateTimeOffset asked = signing.Clock.GetUtcNow();
            (await signing.Authority.NextAsync()).Answer.SetResult(
                new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.Unavailable, "Out of reach.")
            );
            SigningRequest waiting = (await signing.ReportAsync(Waiting)).Request!;
            waits.Add((waiting.AskAgainAt!.Value - asked).TotalMinutes);
            signing.Clock.Advance(waiting.AskAgainAt!.Value - asked);
            if (waiting.AskAgainAt >= start.AddDays(7))
            {
                break;
            }
        }

        SigningReport failed = await signing.ReportAsync(Failed);
        Assert.Equal("The authority has not issued within 168 hours.", failed.Reason);
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits.Take(8));
        Assert.All(waits.Skip(8), wait => Assert.Equal(60, wait));
        Assert.Equal(waits.Count, failed.Request!.Attempts);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(45)]
    public async Task A_clock_that_is_set_forward_just_when_a_wait_begins_does_not_prolong_it(int seconds)
    {
        LeapingClock? clock = null;
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                TimeProvider = clock = new LeapingClock((OcppTestClock)options.TimeProvider),
            }
        );
        await SendAsync(signing);
        ScriptedAuthority.PutOrder order = await signing.Authority.NextAsync();

        Task leapt = clock!.LeapBefore(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(seconds));
        order.Answer.SetResult(
            new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.Unavailable, "Out of reach.")
        );

        SigningRequest waiting = (await signing.ReportAsync(Waiting)).Request!;
        await leapt;
        signing.Clock.Advance(waiting.AskAgainAt!.Value - signing.Clock.GetUtcNow());
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task An_authority_that_never_answers_has_failed_after_the_time_for_an_order()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        await SendAsync(signing);
        await signing.Authority.NextAsync();
        signing.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(
            "The authority has not answered in time. It may have signed.",
            (await signing.ReportAsync(Failed)).Reason
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_authority_that_ignores_its_cancellation_or_blocks_has_failed_and_the_service_stops(bool blocks)
    {
        using var release = new ManualResetEventSlim();
        using var asked = new SemaphoreSlim(0);
        var authority = new FunctionAuthority(_ =>
        {
            asked.Release();
            if (blocks)
            {
                release.Wait();
            }

            return new TaskCompletionSource<CertificateAuthorityAnswer>().Task;
        });
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                Authority = authority,
            }
        );
        await SendAsync(signing);
        await asked.WaitAsync();
        signing.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(
            "The authority has not answered in time. It may have signed.",
            (await signing.ReportAsync(Failed)).Reason
        );
        await signing.Connect().Station.CallAsync(Request());
        await asked.WaitAsync();

        await signing.Service.DisposeAsync();

        release.Set();
    }

    [Fact]
    public async Task The_requests_of_one_station_whose_orders_hang_keep_no_other_station_from_its_certificate()
    {
        using var asked = new SemaphoreSlim(0);
        SigningFixture? fixture = null;
        var authority = new FunctionAuthority(async order =>
        {
            if (order.Request.Subject.CommonName == "EX-0002")
            {
                return fixture!.Issue(order);
            }

            asked.Release();
            return await new TaskCompletionSource<CertificateAuthorityAnswer>().Task;
        });
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                Authority = authority,
            }
        );
        fixture = signing;
        OcppPair hanging = signing.Connect();
        for (int i = 0; i < 5; i++)
        {
            await hanging.Station.CallAsync(Request());
            await signing.ReportAsync(Received);
        }

        await asked.WaitAsync();
        await asked.WaitAsync(); // half of MaxConcurrentOrders

        await signing.Connect(identity: "EX-0002").Station.CallAsync(Request(TestCsr.Pem(commonName: "EX-0002")));

        await signing.ReportAsync(Received);
        await signing.ReportAsync(Issued);
        Assert.Equal("EX-0002", (await signing.ReportAsync(Delivered)).Station);
        Assert.Equal(0, asked.CurrentCount);
    }

    [Fact]
    public async Task A_V2G_authority_that_hangs_keeps_no_station_certificate_waiting()
    {
        var v2g = new ScriptedAuthority();
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                V2GAuthority = v2g,
                MaxConcurrentOrders = 1,
            }
        );
        await signing.Connect().Station.CallAsync(Request(type: CertificateSigningUseEnumType.V2GCertificate));
        await v2g.NextAsync();
        await signing.Connect(identity: "EX-0002").Station.CallAsync(Request(TestCsr.Pem(commonName: "EX-0002")));

        await signing.SignNextAsync();
    }

    [Theory]
    [InlineData("nothing", "The authority gave no answer.")]
    [InlineData("no chain", "The authority answered without a certificate.")]
    [InlineData("no reason", "The authority gave no reason.")]
    [InlineData("a reason of two lines", "line 1\\u000Aline 2")]
    [InlineData(
        "its own cancellation",
        "Asking the authority failed with OperationCanceledException. It may have signed."
    )]
    public async Task Whatever_an_authority_answers_the_request_ends_with_a_reason(string what, string reason)
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                Authority = new FunctionAuthority(_ =>
                    what switch
                    {
                        "nothing" => Task.FromResult<CertificateAuthorityAnswer>(null!),
                        "no chain" => Task.FromResult<CertificateAuthorityAnswer>(
                            new CertificateAuthorityAnswer.Issued(null!)
                        ),
                        "no reason" => Task.FromResult<CertificateAuthorityAnswer>(
                            new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.Refused, null!)
                        ),
                        "its own cancellation" => throw new OperationCanceledException(),
                        _ => Task.FromResult<CertificateAuthorityAnswer>(
                            new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.Refused, "line 1\nline 2")
                        ),
                    }
                ),
            }
        );
        await SendAsync(signing);
        if (what == "its own cancellation")
        {
            await signing.ReportAsync(CallBackFailed);
        }

        SigningReport failed = await signing.ReportAsync(Failed);
        Assert.Equal(reason, failed.Reason);
        Assert.Equal(State.Failed, (await signing.Store.FindAsync(failed.Request!.Id))!.State);
    }

    [Theory]
    [InlineData(State.Received)]
    [InlineData(State.Forwarded)]
    [InlineData(State.Waiting)]
    [InlineData(State.Issued)]
    [InlineData(State.Sent)]
    public async Task After_a_restart_in_any_state_the_certificate_comes_to_its_station(State state)
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        if (state is State.Received or State.Issued or State.Sent)
        {
            signing.Store.Fails =
                state == State.Received ? State.Forwarded
                : state == State.Issued ? State.Sent
                : State.Delivered;
        }

        await SendAsync(signing);
        if (state == State.Forwarded)
        {
            await signing.Authority.NextAsync();
        }
        else if (state == State.Waiting)
        {
            (await signing.Authority.NextAsync()).Answer.SetResult(new CertificateAuthorityAnswer.Later(TimeSpan.Zero));
        }
        else if (state != State.Received)
        {
            await signing.SignNextAsync();
        }

        if (state is State.Issued or State.Sent)
        {
            await signing.ReportAsync(Issued);
        }

        if (state != State.Forwarded)
        {
            await signing.ReportAsync(state == State.Waiting ? Waiting : StoreFailed);
        }

        Assert.Equal(state, Assert.Single(await signing.Store.ListUnfinishedAsync()).State);
        await signing.RestartAsync();
        await signing.ConnectAcceptedAsync();
        await signing.Clock.WhenArmedAsync(2); // the next that is due, and what is done daily
        signing.Clock.Advance(state == State.Sent ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1));
        if (state is State.Received or State.Forwarded or State.Waiting)
        {
            await signing.SignNextAsync();
            await signing.ReportAsync(Issued);
        }

        SigningRequest delivered = (await signing.ReportAsync(Delivered)).Request!;
        State[] steps = await signing.StatesAsync(delivered.Id);
        State[] twice =
            state is State.Forwarded or State.Sent ? [state]
            : state == State.Waiting ? [State.Waiting, State.Forwarded]
            : [];
        Assert.Equal(
            [
                State.Received,
                .. new[] { State.Forwarded, State.Issued, State.Sent, State.Delivered }.Concat(twice).Order(),
            ],
            steps.Order()
        );
        Assert.Equal(state is State.Forwarded or State.Waiting ? 2 : 1, delivered.Attempts);
    }

    [Fact]
    public async Task A_disk_that_is_full_for_a_while_neither_asks_the_authority_twice_nor_loses_the_stations_answer()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        int deliveries = 0;
        signing.Store.Fails = State.Issued;
        await SendAsync(
            signing,
            request =>
            {
                deliveries++;
                return Accept(request);
            }
        );
        await signing.SignNextAsync();
        await signing.ReportAsync(StoreFailed);
        signing.Store.Fails = State.Delivered;
        signing.Clock.Advance(TimeSpan.FromMinutes(1));
        await signing.ReportAsync(Issued);
        await signing.ReportAsync(StoreFailed);
        signing.Store.Fails = null;
        signing.Clock.Advance(TimeSpan.FromMinutes(1));

        await signing.ReportAsync(Delivered);
        Assert.Equal(1, deliveries);
        Assert.False(signing.Authority.HasOrder);
    }

    [Fact]
    public async Task A_station_that_rejects_ends_the_request_with_its_reason()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        await SendAsync(
            signing,
            _ => new CertificateSignedResponse
            {
                Status = CertificateSignedStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType
                {
                    ReasonCode = "InvalidCertificate",
                    AdditionalInfo = "line 1\nline 2",
                },
            }
        );
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);

        SigningReport report = await signing.ReportAsync(Rejected);
        Assert.Equal("The station rejected the certificate: InvalidCertificate (line 1\\u000Aline 2).", report.Reason);
        Assert.Equal(State.Rejected, (await signing.Store.FindAsync(report.Request!.Id))!.State);
    }

    [Fact]
    public async Task A_station_that_answers_with_an_error_gets_the_certificate_again_later_and_five_errors_end_it()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        await SendAsync(signing, _ => throw new OcppCallErrorException(OcppErrorCode.SecurityError));
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        for (int minutes = 1; minutes < 16; minutes *= 2)
        {
            Assert.Equal("The station answered SecurityError.", (await signing.ReportAsync(DeliveryFailed)).Reason);
            signing.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1));
            Assert.False(signing.HasReport);
            signing.Clock.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal(
            "The station can't take the certificate: it answered SecurityError.",
            (await signing.ReportAsync(Failed)).Reason
        );
    }

    [Theory]
    [InlineData(false, "The station has not answered in time.")]
    [InlineData(true, "The station's answer was not valid.")]
    public async Task A_station_whose_answer_is_lost_or_invalid_gets_the_certificate_again(
        bool isAnswered,
        string reason
    )
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = await SendAsync(signing);
        station.Faults = (sender, frame) =>
            sender == OcppParty.Csms || !OcppFrame.TryRead(frame, out OcppFrame read, out _) ? OcppFault.None
            : isAnswered ? OcppFault.Replace(Encoding.UTF8.GetBytes($"[3,\"{read.MessageId}\",{{\"status\":\"?\"}}]"))
            : OcppFault.Drop;
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        while (!signing.HasReport)
        {
            // The answer is waited for from when the certificate is sent, on a thread of its own.
            await Task.Delay(1);
            signing.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(reason, (await signing.ReportAsync(DeliveryFailed)).Reason);
        station.Faults = null;
        signing.Clock.Advance(TimeSpan.FromMinutes(1));
        SigningRequest delivered = (await signing.ReportAsync(Delivered)).Request!;
        Assert.Equal(
            [State.Received, State.Forwarded, State.Issued, State.Sent, State.Sent, State.Delivered],
            await signing.StatesAsync(delivered.Id)
        );
        Assert.Contains(
            "Sent again: the station's answer did not come.",
            (await signing.Store.GetHistoryAsync(delivered.Id)).Select(one => one.Reason)
        );
    }

    [Fact]
    public async Task An_authority_out_of_reach_is_asked_again_when_it_says()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        await SendAsync(signing);

        (await signing.Authority.NextAsync()).Answer.SetResult(
            new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.Unavailable, "Closed.")
            {
                RetryAfter = TimeSpan.FromMinutes(10),
            }
        );

        Assert.Equal(
            signing.Clock.GetUtcNow().AddMinutes(10),
            (await signing.ReportAsync(Waiting)).Request!.AskAgainAt
        );
    }

    [Theory]
    [InlineData(100 * 24 * 60 * 60, 7 * 24 * 60 * 60)]
    [InlineData(-5, 1)]
    public async Task An_authority_is_asked_again_within_the_week_and_not_at_once_whatever_it_says(
        int seconds,
        int expected
    )
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        await SendAsync(signing);

        (await signing.Authority.NextAsync()).Answer.SetResult(
            new CertificateAuthorityAnswer.Later(TimeSpan.FromSeconds(seconds))
        );

        Assert.Equal(
            signing.Clock.GetUtcNow().AddSeconds(expected),
            (await signing.ReportAsync(Waiting)).Request!.AskAgainAt
        );
    }

    [Fact]
    public async Task A_request_that_somebody_else_puts_to_the_authority_is_left_to_them_until_they_release_it()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var others = new SigningRequestLease("another process", TimeSpan.FromHours(1));
        SigningRequest request = await signing.Store.AddAsync(
            "EX-0001",
            TestCsr.New(),
            CertificateUses.CsmsConnection,
            others
        );
        await signing.Store.StepAsync(request.Id, SigningRequestTransition.Forwarded());
        await using SigningService another = await signing.StartAnotherAsync();
        await signing.Clock.WhenArmedAsync(4); // the next that is due, and what is done daily, of both
        signing.Clock.Advance(TimeSpan.FromMinutes(30));
        await signing.Clock.WhenArmedAsync(4); // both have looked at the store
        Assert.False(signing.Authority.HasOrder);

        await signing.Store.StepAsync(
            request.Id,
            SigningRequestTransition.Waiting(signing.Clock.GetUtcNow(), "Not yet.")
        );
        signing.Clock.Advance(TimeSpan.FromMinutes(2)); // the time of a lease: both look again within it

        SigningRequest waited = (await signing.Store.FindAsync(request.Id))!;
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        Assert.False(signing.Authority.HasOrder);
        Assert.Equal(2, (await signing.Store.FindAsync(waited.Id))!.Attempts);
    }

    [Fact]
    public async Task Ten_thousand_open_requests_have_no_task_each()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                MaxConcurrentOrders = 4,
            }
        );
        await signing.Clock.WhenArmedAsync(2); // the worker has looked, and nothing was there
        SigningRequest issued = await signing.Store.AddAsync("WAITS", TestCsr.New(), CertificateUses.CsmsConnection);
        signing.AddCopies(issued.Id, "WAITS-", 5000, State.Issued);
        signing.AddCopies(issued.Id, "ASKS-", 5000, State.Received);
        signing.Clock.Advance(TimeSpan.FromMinutes(5)); // the worker looks at the store again

        var orders = new List<ScriptedAuthority.PutOrder>();
        for (int i = 0; i < 4; i++)
        {
            orders.Add(await signing.Authority.NextAsync());
        }

        // Those whose stations are not connected are looked at once and released, a bounded number at a time.
        while (
            (await signing.Store.ListUnfinishedAsync()).Count(one =>
                one.State == State.Issued && one.DueAt == one.ExpiresAt
            ) < 5000
        )
        {
            Assert.InRange(signing.Service.InHandCount, 4, 4 + SigningWorker.MaxConcurrentDeliveries);
        }

        Assert.Equal(10_001, (await signing.Store.ListUnfinishedAsync()).Count);
        orders[0].Answer.SetResult(new CertificateAuthorityAnswer.Later(TimeSpan.FromHours(1)));
        await signing.ReportAsync(Waiting);
        await signing.Authority.NextAsync();
        Assert.InRange(signing.Service.InHandCount, 4, 5); // the one that waits now may just end
    }

    [Fact]
    public async Task A_station_that_does_not_know_CertificateSigned_ends_it_at_once()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        await SendAsync(signing, _ => throw new OcppCallErrorException(OcppErrorCode.NotImplemented));
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);

        Assert.Equal(
            "The station can't take the certificate: it answered NotImplemented.",
            (await signing.ReportAsync(Failed)).Reason
        );
    }

    [Fact]
    public async Task A_connection_that_is_lost_before_the_station_answers_is_followed_by_the_next()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var received = new TaskCompletionSource();
        using var release = new ManualResetEventSlim();
        OcppPair station = await SendAsync(
            signing,
            request =>
            {
                received.SetResult();
                release.Wait();
                return Accept(request);
            }
        );
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        await received.Task;
        station.Cut();
        Assert.Equal(
            "The connection was lost before the station answered.",
            (await signing.ReportAsync(DeliveryFailed)).Reason
        );
        release.Set();

        string? again = null;
        await signing.ConnectAcceptedAsync(request =>
        {
            again = request.CertificateChain;
            return Accept(request);
        });
        Assert.False(signing.HasReport);
        signing.Clock.Advance(TimeSpan.FromMinutes(1));

        SigningRequest delivered = (await signing.ReportAsync(Delivered)).Request!;
        Assert.Equal(delivered.Chain, again);
        Assert.Equal(
            [State.Received, State.Forwarded, State.Issued, State.Sent, State.Sent, State.Delivered],
            await signing.StatesAsync(delivered.Id)
        );
    }

    [Fact]
    public async Task A_certificate_that_expires_before_its_station_comes_back_has_failed()
    {
        await using SigningFixture signing = await SigningFixture.StartAsync();
        OcppPair station = await SendAsync(signing);
        ScriptedAuthority.PutOrder put = await signing.Authority.NextAsync();
        await station.DisposeAsync();
        put.Answer.SetResult(signing.Issue(put.Order));
        SigningRequest issued = (await signing.ReportAsync(Issued)).Request!;
        while (signing.Clock.GetUtcNow() < issued.ExpiresAt)
        {
            signing.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(
            "The certificate has expired before its station had it.",
            (await signing.ReportAsync(Failed)).Reason
        );
    }

    [Fact]
    public async Task What_the_application_gives_may_throw_and_the_request_waits()
    {
        bool fails = false;
        await using SigningFixture signing = await SigningFixture.StartAsync(options =>
            options with
            {
                FindStation = (identity, _) =>
                    fails
                        ? throw new TimeoutException()
                        : ValueTask.FromResult(new SigningStation { Names = [identity] }),
                Reported = report =>
                {
                    fails = report.Kind == Received;
                    options.Reported!(report);
                    throw new InvalidOperationException();
                },
            }
        );
        await SendAsync(signing);
        SigningReport failed = await signing.ReportAsync(CallBackFailed);
        Assert.IsType<TimeoutException>(failed.Exception);
        Assert.Equal("TimeoutException was thrown.", failed.Reason);
        signing.Clock.Advance(TimeSpan.FromMinutes(1));
        await signing.SignNextAsync();
        await signing.ReportAsync(Issued);
        await signing.ReportAsync(Delivered);
    }

    [Fact]
    public async Task An_identity_that_nobody_has_checked_forges_no_line_when_a_callback_throws()
    {
        var log = new TestLog();
        await using (
            SigningFixture signing = await SigningFixture.StartAsync(options =>
                options with
                {
                    Logger = log,
                    Reported = report =>
                    {
                        options.Reported!(report);
                        throw new TimeoutException();
                    },
                }
            )
        )
        {
            OcppPair station = signing.Connect(identity: "EX-0001\nforged");
            await station.Station.CallAsync(Request());
            await signing.ReportAsync(CsrRefused);
        }

        Assert.StartsWith(
            "EX-0001\\u000Aforged: a callback of the application threw an exception System.TimeoutException",
            Assert.Single(log.Lines, line => line.Level == LogLevel.Error).ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("\nforged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callback_that_throws_for_a_report_without_a_station_is_logged_under_the_name_of_the_service()
    {
        var log = new TestLog();
        await using SigningFixture signing = await SigningFixture.StartAsync();
        var context = new SigningContext(
            new SigningServiceOptions
            {
                Versions = [V201CsmsSigning.Instance],
                Policy = new CsrPolicy { OrganizationName = TestCsr.OrganizationName },
                Store = signing.Store,
                Authority = signing.Authority,
                Logger = log,
                Reported = _ => throw new TimeoutException(),
            },
            CancellationToken.None
        );

        context.Report(new(StoreFailed, "", "The disk is full."));

        Assert.StartsWith(
            "certificate signing: a callback of the application threw an exception",
            Assert.Single(log.Lines, line => line.Level == LogLevel.Error).ToString(),
            StringComparison.Ordinal
        );
    }

    private static async Task<OcppPair> SendAsync(
        SigningFixture signing,
        Func<CertificateSignedRequest, CertificateSignedResponse>? certificateSigned = null
    )
    {
        OcppPair station = signing.Connect(certificateSigned);
        await station.Station.CallAsync(Request());
        await signing.ReportAsync(Received);
        return station;
    }
}
