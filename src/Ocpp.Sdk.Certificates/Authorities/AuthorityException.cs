namespace Ocpp.Certificates.Authorities;

/// <summary>A certificate authority failed: carries the answer from where that is found to where it is given.</summary>
internal sealed class AuthorityException(CertificateAuthorityAnswer.Failed failure) : Exception(failure.Reason)
{
    public AuthorityException(CertificateAuthorityFailure kind, string reason)
        : this(new CertificateAuthorityAnswer.Failed(kind, reason)) { }

    public CertificateAuthorityAnswer.Failed Failure => failure;
}
