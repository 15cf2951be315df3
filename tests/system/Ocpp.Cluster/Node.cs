using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Ocpp.AspNetCore;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.V201;
using Ocpp.V201;
using Orleans.Configuration;

namespace Ocpp.Cluster;

/// <summary>
/// A node of the CSMS in a process of its own: an endpoint, a silo, and the signing service on the shared store. It is
/// asked over HTTP to call stations.
/// </summary>
internal static class Node
{
    public const string Role = "node";

    public const string VendorId = "cluster";

    /// <summary>What makes log lines go to the error output, such as Warning.</summary>
    private const string LogVariable = "OCPP_CLUSTER_LOG";

    /// <summary>How long what a node holds in the store stays with it after its end.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_callTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Prints its name within the cluster once it listens, and ends with its input.</summary>
    public static async Task RunAsync(NodeSettings settings)
    {
        using var http = new SocketsHttpHandler { AllowAutoRedirect = false };
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, settings.WebPort));
        builder
            .Logging.AddSimpleConsole(console =>
                (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff ")
            )
            .SetMinimumLevel(
                Enum.TryParse(Environment.GetEnvironmentVariable(LogVariable), out LogLevel level)
                    ? level
                    : LogLevel.None
            );
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder.Services.AddSingleton<TimeProvider>(new OffsetClock(settings.ClockOffset));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder
            .Services.AddOcpp()
            .AllowAnyStation()
            .AddCertificateSigning(signing => Configure(signing, http, settings))
            .UsePostgreSql(settings.PostgreSql);
        using var partition = new Partition(settings.Redis);
        builder.UseOrleans(silo => Configure(silo, partition, settings));
        await using WebApplication app = builder.Build();
        app.UseRouting();
        app.MapOcpp(
            "/ocpp",
            [Ocpp201Protocol.Instance],
            csms =>
                csms.On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow })
                    .On((SecurityEventNotificationRequest _) => new SecurityEventNotificationResponse())
        );
        app.MapPost("/call/{station}/{id}", (Delegate)CallAsync);
        app.MapGet("/stations", (Delegate)ListAsync);
        app.MapPost("/split/{seconds:int}", (int seconds) => partition.CutAsync(TimeSpan.FromSeconds(seconds)));
        await app.StartAsync();
        ChildProcess.Tell(app.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString());
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Only its end counts.
        }

        await app.StopAsync();
    }

    private static void Configure(ISiloBuilder silo, Partition partition, NodeSettings settings) =>
        silo.UseRedisClustering(options => options.ConfigurationOptions = partition.Redis)
            .ConfigureEndpoints(IPAddress.Loopback, settings.SiloPort, gatewayPort: 0)
            .Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = "ocpp")
            // A node that is lost is noticed within five seconds.
            .Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromSeconds(1);
                membership.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
                membership.NumMissedProbesLimit = 3;
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            })
            .Configure<SiloConnectionOptions>(partition.Configure)
            .AddOcpp();

    private static void Configure(
        Certificates.Hosting.CertificateSigningOptions signing,
        SocketsHttpHandler http,
        NodeSettings settings
    )
    {
        signing.Versions.Add(V201CsmsSigning.Instance);
        signing.OrganizationName = Station.OrganizationName;
        signing.Authority = new EstCertificateAuthority(http, new Uri(settings.Authority));
        signing.ConfigureService = service =>
            service with
            {
                Policy = new CsrPolicy
                {
                    OrganizationName = Station.OrganizationName,
                    Tolerated = new HashSet<CsrCheck> { CsrCheck.Encryption },
                },
                LeaseTime = LeaseTime,
                MaxConcurrentOrders = 8,
                RetryWait = TimeSpan.FromMilliseconds(500),
                MaxRetryWait = TimeSpan.FromSeconds(2),
                MaxRequestsPerDay = int.MaxValue,
                MaxDeliveries = int.MaxValue,
            };
    }

    private static async Task<IResult> CallAsync(string station, string id, IOcppStations stations)
    {
        var request = new DataTransferRequest { VendorId = VendorId, Data = JsonSerializer.SerializeToElement(id) };
        try
        {
            DataTransferResponse response = await stations.CallAsync(
                station,
                request,
                new OcppCallOptions { Timeout = s_callTimeout }
            );
            return Results.Json(new CallAnswer(response.Data!.Value.GetInt32(), "", IsNotConnected: false));
        }
        catch (OcppException exception)
        {
            bool isNotConnected = exception is OcppStationNotConnectedException;
            string reason = isNotConnected ? "The station is not connected." : exception.Message;
            return Results.Json(new CallAnswer(0, $"{exception.GetType().Name}: {reason}", isNotConnected));
        }
    }

    private static async Task<IResult> ListAsync(IOcppStations stations)
    {
        var all = new List<ListedStation>();
        string? after = null;
        do
        {
            OcppStationPage page = await stations.ListAsync(after);
            all.AddRange(page.Stations.Select(one => new ListedStation(one.Identity, one.Node)));
            after = page.Next;
        } while (after is not null);

        return Results.Json(all);
    }
}
