using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>Authenticates whoever names the role of an operator in the Authorization header.</summary>
internal sealed class OperatorLogin(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Operator";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string role = Request.Headers.Authorization.ToString();
        return Task.FromResult(
            role.Length == 0
                ? AuthenticateResult.NoResult()
                : AuthenticateResult.Success(
                    new AuthenticationTicket(
                        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], Name)),
                        Name
                    )
                )
        );
    }
}
