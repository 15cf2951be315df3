using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ocpp.AspNetCore;

/// <summary>
/// The client certificate of a station: it leads to one of the operator's roots, its O is the operator's name (A00.FR.404),
/// and its CN the station's serial number (A00.FR.405).
/// </summary>
internal sealed class OcppCertificateHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, StationLookup stations, IOptions<OcppOptions> ocpp)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string OrganizationOid = "2.5.4.10";
    private const string CommonNameOid = "2.5.4.3";

    private readonly OcppCertificateOptions _certificates = ocpp.Value.Certificates;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.IsHttps || await Context.Connection.GetClientCertificateAsync(Context.RequestAborted) is not { } certificate)
        {
            return AuthenticateResult.NoResult();
        }

        if (!IsTrusted(certificate))
        {
            return AuthenticateResult.Fail("The certificate does not lead to a root of the operator, or is not valid now.");
        }

        if (_certificates.OrganizationName is not { } organization || SingleValue(certificate, OrganizationOid) != organization)
        {
            return AuthenticateResult.Fail("The organisation of the certificate is not the operator.");
        }

        string? commonName = SingleValue(certificate, CommonNameOid);
        if ((StationLookup.IdentityOf(Context) ?? commonName) is not { } identity
            || await stations.FindAsync(Context, identity) is not { } station
            || !OcppIdentity.Comparer.Equals(commonName, station.SerialNumber ?? identity))
        {
            return AuthenticateResult.Fail("The certificate is that of another station.");
        }

        return AuthenticateResult.Success(StationTicket.Create(identity, Scheme.Name));
    }

    /// <summary>Nothing can be asked for once TLS stands: the request is refused for good.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => HandleForbiddenAsync(properties);

    private bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = _certificates.CreateChainPolicy();
        chain.ChainPolicy.VerificationTime = TimeProvider.GetUtcNow().UtcDateTime;
        bool isTrusted = chain.Build(certificate);
        foreach (X509ChainElement element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return isTrusted;
    }

    /// <summary>The value of an attribute that the subject has once; a subject that has it twice could be read either way.</summary>
    private static string? SingleValue(X509Certificate2 certificate, string oid)
    {
        X500RelativeDistinguishedName[] matches = [.. certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == oid)];
        return matches is [var only] ? only.GetSingleElementValue() : null;
    }
}
