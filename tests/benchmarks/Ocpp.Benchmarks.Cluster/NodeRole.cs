using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ocpp.AspNetCore;
using Ocpp.Benchmarks.Floor;
using Ocpp.TestKit;
using Ocpp.V201;

namespace Ocpp.Benchmarks.Cluster;

/// <summary>A node of the cluster, as a process: it may have stations, and calls those of the cluster.</summary>
internal static class NodeRole
{
    public const string Name = "node";

    private static readonly GetVariablesRequest s_request = new()
    {
        GetVariableData = [.. Enumerable.Range(1, 4).Select(Variable)],
    };

    /// <summary>
    /// Serves until its input ends. A line with nothing on it asks for what the process has used so far; one with a
    /// number of seconds has it call all stations for that long, each of them again once it has answered.
    /// </summary>
    public static async Task<int> RunAsync(int siloPort, int primaryPort)
    {
        WebApplicationBuilder builder = CsmsHost.CreateBuilder();
        builder
            .Services.AddOcpp(options =>
                options.Session = OcppSessionOptions.Default with { MaxMessagesPerSecond = 1_000_000 }
            )
            .AllowAnyStation();
        builder.UseOrleans(silo =>
            silo.UseLocalhostClustering(siloPort, gatewayPort: 0, new IPEndPoint(IPAddress.Loopback, primaryPort))
                .AddOcpp()
        );
        await using var host = new CsmsHost(builder.Build());
        host.App.UseRouting();
        host.App.MapOcpp("/ocpp", Ocpp201Protocol.Instance, _ => { });
        await host.StartAsync();
        Console.WriteLine(host.Url);

        var stations = host.Services.GetRequiredService<IOcppStations>();
        while (await Console.In.ReadLineAsync() is { } seconds)
        {
            Usage before = Usage.Now;
            ChildProcess.Tell(
                seconds.Length == 0
                    ? before
                    : await CallAllAsync(stations, double.Parse(seconds, CultureInfo.InvariantCulture))
            );
        }

        return 0;
    }

    private static async Task<Usage> CallAllAsync(IOcppStations stations, double seconds)
    {
        OcppStationPage page = await stations.ListAsync(max: 1000);
        TimeProvider clock = TimeProvider.System;
        long end = clock.GetTimestamp() + (long)(seconds * clock.TimestampFrequency);
        int[] trips = await Task.WhenAll(
            page.Stations.Select(async station =>
            {
                int trips = 0;
                for (; clock.GetTimestamp() < end; trips++)
                {
                    await stations.CallAsync(station.Identity, s_request);
                }

                return trips;
            })
        );
        return Usage.Now with { Trips = trips.Sum() };
    }

    private static GetVariableDataType Variable(int connector) =>
        new()
        {
            Component = new ComponentType
            {
                Name = "Connector",
                Evse = new EVSEType { Id = 1, ConnectorId = connector },
            },
            Variable = new VariableType { Name = "AvailabilityState" },
            AttributeType = AttributeEnumType.Actual,
        };
}
