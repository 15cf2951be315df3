using Microsoft.AspNetCore.Builder;
using Ocpp;
using Ocpp.Certificates.V16;
using Ocpp.Certificates.V201;
using Ocpp.Certificates.V21;
using Ocpp.Certificates.Versions;
using Ocpp.V16;
using Ocpp.V201;
using Ocpp.V21;

namespace Csms;

/// <summary>The CSMS, as an endpoint of an ASP.NET Core application: three versions of OCPP at one URL.</summary>
public static class CsmsApplication
{
    /// <summary>Certificate signing in each of the versions.</summary>
    public static IReadOnlyList<CsmsSigningVersion> SigningVersions { get; } =
    [V21CsmsSigning.Instance, V201CsmsSigning.Instance, V16CsmsSigning.Instance];

    /// <summary>Takes stations at <c>/ocpp/IDENTITY</c>; each names the versions that it speaks.</summary>
    /// <param name="app">The application, with <c>AddOcpp</c> among its services.</param>
    /// <param name="profiles">
    /// The security profiles of which one is demanded; with none, any of the three will do.
    /// </param>
    public static void MapCsms(this WebApplication app, params OcppSecurityProfile[] profiles)
    {
        var charging = new Charging(app.Configuration, TimeProvider.System);
        app.MapOcpp(
            "/ocpp",
            [Ocpp21Protocol.Instance, Ocpp201Protocol.Instance, Ocpp16Protocol.Instance],
            csms =>
            {
                if (profiles.Length > 0)
                {
                    csms.RequireProfile(profiles);
                }

                Handlers21.AddTo(csms, charging);
                Handlers201.AddTo(csms, charging);
                Handlers16.AddTo(csms, charging);
            }
        );
    }
}
