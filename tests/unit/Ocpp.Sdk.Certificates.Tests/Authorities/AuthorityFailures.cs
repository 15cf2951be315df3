using System.Net;
using Ocpp.Certificates.Authorities;

namespace Ocpp.Certificates.Tests;

/// <summary>What goes wrong between a CSMS and any authority that is asked over HTTP.</summary>
internal static class AuthorityFailures
{
    private static readonly (
        Func<HttpListenerContext, Task> Answer,
        CertificateAuthorityAnswer.Failed Failure
    )[] s_failures =
    [
        (
            TestServer.HangUp,
            new(CertificateAuthorityFailure.AnswerLost, "The connection to the authority broke before it had answered.")
        ),
        (
            TestServer.Body(new string('x', 300_000)),
            new(CertificateAuthorityFailure.InvalidAnswer, "The authority answered with more than 262144 bytes.")
        ),
        (
            TestServer.Status(400),
            new(CertificateAuthorityFailure.Refused, "The authority refused the request: HTTP status 400.")
        ),
        (
            TestServer.Status(401),
            new(CertificateAuthorityFailure.Refused, "The authority does not accept the credentials: HTTP status 401.")
        ),
        (
            TestServer.Status(503, "120"),
            new(CertificateAuthorityFailure.Unavailable, "The authority can't take the request now: HTTP status 503.")
            {
                RetryAfter = TimeSpan.FromMinutes(2),
            }
        ),
        (
            TestServer.Status(504),
            new(CertificateAuthorityFailure.AnswerLost, "The authority's answer did not get through: HTTP status 504.")
        ),
        (
            TestServer.Status(204),
            new(
                CertificateAuthorityFailure.InvalidAnswer,
                "The authority answered with a status that has no meaning here: HTTP status 204."
            )
        ),
    ];

    /// <summary>
    /// Has a server fail in each way at the path that signs, and asserts what the authority makes of it.
    /// </summary>
    public static async Task AssertAllAsync(TestServer server, string path, ICertificateAuthority authority)
    {
        foreach ((Func<HttpListenerContext, Task> answer, CertificateAuthorityAnswer.Failed failure) in s_failures)
        {
            server.Answers[path] = answer;
            Assert.Equal(failure, await authority.SignAsync(TestCsr.Order()));
        }
    }
}
