using Ocpp.AspNetCore;
using Ocpp.V201;

namespace Ocpp.Soak;

/// <summary>The CSMS: takes whoever comes, and cuts connections now and then itself.</summary>
internal static class Csms
{
    public const string Role = "csms";

    /// <summary>Asks for the counts when all stations are connected; only then the cuts begin.</summary>
    public const string WhenConnected = "when-connected";

    /// <summary>Asks for the counts when all stations have gone, and the garbage with them.</summary>
    public const string WhenEmpty = "when-empty";

    private static int s_handled;
    private static int s_cuts;

    public static async Task RunAsync(int count)
    {
        Unobserved.Watch();
        await using var csms = CsmsHost.Create(
            endpoint =>
                endpoint
                    .On<HeartbeatRequest, HeartbeatResponse>(
                        (_, _) =>
                        {
                            Interlocked.Increment(ref s_handled);
                            return new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow };
                        }
                    )
                    .On<MeterValuesRequest, MeterValuesResponse>(
                        (_, _) =>
                        {
                            Interlocked.Increment(ref s_handled);
                            return new MeterValuesResponse();
                        }
                    ),
            options => options.UseCompression = false
        );
        await csms.StartAsync();
        ChildProcess.Tell(csms.Url);

        OcppConnectionRegistry stations = csms.Stations;
        using var end = new CancellationTokenSource();
        Task cutting = Task.CompletedTask;
        while (await Console.In.ReadLineAsync() is { } question)
        {
            if (question == WhenConnected)
            {
                // A station knows that it is connected a moment before the CSMS does.
                await UntilAsync(() => stations.Count == count);
            }
            else if (question == WhenEmpty)
            {
                await UntilAsync(() => stations.Count == 0);
                // What timers and pools let go of after a while goes too.
                await Task.Delay(TimeSpan.FromSeconds(2));
            }

            ChildProcess.Tell(
                new CsmsCounts(
                    s_handled,
                    s_cuts,
                    stations.Count,
                    GC.GetTotalMemory(forceFullCollection: true),
                    Unobserved.Count
                )
            );
            if (question == WhenConnected)
            {
                cutting = CutAsync(stations, end.Token);
            }
        }

        await end.CancelAsync();
        await cutting;
    }

    /// <summary>Waits for it, at most ten seconds: the rules say what did not come true.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 100 && !condition(); i++)
        {
            await Task.Delay(100);
        }
    }

    private static async Task CutAsync(OcppConnectionRegistry stations, CancellationToken cancellationToken)
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
