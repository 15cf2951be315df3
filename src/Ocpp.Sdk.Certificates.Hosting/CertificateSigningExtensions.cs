using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.Certificates.Hosting;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds certificate signing to a CSMS.</summary>
public static class CertificateSigningExtensions
{
    /// <summary>
    /// Signs the CSRs of stations (A02, A03): SignCertificate is handled on every endpoint, the service runs as long as
    /// the host, and the endpoints trust the certificates that the authority signs. Choose a store with the returned
    /// builder, such as <c>UseSqlite</c>. The application does not start without an authority, an operator's name or a
    /// store, or if an endpoint has a SignCertificate handler of its own.
    /// </summary>
    /// <param name="ocpp">What <c>AddOcpp</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    public static CertificateSigningBuilder AddCertificateSigning(
        this OcppBuilder ocpp,
        Action<CertificateSigningOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(ocpp);
        ArgumentNullException.ThrowIfNull(configure);
        IServiceCollection services = ocpp.Services;
        services
            .AddOptions<CertificateSigningOptions>()
            .Configure(configure)
            .Validate(
                options => !string.IsNullOrEmpty(options.OrganizationName),
                "CertificateSigningOptions.OrganizationName is missing: certificate signing needs the operator's name."
            )
            .Validate(
                options => options.Versions.Count > 0,
                "CertificateSigningOptions.Versions is empty: certificate signing needs a version of OCPP, such "
                    + "as V201CsmsSigning.Instance."
            )
            .Validate(
                options => options.Authority is not null != options.LocalAuthorityFolder is not null,
                "Certificate signing needs one authority: CertificateSigningOptions.Authority or LocalAuthorityFolder."
            );
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SigningAuthority>();
        services
            .AddOptions<OcppOptions>()
            .Configure<SigningAuthority>(static (endpoints, authority) => authority.AddTrust(endpoints));
        services.TryAddSingleton(static provider => new HostedSigningService(
            provider.GetRequiredService<IOptions<CertificateSigningOptions>>(),
            provider.GetRequiredService<SigningAuthority>(),
            provider.GetService<SigningStoreFactory>(),
            provider.GetRequiredService<IOcppStations>,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()
        ));
        services
            .AddOptions<OcppOptions>()
            .Configure<HostedSigningService>(static (endpoints, signing) => endpoints.Connected += signing.Connected);
        services.AddSingleton<IOcppEndpointConfigurator>(static provider =>
            provider.GetRequiredService<HostedSigningService>()
        );
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<HostedSigningService>());
        return new CertificateSigningBuilder(services);
    }
}
