using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Ocpp;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Stations;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps endpoints for charging stations.</summary>
public static class OcppEndpointRouteBuilderExtensions
{
    /// <summary>Takes the connections of stations that speak a protocol.</summary>
    /// <inheritdoc
    /// cref="MapOcpp(IEndpointRouteBuilder, string, IReadOnlyList{OcppProtocol}, Action{OcppEndpointBuilder})"/>
    public static IEndpointConventionBuilder MapOcpp(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        OcppProtocol protocol,
        Action<OcppEndpointBuilder> configure
    )
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return endpoints.MapOcpp(pattern, [protocol], configure);
    }

    /// <summary>
    /// Takes the connections of stations that speak one of some protocols: the first one of those that a station
    /// offers.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">
    /// The path before the identity: stations connect to <c>/ocpp/RDAM%20123</c> when it is <c>/ocpp</c>.
    /// </param>
    /// <param name="protocols">The protocols.</param>
    /// <param name="configure">Says what handles the requests, and how stations authenticate.</param>
    /// <exception cref="InvalidOperationException">
    /// <c>AddOcpp</c> is missing, or a store of stations, or what a required profile needs.
    /// </exception>
    public static IEndpointConventionBuilder MapOcpp(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        IReadOnlyList<OcppProtocol> protocols,
        Action<OcppEndpointBuilder> configure
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(protocols);
        ArgumentNullException.ThrowIfNull(configure);
        IServiceProvider services = endpoints.ServiceProvider;
        var isService = services.GetRequiredService<IServiceProviderIsService>();
        if (!isService.IsService(typeof(OcppConnectionRegistry)))
        {
            throw new InvalidOperationException("The services of OCPP are missing: call builder.Services.AddOcpp().");
        }

        if (!isService.IsService(typeof(IOcppStationStore)))
        {
            throw new InvalidOperationException(
                "No station store is registered: call builder.Services.AddOcpp().AddStationStore(…), "
                    + "or AllowAnyStation() for a trial."
            );
        }

        OcppOptions options = services.GetRequiredService<IOptions<OcppOptions>>().Value;
        var builder = new OcppEndpointBuilder(protocols, services);

        // First, so that their filters are around those of the application: these may respond in place of a handler.
        foreach (IOcppEndpointConfigurator configurator in services.GetServices<IOcppEndpointConfigurator>())
        {
            configurator.Configure(builder);
        }

        configure(builder);
        if (
            builder.Profiles?.Contains(OcppSecurityProfile.ClientCertificate) == true
            && !options.Certificates.IsComplete
        )
        {
            throw new InvalidOperationException(
                "Client certificates require OcppOptions.Certificates: TrustedRoots and OrganizationName."
            );
        }

        services.GetRequiredService<EndpointProtocols>().Add(protocols);
        var endpoint = ActivatorUtilities.CreateInstance<OcppEndpoint>(services, builder);
        RequestDelegate pipeline = endpoints
            .CreateApplicationBuilder()
            .UseWebSockets()
            .Use(_ => endpoint.ConnectAsync)
            .Build();
        return endpoints
            .Map($"{pattern.TrimEnd('/')}/{{{StationLookup.IdentityKey}}}", pipeline)
            .WithDisplayName($"OCPP {pattern}")
            .WithMetadata(new DisableRequestTimeoutAttribute());
    }
}
