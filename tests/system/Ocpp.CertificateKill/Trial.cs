using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;

namespace Ocpp.CertificateKill;

/// <summary>
/// Lets stations ask for certificates while the CSMS is killed and started again, and judges what became of all of it.
/// </summary>
internal sealed class Trial(Options options)
{
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(120);

    private static readonly SigningRequestState[] s_unfinished =
    [
        SigningRequestState.Received,
        SigningRequestState.Forwarded,
        SigningRequestState.Waiting,
        SigningRequestState.Issued,
        SigningRequestState.Sent,
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("ocpp-certificate-kill-").FullName;
    private readonly Random _random = new(options.Seed);
    private readonly int _port = FindPort();
    private readonly Verdict _verdict = new();
    private readonly int[] _kills = new int[s_unfinished.Length];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private int _underWay;

    private string Database => Path.Combine(_folder, "signing.db");

    public async Task<int> RunAsync()
    {
        Unobserved.Watch();
        try
        {
            await using Authority authority = await Authority.StartAsync(
                Path.Combine(_folder, "authority"),
                Station.OrganizationName,
                new Random(_random.Next())
            );
            Station[] stations = await OpenStationsAsync(authority);
            await RunAsync(authority, stations);
            foreach (Station station in stations)
            {
                await station.DisposeAsync();
            }

            await using var store = SqliteSigningRequestStore.Open(Database);
            await _verdict.JudgeAsync(store, authority, stations.Select(station => station.Witness));
            _verdict.Demand("no exception went unobserved", Unobserved.Count == 0 ? [] : ["see above"]);
            return _verdict.Print() ? 0 : 1;
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task RunAsync(Authority authority, Station[] stations)
    {
        Console.WriteLine($"{options.Stations} stations, {options.Kills} kills, seed {options.Seed}");
        Console.WriteLine();
        Console.WriteLine(
            "| kill | at      | the CSMS       | Received | Forwarded | Waiting | Issued | Sent | finished |"
        );
        Console.WriteLine(
            "|------|---------|----------------|----------|-----------|---------|--------|------|----------|"
        );
        using var end = new CancellationTokenSource();
        Task[] running = [];
        var lost = new List<string>();
        for (int kill = 1; kill <= options.Kills; kill++)
        {
            var moment = Moment.Draw(kill, _random);
            using ChildProcess csms = Start(authority);
            if (!moment.IsStarting)
            {
                await csms.ReadLineAsync();
            }

            if (running.Length == 0)
            {
                // The first kill is to find work, too.
                running = [.. stations.Select(station => station.RunAsync(end.Token))];
                await await Task.WhenAny(
                    Task.WhenAny(stations.Select(station => station.Witness.Begun)),
                    FirstOf(running)
                );
            }

            await await Task.WhenAny(Task.Delay(moment.After), FirstOf(running));
            await csms.KillAsync();
            lost.AddRange(await LookAsync(kill, moment, stations));
        }

        Console.WriteLine($"|      |         | kills that hit | {Cells(_kills)} |          |");
        using ChildProcess last = Start(authority);
        await last.ReadLineAsync();
        if (running.Length == 0)
        {
            running = [.. stations.Select(station => station.RunAsync(end.Token))];
        }

        await end.CancelAsync();
        await SettleAsync(last, running);
        await last.EndAsync();
        _verdict.Demand("what a station saw Accepted was in the store at every kill", lost);
        _verdict.Demand(
            "requests were under way at most kills",
            _underWay * 2 >= options.Kills ? [] : [$"at {_underWay} of {options.Kills} only"]
        );
    }

    private async Task<Station[]> OpenStationsAsync(Authority authority)
    {
        var stations = new Station[options.Stations];
        for (int i = 0; i < stations.Length; i++)
        {
            var random = new Random(_random.Next());
            stations[i] = await Station.OpenAsync(
                new Uri($"ws://127.0.0.1:{_port}/ocpp"),
                i + 1,
                _folder,
                authority.Root,
                random
            );
        }

        return stations;
    }

    private ChildProcess Start(Authority authority) =>
        ChildProcess.Ourselves(Csms.Role, Database, authority.Url, _port.ToString(CultureInfo.InvariantCulture));

    /// <summary>Looks into the file as the kill left it.</summary>
    /// <returns>What was promised to a station and is not in it.</returns>
    private async Task<IReadOnlyList<string>> LookAsync(int kill, Moment moment, Station[] stations)
    {
        await using var store = SqliteSigningRequestStore.Open(Database);
        IReadOnlyList<SigningRequest> requests = await store.ListAsync(
            new SigningRequestFilter { MaxCount = int.MaxValue }
        );
        int[] counts = [.. s_unfinished.Select(state => requests.Count(request => request.State == state))];
        for (int i = 0; i < counts.Length; i++)
        {
            _kills[i] += counts[i] > 0 ? 1 : 0;
        }

        _underWay += counts.Any(count => count > 0) ? 1 : 0;
        string at = string.Create(CultureInfo.InvariantCulture, $"{_time.Elapsed.TotalSeconds:0.0} s");
        Console.WriteLine(
            $"| {kill, 4} | {at, 7} | {moment, -14} | {Cells(counts)} | {Cell(requests.Count - counts.Sum(), 8)} |"
        );

        ILookup<string, PublicKeyId> kept = requests.ToLookup(request => request.Station, request => request.KeyId);
        return
        [
            .. from station in stations
            from key in station.Witness.Promised.Except(kept[station.Identity])
            select $"kill {kill}: {station.Identity}, key {key}",
        ];
    }

    private static async Task SettleAsync(ChildProcess csms, Task[] running)
    {
        using var patience = new CancellationTokenSource(s_settling);
        try
        {
            await Task.WhenAll(running).WaitAsync(patience.Token);
            while (await csms.AskAsync<int>() > 0)
            {
                await Task.Delay(100, patience.Token);
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What is unfinished is found and told in the end.
        }
    }

    /// <summary>Ends when a station does, which happens only with an exception.</summary>
    private static async Task FirstOf(Task[] running) => await await Task.WhenAny(running);

    /// <summary>A cell for each state that is unfinished.</summary>
    private static string Cells(int[] counts) =>
        string.Join(" | ", counts.Select((count, i) => Cell(count, s_unfinished[i].ToString().Length)));

    private static string Cell(int count, int width) => count.ToString(CultureInfo.InvariantCulture).PadLeft(width);

    /// <summary>
    /// A port for all the CSMS's lives. Below those that the system gives to clients: a client that asks for a port
    /// where nobody listens can get the same as its own, and is then connected with itself.
    /// </summary>
    private static int FindPort()
    {
        for (int port = 20000 + (Environment.ProcessId % 10000); ; port++)
        {
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
