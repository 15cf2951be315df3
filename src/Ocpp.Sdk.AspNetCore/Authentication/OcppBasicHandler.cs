using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Ocpp.AspNetCore.Stations;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>
/// HTTP Basic: the user name is the identity in the path, the password the station's (A00.FR.204, A00.FR.205), in the
/// form in which the store has it (<see cref="OcppPassword"/>).
/// </summary>
internal sealed class OcppBasicHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    StationLookup stations,
    PasswordChecks passwords
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private bool _isBusy;

    /// <summary>
    /// Only a password that may be right is hashed. What is refused before it differs from it in time, and gives away
    /// little that HTTP doesn't: an unknown identity is 404 by the specification (part 4, section 3.2), the user name
    /// is the sender's own, and a profile without passwords is 403. Of a password it gives away whether it is text or a
    /// key, which the station's model does, too.
    /// </summary>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!BasicCredentials.TryRead(Request.Headers.Authorization, out BasicCredentials? credentials))
        {
            return AuthenticateResult.NoResult();
        }

        string identity = StationLookup.IdentityOf(Context) ?? credentials.UserName;
        if (await stations.FindAsync(Context, identity) is not { } station)
        {
            return AuthenticateResult.Fail("The identity is unknown.");
        }

        if (!station.Takes(StationLookup.PasswordProfileOf(Context)))
        {
            return AuthenticateResult.Fail(StationTicket.OtherProfile);
        }

        PasswordVerdict verdict = OcppIdentity.Comparer.Equals(credentials.UserName, identity)
            ? await CheckAsync(credentials.Password, station)
            : PasswordVerdict.Wrong;
        _isBusy = verdict == PasswordVerdict.Busy;
        return verdict switch
        {
            PasswordVerdict.Right => AuthenticateResult.Success(StationTicket.Create(station.Identity, Scheme.Name)),
            PasswordVerdict.Busy => AuthenticateResult.Fail("Too many passwords are waiting to be checked."),
            _ => AuthenticateResult.Fail("The user name is not the identity in the path, or the password is wrong."),
        };
    }

    /// <summary>Checks a password against those that count, the newest first: it is the likeliest.</summary>
    private async Task<PasswordVerdict> CheckAsync(byte[] password, OcppStationAccount station)
    {
        IReadOnlyList<string> hashes = station.PasswordHashes;
        PasswordVerdict verdict = PasswordVerdict.Wrong;
        for (int i = hashes.Count - 1; i >= 0 && verdict == PasswordVerdict.Wrong; i--)
        {
            verdict = await passwords.CheckAsync(
                password,
                hashes[i],
                station.Identity,
                Context.Connection.RemoteIpAddress,
                Context.RequestAborted
            );
            if (verdict == PasswordVerdict.Right && i > 0)
            {
                await stations.DropPasswordsAsync(station, i, Context.RequestAborted);
            }
        }

        return verdict;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_isBusy)
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = PasswordChecks.RetryAfter.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        }

        Response.Headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"OCPP\", charset=\"UTF-8\"";
        return base.HandleChallengeAsync(properties);
    }
}
