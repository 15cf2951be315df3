using Ocpp.Certificates.Chains;

namespace Ocpp.Certificates.Authorities;

/// <summary>The answer of a certificate authority: a chain, a later answer, or a failure.</summary>
public abstract record CertificateAuthorityAnswer
{
    private CertificateAuthorityAnswer() { }

    /// <summary>The authority has signed.</summary>
    /// <param name="Chain">The certificate and its intermediates.</param>
    public sealed record Issued(CertificateChain Chain) : CertificateAuthorityAnswer;

    /// <summary>The authority has received the request, and has not decided yet.</summary>
    /// <param name="RetryAfter">When to ask again.</param>
    /// <param name="Ticket">
    /// What identifies the request when asking again; <see langword="null"/> if the CSR is sufficient.
    /// </param>
    public sealed record Later(TimeSpan RetryAfter, string? Ticket = null) : CertificateAuthorityAnswer;

    /// <summary>There is no certificate.</summary>
    /// <param name="Kind">Whether the authority can be asked again.</param>
    /// <param name="Reason">Why, as a sentence for the operator.</param>
    public sealed record Failed(CertificateAuthorityFailure Kind, string Reason) : CertificateAuthorityAnswer
    {
        /// <summary>When to ask again; <see langword="null"/> if the authority does not specify it.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }
}
