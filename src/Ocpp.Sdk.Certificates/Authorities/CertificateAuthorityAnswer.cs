namespace Ocpp.Certificates.Authorities;

/// <summary>How a certificate authority answers: with a chain, with a promise, or with a failure.</summary>
public abstract record CertificateAuthorityAnswer
{
    private CertificateAuthorityAnswer() { }

    /// <summary>It has signed.</summary>
    /// <param name="Chain">The certificate and its intermediates.</param>
    public sealed record Issued(IssuedChain Chain) : CertificateAuthorityAnswer;

    /// <summary>It has taken the request and not decided yet.</summary>
    /// <param name="RetryAfter">When to ask again.</param>
    /// <param name="Ticket">What to ask with; <see langword="null"/> where the same CSR is enough.</param>
    public sealed record Later(TimeSpan RetryAfter, string? Ticket = null) : CertificateAuthorityAnswer;

    /// <summary>There is no certificate.</summary>
    /// <param name="Kind">What that means for asking again.</param>
    /// <param name="Reason">Why, as a sentence for the operator.</param>
    public sealed record Failed(CertificateAuthorityFailure Kind, string Reason) : CertificateAuthorityAnswer
    {
        /// <summary>When to ask again, where the authority says so.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }
}
