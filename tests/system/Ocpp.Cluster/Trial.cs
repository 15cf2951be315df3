using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.PostgreSql;
using Ocpp.Certificates.Storage;

namespace Ocpp.Cluster;

/// <summary>
/// Runs nodes and stations, has stations called while nodes are killed, or something else happens to the cluster, and
/// judges what became of all of it.
/// </summary>
internal sealed class Trial(Options options)
{
    /// <summary>How long a fault lasts that ends: longer than leases, and than a dead node is not noticed.</summary>
    private static readonly TimeSpan s_faultTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan s_clockOffset = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("ocpp-cluster-").FullName;
    private readonly Random _random = new(options.Seed);
    private readonly Verdict _verdict = new();
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<string, int> _received = new();
    private readonly ConcurrentBag<string> _lost = [];
    private int _lastPort = 20000 + (Environment.ProcessId % 10000);

    public async Task<int> RunAsync()
    {
        Unobserved.Watch();
        Console.WriteLine(
            $"{options.Nodes} nodes, {options.Stations} stations, {options.Kills} times {options.Fault}, "
                + $"seed {options.Seed}"
        );
        bool isHeld = await RunWithServersAsync();
        Directory.Delete(_folder, recursive: true);
        return isHeld ? 0 : 1;
    }

    private async Task<bool> RunWithServersAsync()
    {
        await using var redis = new RedisServer(Path.Combine(_folder, "redis"), FindPort());
        if (options.Redis is null)
        {
            await redis.StartAsync();
        }

        string? address = Environment.GetEnvironmentVariable(PostgreSqlCluster.Variable);
        using PostgreSqlCluster? postgreSql = address is null ? await PostgreSqlCluster.StartAsync() : null;
        string connectionString = $"{address ?? postgreSql!.ConnectionString};Maximum Pool Size=20";
        await using var store = new PostgreSqlSigningRequestStore(connectionString);
        await using Authority authority = await Authority.StartAsync(
            Path.Combine(_folder, "authority"),
            Station.OrganizationName,
            new Random(_random.Next())
        );
        Slot[] slots =
        [
            .. Enumerable
                .Range(0, options.Nodes)
                .Select(i => CreateSlot(i, options.Redis ?? redis.Address, connectionString, authority)),
        ];
        await RunAsync(slots, new Faults(options, slots, redis, postgreSql), store, authority);
        _verdict.Demand("no exception went unobserved", Unobserved.Count == 0 ? [] : ["see above"]);
        return _verdict.Print();
    }

    private async Task RunAsync(Slot[] slots, Faults faults, PostgreSqlSigningRequestStore store, Authority authority)
    {
        foreach (Slot slot in slots)
        {
            slot.Start();
        }

        await WhenReadyAsync(slots);
        Station[] stations = await OpenStationsAsync(slots, authority);
        using var end = new CancellationTokenSource();
        Task[] running = [.. stations.Select(station => station.RunAsync(end.Token))];
        await AtRestAsync(slots, stations, "all stations are connected before the first fault");
        var stalls = new Stalls();
        Task watching = stalls.WatchAsync(end.Token);
        var caller = new Caller(slots, _time, stalls);
        string[] identities = [.. stations.Select(station => station.Identity)];
        Task[] calling =
        [
            .. Enumerable
                .Range(0, 4 * slots.Length)
                .Select(_ => caller.RunAsync(identities, new Random(_random.Next()), end.Token)),
        ];
        for (int i = 1; i <= options.Kills; i++)
        {
            await Task.Delay(_random.Next(1000, 6000));
            string what = await faults.StrikeAsync(_random.Next(slots.Length), s_faultTime);
            await CheckStoreAsync(store, stations, i);
            await WhenReadyAsync(slots);
            Print(i, what, caller, stations);
        }

        await Task.Delay(_random.Next(1000, 6000));
        await end.CancelAsync();
        await Task.WhenAll([watching, .. calling]);
        await Task.WhenAny(Task.WhenAll(running), Task.Delay(s_settling));
        await WhenFinishedAsync(store);
        await AtRestAsync(slots, stations, "every node lists every station once, at the node where it is");
        await CallAllAsync(slots, identities, caller);
        _verdict.Demand(
            "every station has what it waited for",
            stations.Zip(running).Where(one => !one.Second.IsCompletedSuccessfully).Select(one => one.First.Identity)
        );
        await _verdict.JudgeAsync(store, authority, stations.Select(station => station.Witness));
        _verdict.Demand("what a station saw Accepted was in the store at every fault", _lost);
        CallRules.Judge(caller.Calls, _received, _verdict.Demand);
        Sum(slots, stations, caller.Calls);
        _verdict.Sum("time that the machine was too busy for the trial, ms", (int)stalls.Total.TotalMilliseconds);
        await Task.WhenAll(stations.Select(station => station.DisposeAsync().AsTask()));
        foreach (Slot slot in slots)
        {
            await slot.DisposeAsync();
        }
    }

    private Slot CreateSlot(int number, string redis, string postgreSql, Authority authority)
    {
        TimeSpan offset = options.Fault == FaultKind.Clocks ? s_clockOffset * (number - 1) : TimeSpan.Zero;
        var settings = new NodeSettings(FindPort(), SiloPort: 0, redis, postgreSql, authority.Url, offset);
        return new Slot(number, settings, FindPort, new Random(_random.Next()));
    }

    private async Task<Station[]> OpenStationsAsync(Slot[] slots, Authority authority)
    {
        // Ten certificates a second over all of them, however many they are.
        var pause = TimeSpan.FromSeconds(Math.Max(options.Stations / 10.0, 3));
        var stations = new Station[options.Stations];
        for (int i = 0; i < stations.Length; i++)
        {
            var random = new Random(_random.Next());
            stations[i] = await Station.OpenAsync(slots, i + 1, _folder, authority.Root, _received, pause, random);
        }

        return stations;
    }

