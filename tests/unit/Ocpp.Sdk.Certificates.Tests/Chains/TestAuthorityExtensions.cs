using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Tests;

/// <summary>What the authority of a test makes of CSRs.</summary>
internal static class TestAuthorityExtensions
{
    public static X509Certificate2 Issue(
        this TestAuthority authority,
        CertificateSigningRequest csr,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null,
        X500DistinguishedName? subject = null,
        params X509Extension[] extensions
    ) =>
        authority.Sign(
            subject ?? new X500DistinguishedName(csr.Subject.RawData.Span),
            csr.PublicKey,
            notBefore,
            notAfter,
            extensions
        );

    public static CertificateChain IssueChain(this TestAuthority authority, SigningOrder order)
    {
        Assert.True(
            IssuedChain.TryCreate(
                [authority.Issue(order.Request), authority.Certificate],
                order,
                out CertificateChain? chain,
                out string? reason
            ),
            reason
        );
        return chain!;
    }
}
