using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Authentication;
using Ocpp.AspNetCore.Stations;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what the endpoints of <c>MapOcpp</c> need.</summary>
public static class OcppServiceCollectionExtensions
{
    /// <summary>
    /// Adds the endpoints' services, <see cref="IOcppStations"/>, and the authentication schemes
    /// <see cref="OcppAuthenticationSchemes"/>.
    /// </summary>
    /// <returns>A builder to configure which stations may connect.</returns>
    public static OcppBuilder AddOcpp(this IServiceCollection services, Action<OcppOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Configure(configure ?? (static _ => { }));
        if (services.Any(service => service.ServiceType == typeof(OcppConnectionRegistry)))
        {
            return new OcppBuilder(services);
        }

        services.AddSingleton<IValidateOptions<OcppOptions>, OcppOptionsValidator>();
        services.AddOptions<OcppOptions>().ValidateOnStart();
        services.AddSingleton<StationLookup>();
        services.AddSingleton<ClientCertificateCheck>();
        services.AddSingleton<PasswordChecks>();
        services.AddHostedService<StationStoreCheck>();
        services.AddSingleton(static provider => new OcppConnectionRegistry(
            provider.GetRequiredService<IOptions<OcppOptions>>().Value,
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<IOcppConnectionLifetime>()
        ));
        services.TryAddSingleton<IOcppStations, LocalStations>();
        services.AddSingleton<EndpointProtocols>();
        services.AddSingleton(static provider => new OcppStationPasswords(
            provider.GetRequiredService<IOcppStations>(),
            provider.GetRequiredService<EndpointProtocols>(),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<ILoggerFactory>()
        ));

        // What AddAuthentication does without the keys it keeps on disk, which nothing here needs.
        services.AddAuthenticationCore().AddWebEncoders();
        services.TryAddSingleton(TimeProvider.System);
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, OcppBasicHandler>(OcppAuthenticationSchemes.Basic, null)
            .AddScheme<AuthenticationSchemeOptions, OcppCertificateHandler>(
                OcppAuthenticationSchemes.Certificate,
                null
            );

        // A scheme that an application has alone is its default without being named so. Ours must not change that.
        services.PostConfigure<AuthenticationOptions>(options =>
        {
            AuthenticationSchemeBuilder[] others =
            [
                .. options.Schemes.Where(scheme =>
                    scheme.Name is not (OcppAuthenticationSchemes.Basic or OcppAuthenticationSchemes.Certificate)
                ),
            ];
            if (others is [var only])
            {
                options.DefaultScheme ??= only.Name;
            }
        });
        return new OcppBuilder(services);
    }
}