    private static Task<string[]> WhenReadyAsync(Slot[] slots) => Task.WhenAll(slots.Select(slot => slot.ReadyAsync()));

    /// <summary>What was promised to a station is in the store.</summary>
    private async Task CheckStoreAsync(PostgreSqlSigningRequestStore store, Station[] stations, int fault)
    {
        PublicKeyId[][] promised = [.. stations.Select(station => station.Witness.Promised.ToArray())];
        ILookup<string, PublicKeyId> kept = (await ListAsync(store)).ToLookup(one => one.Station, one => one.KeyId);
        foreach ((Station station, PublicKeyId[] keys) in stations.Zip(promised))
        {
            foreach (PublicKeyId key in keys.Except(kept[station.Identity]))
            {
                _lost.Add($"fault {fault}: {station.Identity}, key {key}");
            }
        }
    }

    private static Task<IReadOnlyList<SigningRequest>> ListAsync(PostgreSqlSigningRequestStore store) =>
        store.ListAsync(new SigningRequestFilter { MaxCount = int.MaxValue });

    /// <summary>Waits until no request is under way; what then is, the verdict finds.</summary>
    private static async Task WhenFinishedAsync(PostgreSqlSigningRequestStore store)
    {
        var time = Stopwatch.StartNew();
        while ((await store.ListUnfinishedAsync()).Count > 0 && time.Elapsed < s_settling)
        {
            await Task.Delay(200);
        }
    }

    /// <summary>Waits until all nodes and all stations agree on who is connected where.</summary>
    private async Task AtRestAsync(Slot[] slots, Station[] stations, string rule)
    {
        var time = Stopwatch.StartNew();
        List<string> faults;
        do
        {
            await Task.Delay(200);
            faults = [];
            foreach (Slot slot in slots)
            {
                Dictionary<string, string?> seen = stations.ToDictionary(one => one.Identity, one => one.Node);
                faults.AddRange(seen.Where(one => one.Value is null).Select(one => $"{one.Key} is not connected"));
                try
                {
                    faults.AddRange(
                        ConnectionRules
                            .Compare(await slot.ListAsync(), seen)
                            .Select(fault => $"node {slot.Number}: {fault}")
                    );
                }
                catch (HttpRequestException)
                {
                    // One that was declared dead ends when it notices, and another takes its place.
                    faults.Add($"node {slot.Number} does not answer");
                }
            }
        } while (faults.Count > 0 && time.Elapsed < s_settling);

        _verdict.Demand(rule, faults);
        Console.WriteLine(Invariant($"at rest after {time.Elapsed.TotalSeconds:0.0} s"));
    }

    /// <summary>In the end, every station is reached from every node.</summary>
    private async Task CallAllAsync(Slot[] slots, string[] identities, Caller caller)
    {
        var failed = new ConcurrentBag<string>();
        foreach (Slot slot in slots)
        {
            await Parallel.ForEachAsync(
                identities,
                new ParallelOptions { MaxDegreeOfParallelism = 16 },
                async (identity, _) =>
                {
                    CallRecord call = await caller.CallAsync(slot, identity);
                    if (!call.IsAnswered)
                    {
                        failed.Add($"node {slot.Number}: {call}");
                    }
                }
            );
        }

        _verdict.Demand("in the end, every node reaches every station", failed);
    }

    private void Print(int number, string what, Caller caller, Station[] stations)
    {
        IReadOnlyList<CallRecord> calls = caller.Calls;
        if (number == 1)
        {
            Console.WriteLine();
            Console.WriteLine("| fault | at      | what                      | calls   | failed | connected |");
            Console.WriteLine("|------:|--------:|---------------------------|--------:|-------:|----------:|");
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {number, 5} | {_time.Elapsed.TotalSeconds, 5:0} s | {what, -25} | {calls.Count, 7} | "
                    + $"{calls.Count(call => !call.IsAnswered), 6} | "
                    + $"{stations.Count(station => station.Node is not null), 9} |"
            )
        );
    }

    private void Sum(Slot[] slots, Station[] stations, IReadOnlyList<CallRecord> calls)
    {
        _verdict.Sum("nodes that were killed", slots.Sum(slot => slot.Killed));
        _verdict.Sum("nodes that ended because they were declared dead", slots.Sum(slot => slot.Ended));
        _verdict.Sum("connections that stations made", stations.Sum(station => station.Connections));
        _verdict.Sum("of these, left open while a newer one was made", stations.Sum(station => station.Left));
        _verdict.Sum("calls", calls.Count);
        _verdict.Sum("answered", calls.Count(call => call.IsAnswered));
        foreach (
            IGrouping<string, CallRecord> failures in calls
                .Where(call => !call.IsAnswered)
                .GroupBy(call => call.Answer.Failure)
                .OrderByDescending(group => group.Count())
        )
        {
            _verdict.Sum($"failed: {failures.Key}", failures.Count());
        }

        TimeSpan[] times = [.. calls.Where(call => !call.IsExcused).Select(call => call.Time).Order()];
        _verdict.Sum("time of a call, ms: median", (int)times[times.Length / 2].TotalMilliseconds);
        _verdict.Sum("time of a call, ms: 99 of 100", (int)times[times.Length * 99 / 100].TotalMilliseconds);
        _verdict.Sum("time of a call, ms: longest", (int)times[^1].TotalMilliseconds);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A port that nobody uses, below those that the system gives to clients; another each time.</summary>
    private int FindPort()
    {
        while (true)
        {
            int port = Interlocked.Increment(ref _lastPort);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
