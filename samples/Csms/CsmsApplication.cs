using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore;
using Ocpp.V201;

namespace Csms;

/// <summary>The CSMS, as parts of an ASP.NET Core application.</summary>
public static class CsmsApplication
{
    /// <summary>How often a station that has nothing else to say sends a Heartbeat.</summary>
    private const int HeartbeatInterval = 300; // s

    /// <summary>Adds what signs certificates and delivers them.</summary>
    /// <returns>To be told which stations there are.</returns>
    public static OcppBuilder AddCsms(this IServiceCollection services, CertificateAuthority authority)
    {
        services.AddSingleton(authority);
        services.AddSingleton<CertificateDelivery>();
        services.AddHostedService(provider => provider.GetRequiredService<CertificateDelivery>());
        return services.AddOcpp();
    }

    /// <summary>Takes stations at <c>/ocpp/IDENTITY</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="profiles">The security profiles of which one is demanded; with none, any of the three will do.</param>
    public static void MapCsms(this IEndpointRouteBuilder endpoints, params OcppSecurityProfile[] profiles) =>
        endpoints.MapOcpp("/ocpp", Ocpp201Protocol.Instance, csms =>
        {
            if (profiles.Length > 0)
            {
                csms.RequireProfile(profiles);
            }

            csms.On<BootNotificationRequest, BootNotificationResponse>((_, _) => new BootNotificationResponse
            {
                Status = RegistrationStatusEnumType.Accepted,
                CurrentTime = DateTimeOffset.UtcNow,
                Interval = HeartbeatInterval,
            });
            csms.On<HeartbeatRequest, HeartbeatResponse>((_, _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow });
            csms.On<StatusNotificationRequest, StatusNotificationResponse>((_, _) => new StatusNotificationResponse());
            csms.On<SecurityEventNotificationRequest, SecurityEventNotificationResponse>((_, _) => new SecurityEventNotificationResponse());
            csms.On<SignCertificateRequest, SignCertificateResponse, SignCertificateHandler>();
        });
}
