using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ocpp.AspNetCore;

/// <summary>HTTP Basic: the user name is the identity in the path, the password the station's (A00.FR.204, A00.FR.205).</summary>
internal sealed class OcppBasicHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, StationLookup stations)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>
    /// Half of the machine at most is busy with passwords, however many stations connect at once: those that are connected
    /// already are served meanwhile.
    /// </summary>
    private static readonly SemaphoreSlim s_checks = new(Math.Max(1, Environment.ProcessorCount / 2));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!BasicCredentials.TryRead(Request.Headers.Authorization, out BasicCredentials? credentials))
        {
            return AuthenticateResult.NoResult();
        }

        string identity = StationLookup.IdentityOf(Context) ?? credentials.UserName;
        OcppStation? station = await stations.FindAsync(Context, identity);
        bool isRight = await IsRightAsync(credentials.Password, station?.PasswordHash);
        return isRight && OcppIdentity.Comparer.Equals(credentials.UserName, identity)
            ? AuthenticateResult.Success(StationTicket.Create(identity, Scheme.Name))
            : AuthenticateResult.Fail("The user name is not the identity in the path, or the password is wrong.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"OCPP\", charset=\"UTF-8\"";
        return base.HandleChallengeAsync(properties);
    }

    private async Task<bool> IsRightAsync(string password, string? hash)
    {
        await s_checks.WaitAsync(Context.RequestAborted);
        try
        {
            return hash is null ? OcppPassword.VerifyUnknown(password) : OcppPassword.Verify(password, hash);
        }
        finally
        {
            s_checks.Release();
        }
    }
}
