using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ocpp;
using Ocpp.Certificates.V201;
using Ocpp.V201;
using Orleans.Configuration;

namespace Cluster;

/// <summary>
/// A node of the CSMS: the application that it would be on a single node, and below that what makes it one of several.
/// </summary>
internal static class NodeApplication
{
    /// <summary>The operator: what the certificates of stations have as O.</summary>
    public const string OperatorName = "Example Charging";

    /// <summary>Creates the application from its settings, such as <c>--ConnectionStrings:Redis</c>.</summary>
    public static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        ConfigurationManager settings = builder.Configuration;

        // TLS ends here, behind a load balancer that passes it through: so this node sees the stations' certificates.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.UseStationCertificates());
        builder
            .Services.AddOcpp(options => options.ShutdownSpread = TimeSpan.FromSeconds(2))
            .AllowAnyStation() // for a trial: a CSMS has a station store
            .AddCertificateSigning(signing =>
            {
                signing.OrganizationName = OperatorName;
                signing.Versions.Add(V201CsmsSigning.Instance);
                signing.LocalAuthorityFolder = settings["Authority"]; // the same for all nodes
            })
            .UsePostgreSql(settings.GetConnectionString("Signing")!);

        // What makes it one node of several: how the nodes find each other, and IOcppStations for all of them.
        builder.UseOrleans(silo =>
            silo.UseRedisClustering(settings.GetConnectionString("Redis")!)
                .Configure<ClusterOptions>(cluster =>
                {
                    cluster.ServiceId = "csms";
                    cluster.ClusterId = settings["Cluster"]!;
                })
                .ConfigureEndpoints(IPAddress.Loopback, settings.GetValue<int>("SiloPort"), gatewayPort: 0)
                .Configure<ClusterMembershipOptions>(membership =>
                {
                    // A lost node is noticed after some 4 seconds, rather than 30: nodes on one machine.
                    membership.ProbeTimeout = TimeSpan.FromSeconds(2);
                    membership.NumMissedProbesLimit = 2;
                })
                .AddOcpp()
        );
        builder.Services.AddHealthChecks().AddOcpp().AddOcppCluster();

        WebApplication app = builder.Build();
        app.MapOcpp(
            "/ocpp",
            Ocpp201Protocol.Instance,
            csms =>
                csms.On(
                        (BootNotificationRequest _) =>
                            new BootNotificationResponse
                            {
                                Status = RegistrationStatusEnumType.Accepted,
                                CurrentTime = DateTimeOffset.UtcNow,
                                Interval = 300,
                            }
                    )
                    .On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow })
                    .On((StatusNotificationRequest _) => new StatusNotificationResponse())
                    .On((SecurityEventNotificationRequest _) => new SecurityEventNotificationResponse())
        );
        app.MapOperatorApi();
        app.MapHealthChecks("/health");
        return app;
    }
}
