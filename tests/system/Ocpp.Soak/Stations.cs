namespace Ocpp.Soak;

/// <summary>All stations: each makes two calls a second, and loses its connection now and then.</summary>
internal static class Stations
{
    public const string Role = "stations";

    /// <summary>How many stations in a thousand are cut each second, by either side.</summary>
    public const int CutsPerThousand = 5;

    public static async Task RunAsync(Uri url, int count, int seconds)
    {
        Unobserved.Watch();
        Station[] stations = [.. Enumerable.Range(0, count).Select(index => new Station(url, index))];
        await Parallel.ForEachAsync(
            stations,
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            (station, _) => station.ConnectAsync()
        );
        ChildProcess.Tell("connected");
        await Console.In.ReadLineAsync();

        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        Task<int> cutting = CutAsync(stations, end.Token);
        await Task.WhenAll(stations.Select(station => station.RunAsync(end.Token)));
        int cuts = await cutting;
        double[] latencies = [.. stations.SelectMany(station => station.Latencies).Order()];
        await Task.WhenAll(stations.Select(station => station.DisposeAsync().AsTask()));
        ChildProcess.Tell(
            new StationCounts(
                stations.Sum(station => station.Made),
                latencies.Length,
                stations
                    .SelectMany(station => station.Failures)
                    .GroupBy(reason => reason)
                    .ToDictionary(group => group.Key, group => group.Count()),
                cuts,
                stations.Sum(station => station.Connections),
                latencies[latencies.Length / 2],
                latencies[latencies.Length * 99 / 100],
                Unobserved.Count
            )
        );
        await Console.In.ReadLineAsync();
    }

    private static async Task<int> CutAsync(Station[] stations, CancellationToken cancellationToken)
    {
        int cuts = 0;
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1000.0 / (CutsPerThousand * stations.Length)));
        try
        {
            while (await clock.WaitForNextTickAsync(cancellationToken))
            {
                cuts += stations[Random.Shared.Next(stations.Length)].Cut() ? 1 : 0;
            }
        }
        catch (OperationCanceledException)
        {
            // The time is up.
        }

        return cuts;
    }
}
