using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore.Stations;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>
/// The client certificate of a station: it leads to one of the operator's roots, its O is the operator's name
/// (A00.FR.404), and its CN the station's serial number (A00.FR.405).
/// </summary>
internal sealed class OcppCertificateHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    StationLookup stations,
    ClientCertificateCheck certificates
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await certificates.FindAsync(Context) is not { } presented)
        {
            return AuthenticateResult.NoResult();
        }

        if (presented.Fault is { } fault)
        {
            return AuthenticateResult.Fail(fault);
        }

        if (
            (StationLookup.IdentityOf(Context) ?? presented.CommonName) is not { } identity
            || await stations.FindAsync(Context, identity) is not { } station
            || !OcppIdentity.Comparer.Equals(presented.CommonName, station.SerialNumber ?? station.Identity)
        )
        {
            return AuthenticateResult.Fail("The certificate belongs to another station.");
        }

        return station.Takes(OcppSecurityProfile.ClientCertificate)
            ? AuthenticateResult.Success(StationTicket.Create(station.Identity, Scheme.Name))
            : AuthenticateResult.Fail(StationTicket.OtherProfile);
    }

    /// <summary>Nothing can be asked for after the TLS handshake: the request is refused for good.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        HandleForbiddenAsync(properties);
}
