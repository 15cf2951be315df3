using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ocpp.TestKit;

/// <summary>Authenticates a user by the role that the Authorization header names.</summary>
internal sealed class OperatorLogin(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Operator";

    /// <summary>Adds the login, and the policy "operators".</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddAuthentication(Name).AddScheme<AuthenticationSchemeOptions, OperatorLogin>(Name, null);
        services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireRole("operator"));
    }

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
