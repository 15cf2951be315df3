using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Storage;
using static Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>Which step can follow which state.</summary>
public sealed class SigningRequestTransitionTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly HashSet<(SigningRequestState From, SigningRequestState To)> s_allowed =
    [
        (Received, Forwarded),
        (Received, Failed),
        (Forwarded, Waiting),
        (Forwarded, Issued),
        (Forwarded, Failed),
        (Waiting, Forwarded),
        (Waiting, Failed),
        (Issued, Sent),
        (Issued, Failed),
        (Sent, Sent),
        (Sent, Delivered),
        (Sent, Rejected),
        (Sent, Failed),
    ];

    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly SigningOrder _order = TestCsr.Order();

    [Fact]
    public void Only_the_steps_of_the_state_machine_can_be_taken()
    {
        var allowed = new HashSet<(SigningRequestState, SigningRequestState)>();
        foreach (SigningRequestState from in Enum.GetValues<SigningRequestState>())
        {
            foreach (SigningRequestTransition step in Steps())
            {
                Exception? refusal = Record.Exception(() => step.ApplyTo(Request(from), s_now));
                if (refusal is null)
                {
                    allowed.Add((from, step.To));
                }
                else
                {
                    Assert.Equal(
                        $"Signing request 7 is {from}: it can't become {step.To}.",
                        Assert.IsType<InvalidOperationException>(refusal).Message
                    );
                }
            }
        }

        Assert.Equal(s_allowed, allowed);
    }

    [Fact]
    public void An_authority_is_asked_a_second_time_when_its_answer_was_lost_and_that_is_recorded()
    {
        SigningRequest request = Request(Forwarded) with { Attempts = 1, IsAnswerLost = true };

        SigningRequest again = SigningRequestTransition.Forwarded().ApplyTo(request, s_now);

        Assert.Equal(
            request with
            {
                Version = 2,
                DueAt = s_now,
                Attempts = 2,
                IsAnswerLost = false,
                ChangedAt = s_now,
                Reason = "Asked again: the authority's answer was lost in a restart.",
            },
            again
        );
    }

    [Fact]
    public void The_ticket_of_a_promise_is_kept_for_the_next_question()
    {
        SigningRequest waiting = SigningRequestTransition
            .Waiting(s_now.AddHours(1), "Not decided yet.", "ticket 5")
            .ApplyTo(Request(Forwarded), s_now);
        SigningRequest asked = SigningRequestTransition.Forwarded().ApplyTo(waiting, s_now);

        Assert.Equal(
            (s_now.AddHours(1), "ticket 5", "Not decided yet."),
            (waiting.AskAgainAt, waiting.Ticket, waiting.Reason)
        );
        Assert.Equal((null, "ticket 5", ""), (asked.AskAgainAt, asked.Ticket, asked.Reason));
    }

    [Fact]
    public void The_ticket_is_of_no_use_once_there_is_a_chain()
    {
        SigningRequest issued = SigningRequestTransition
            .Issued(Chain())
            .ApplyTo(Request(Forwarded) with { Ticket = "ticket 5" }, s_now);

        Assert.Null(issued.Ticket);
    }

    [Fact]
    public void A_certificate_that_is_sent_again_says_why()
    {
        SigningRequest again = SigningRequestTransition.Sent().ApplyTo(Request(Sent), s_now);

        Assert.Equal("Sent again: the station's answer did not come.", again.Reason);
    }

    [Fact]
    public void A_step_needs_a_chain_and_a_request()
    {
        Assert.Throws<ArgumentNullException>("chain", () => SigningRequestTransition.Issued(null!));
        Assert.Throws<ArgumentNullException>("request", () => SigningRequestTransition.Sent().ApplyTo(null!, s_now));
    }

    [Fact]
    public void A_chain_for_another_key_is_refused()
    {
        var e = Assert.Throws<InvalidOperationException>(() =>
            SigningRequestTransition
                .Issued(Chain())
                .ApplyTo(Request(Forwarded) with { KeyId = TestCsr.New().KeyId }, s_now)
        );

        Assert.Equal("The chain is for another key than that of signing request 7.", e.Message);
    }

    public void Dispose() => _authority.Dispose();

    private SigningRequestTransition[] Steps() =>
        [
            SigningRequestTransition.Forwarded(),
            SigningRequestTransition.Waiting(s_now, ""),
            SigningRequestTransition.Issued(Chain()),
            SigningRequestTransition.Sent(),
            SigningRequestTransition.Delivered(),
            SigningRequestTransition.Rejected(""),
            SigningRequestTransition.Failed(""),
        ];

    private CertificateChain Chain() => _authority.IssueChain(_order);

    private SigningRequest Request(SigningRequestState state) =>
        new()
        {
            Id = 7,
            Station = "CS-1",
            KeyId = _order.Request.KeyId,
            Uses = CertificateUses.Combined,
            Csr = _order.Request.ToPem(),
            State = state,
            ReceivedAt = s_now.AddHours(-2),
            ChangedAt = s_now.AddHours(-1),
        };
}
