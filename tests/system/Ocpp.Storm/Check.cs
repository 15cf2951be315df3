namespace Ocpp.Storm;

/// <summary>A short run whose outcome is asserted.</summary>
internal static class Check
{
    private const int Stations = 20_000;

    /// <summary>So many clients take a second or two for each setting.</summary>
    private const int Clients = 100;

    public static async Task<int> RunAsync(ulong seed)
    {
        bool hold = true;
        foreach (Setting setting in Setting.All(Stations))
        {
            Curve curve = Run(setting, seed);
            hold &= Print(setting.ToString(), Rules(setting, curve, seed));
        }

        foreach (Setting setting in Setting.All(Clients))
        {
            var expected = new List<Attempt>();
            Simulation.Run(setting, Clients, seed, expected.Add);
            await using var clients = new Clients(setting, Clients, seed);
            string? difference = await clients.CompareAsync(expected);
            string rule = $"{Clients} clients make the same {expected.Count} tries at the same milliseconds";
            hold &= Print(
                setting.ToString(),
                [(difference is null ? rule : $"{rule}: {difference}", difference is null)]
            );
        }

        return hold ? 0 : 1;
    }

    private static Curve Run(Setting setting, ulong seed)
    {
        var curve = new Curve(Stations);
        Simulation.Run(setting, Stations, seed, curve.Add);
        return curve;
    }

    private static IEnumerable<(string Rule, bool Holds)> Rules(Setting setting, Curve curve, ulong seed)
    {
        yield return ("every station is back, and connected once", curve is { Back: Stations, ConnectedAgain: 0 });
        yield return ("every connection is one of a station", curve.Connects.Sum() == Stations);
        yield return ("every try was counted", curve.Tries.Sum() == curve.TryCount && curve.TryCount >= Stations);
        yield return ("the same seed, the same tries", Run(setting, seed).Fingerprint == curve.Fingerprint);
        yield return ("another seed, others", Run(setting, seed + 1).Fingerprint != curve.Fingerprint);
        int first = (int)setting.Options.RetryBackOffWaitMinimum.TotalSeconds;
        yield return ($"no try in the first {first} s", curve.Tries.Take(first).Sum() == 0);
        yield return ("no more connections a second than are accepted", curve.Connects.Max() <= setting.AcceptsASecond);
        if (curve.TryCount > Stations)
        {
            yield break;
        }

        // Nobody was refused: each wait is spread evenly over the random range, and each loss over the spread. By
        // chance a second has more than the mean, but not by six times the standard deviation.
        OcppClientOptions options = setting.Options;
        double mean = Stations / Math.Max(setting.Spread.TotalSeconds, options.RetryBackOffRandomRange.TotalSeconds);
        int bound = (int)(mean + (6 * Math.Sqrt(mean)));
        int most = curve.Connects.Max();
        yield return ($"at most {bound} connections a second by chance: {most}", most <= bound);
        TimeSpan all = setting.Spread + options.RetryBackOffWaitMinimum + options.RetryBackOffRandomRange;
        yield return ($"all are back within {all}", curve.Last <= all.TotalMilliseconds);
    }

    private static bool Print(string what, IEnumerable<(string Rule, bool Holds)> rules)
    {
        Console.WriteLine(what);
        bool hold = true;
        foreach ((string rule, bool holds) in rules)
        {
            Console.WriteLine($"{(holds ? "ok" : "FAILED")}: {rule}");
            hold &= holds;
        }

        return hold;
    }
}
