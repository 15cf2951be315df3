using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ocpp.AspNetCore;
using Ocpp.V201;

namespace Ocpp.Soak;

/// <summary>The CSMS: takes whoever comes, and cuts connections now and then itself.</summary>
internal static class Csms
{
    public const string Role = "csms";

    /// <summary>Asks for the counts when all stations have gone, and the garbage with them.</summary>
    public const string WhenEmpty = "when-empty";

    private static int s_handled;
    private static int s_cuts;

    public static async Task RunAsync()
    {
        Unobserved.Watch();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddOcpp(options => options.UseCompression = false).AllowAnyStation();
        await using WebApplication app = builder.Build();
        app.MapOcpp("/ocpp", Ocpp201Protocol.Instance, csms => csms
            .On<HeartbeatRequest, HeartbeatResponse>((_, _) =>
            {
                Interlocked.Increment(ref s_handled);
                return new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow };
            })
            .On<MeterValuesRequest, MeterValuesResponse>((_, _) =>
            {
                Interlocked.Increment(ref s_handled);
                return new MeterValuesResponse();
            }));
        await app.StartAsync();
        Child.Tell(app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal) + "/ocpp");

        OcppStations stations = app.Services.GetRequiredService<OcppStations>();
        using var end = new CancellationTokenSource();
        Task cutting = CutAsync(stations, end.Token);
        while (await Console.In.ReadLineAsync() is { } question)
        {
            if (question == WhenEmpty)
            {
                await EmptyAsync(stations);
            }

            Child.Tell(new CsmsCounts(s_handled, s_cuts, stations.Count, GC.GetTotalMemory(forceFullCollection: true), Unobserved.Count));
        }

        await end.CancelAsync();
        await cutting;
        await app.StopAsync();
    }

    private static async Task EmptyAsync(OcppStations stations)
    {
        for (int i = 0; i < 100 && stations.Count > 0; i++)
        {
            await Task.Delay(100);
        }

        // What timers and pools let go of after a while goes too.
        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    private static async Task CutAsync(OcppStations stations, CancellationToken cancellationToken)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await clock.WaitForNextTickAsync(cancellationToken))
            {
                string[] identities = [.. stations.Identities];
                double share = identities.Length * Stations.CutsPerThousand / 1000.0;
                int cuts = (int)share + (Random.Shared.NextDouble() < share % 1 ? 1 : 0);
                foreach (string identity in cuts == 0 ? [] : Random.Shared.GetItems(identities, cuts))
                {
                    if (stations.TryGet(identity, out OcppSession? session))
                    {
                        session.Abort("cut");
                        s_cuts++;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
