using Microsoft.AspNetCore.Builder;
using Ocpp;
using Ocpp.V201;

namespace Csms;

/// <summary>The CSMS, as an endpoint of an ASP.NET Core application.</summary>
public static class CsmsApplication
{
    /// <summary>How often a station that has nothing else to say sends a Heartbeat.</summary>
    private const int HeartbeatInterval = 300; // s

    /// <summary>Takes stations at <c>/ocpp/IDENTITY</c>.</summary>
    /// <param name="app">The application, with <c>AddOcpp</c> among its services.</param>
    /// <param name="profiles">
    /// The security profiles of which one is demanded; with none, any of the three will do.
    /// </param>
    public static void MapCsms(this WebApplication app, params OcppSecurityProfile[] profiles)
    {
        app.MapOcpp(
            "/ocpp",
            Ocpp201Protocol.Instance,
            csms =>
            {
                if (profiles.Length > 0)
                {
                    csms.RequireProfile(profiles);
                }

                csms.On(
                    (BootNotificationRequest _) =>
                        new BootNotificationResponse
                        {
                            Status = RegistrationStatusEnumType.Accepted,
                            CurrentTime = DateTimeOffset.UtcNow,
                            Interval = HeartbeatInterval,
                        }
                );
                csms.On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow });
                csms.On((StatusNotificationRequest _) => new StatusNotificationResponse());
                csms.On((SecurityEventNotificationRequest _) => new SecurityEventNotificationResponse());
                new Charging(app.Configuration).AddTo(csms);
            }
        );
    }
}
