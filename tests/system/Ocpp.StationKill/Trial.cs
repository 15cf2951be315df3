using System.Globalization;
using Ocpp.AspNetCore;
using Ocpp.V201;

namespace Ocpp.StationKill;

/// <summary>The CSMS, which cuts connections, and what kills the station.</summary>
internal sealed class Trial(Options options)
{
    /// <summary>How long the station lives after it has begun to run, at most.</summary>
    private static readonly TimeSpan s_longestLife = TimeSpan.FromSeconds(5);

    /// <summary>One of so many events costs the connection before its response is sent.</summary>
    private const int EventsPerCut = 12;

    private readonly Witness _witness = new();
    private readonly OcppTransactionEvents _events = new();
    private readonly Random _random = new(options.Seed);
    private readonly Random _cutting = new(options.Seed + 1);
    private int _cuts;

    /// <returns>The exit code: 0 if every event arrived, in order.</returns>
    public async Task<int> RunAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ocpp-station-kill-");
        string file = Path.Combine(folder.FullName, "queue");
        try
        {
            await using CsmsHost csms = CsmsHost.Create(endpoint =>
                endpoint.On(
                    async (TransactionEventRequest request, OcppRequestContext context) =>
                    {
                        _witness.Take(request);
                        TransactionEventResponse response = await _events.HandleOnceAsync(
                            context.Session.Identity,
                            request.TransactionInfo.TransactionId,
                            request.SeqNo,
                            () => Task.FromResult(_witness.Handle(request))
                        );
                        MayCut(context.Session);
                        return response;
                    }
                )
            );
            await csms.StartAsync();
            Print("kills", "cuts", "arrived", "repeated", "offline", "file bytes");
            for (int kill = 1; kill <= options.Kills; kill++)
            {
                using ChildProcess station = Begin(file, csms.Url);
                // One in five dies while it starts, before it has read its file to the end.
                if (_random.Next(5) > 0)
                {
                    await station.ReadLineAsync();
                    await _witness.WhenArrivedAsync(
                        1 + _random.Next(2 * options.Events / options.Kills),
                        s_longestLife
                    );
                }
                else
                {
                    await Task.Delay(_random.Next(200));
                }

                await station.KillAsync();
                if (kill % 10 == 0 || kill == options.Kills)
                {
                    PrintCounts(kill, file);
                }
            }

            using (ChildProcess station = Begin(file, csms.Url))
            {
                await station.ReadLineAsync();
                string last = await station.ReadLineAsync();
                (int exitCode, _) = await station.EndAsync();
                PrintCounts(options.Kills, file);
                IReadOnlyList<string> faults = _witness.Verdict(options.Events, options.Kills + _cuts);
                foreach (string fault in faults)
                {
                    Console.WriteLine($"FAILED: {fault}");
                }

                Console.WriteLine(
                    faults.Count == 0
                        ? $"All {options.Events} events arrived, in order, once or recognizably repeated."
                        : $"{faults.Count} faults; --seed {options.Seed}"
                );
                return faults.Count == 0 && last == "done" && exitCode == 0 ? 0 : 1;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ChildProcess Begin(string file, Uri url) =>
        ChildProcess.Ourselves(
            Station.Role,
            file,
            url.ToString(),
            options.Events.ToString(CultureInfo.InvariantCulture)
        );

    private void MayCut(OcppSession session)
    {
        lock (_cutting)
        {
            if (_cutting.Next(EventsPerCut) > 0)
            {
                return;
            }

            _cuts++;
        }

        session.Abort("cut at random");
    }

    private void PrintCounts(int kills, string file)
    {
        (int arrived, int repeated, int offline) = _witness.Counts;
        Print(kills, _cuts, arrived, repeated, offline, File.Exists(file) ? new FileInfo(file).Length : 0);
    }

    private static void Print(params object[] cells) =>
        Console.WriteLine(
            string.Join("  ", cells.Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell, 10}")))
        );
}
