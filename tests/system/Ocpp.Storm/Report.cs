using System.Diagnostics;
using System.Globalization;

namespace Ocpp.Storm;

/// <summary>Runs each setting, and prints its curve and a table of all.</summary>
internal static class Report
{
    private const int Rows = 24;
    private const int Width = 60;

    public static int Print(int stations, ulong seed)
    {
        var rows = new List<string>();
        foreach (Setting setting in Setting.All(stations))
        {
            long start = Stopwatch.GetTimestamp();
            var curve = new Curve(stations);
            Simulation.Run(setting, stations, seed, curve.Add);
            Console.WriteLine(Text($"{setting} ({Stopwatch.GetElapsedTime(start).TotalSeconds:0} s to compute)"));
            PrintCurve(curve, stations);
            string limit = setting.AcceptsASecond == int.MaxValue ? "none" : Text($"{setting.AcceptsASecond:N0}");
            rows.Add(
                Text($"| {setting.Name} | {limit} | {curve.Tries.Max():N0} | {curve.Connects.Max():N0} ")
                    + Text($"| {curve.SecondsUntil(0.5):N0} s | {curve.SecondsUntil(0.99):N0} s ")
                    + Text($"| {curve.SecondsUntil(1):N0} s | {(double)curve.TryCount / stations:0.0} ")
                    + Text($"| {curve.MostTries} |")
            );
        }

        Console.WriteLine(Text($"{stations:N0} stations, seed {seed}"));
        Console.WriteLine();
        Console.WriteLine(
            "| setting | accepted a second, at most | most tries a second | most connections a second | half back "
                + "| 99 % back | all back | tries a station | most |"
        );
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        rows.ForEach(Console.WriteLine);
        return 0;
    }

    /// <summary>A row for each part of the time: what was accepted as <c>#</c>, what was refused as a dot.</summary>
    private static void PrintCurve(Curve curve, int stations)
    {
        int step = Math.Max(1, (curve.Tries.Count + Rows - 1) / Rows);
        var parts = new List<(int From, double Tries, double Connects)>();
        for (int from = 0; from < curve.Tries.Count; from += step)
        {
            int length = Math.Min(step, curve.Tries.Count - from);
            parts.Add(
                (
                    from,
                    curve.Tries.Skip(from).Take(length).Sum(count => (double)count) / length,
                    curve.Connects.Skip(from).Take(length).Sum(count => (double)count) / length
                )
            );
        }

        double scale = Width / parts.Max(part => part.Tries);
        double back = 0;
        Console.WriteLine("   from s   tries/s  connections/s    back");
        foreach ((int from, double tries, double connects) in parts)
        {
            back += connects * Math.Min(step, curve.Tries.Count - from);
            int accepted = (int)Math.Round(scale * connects);
            int all = (int)Math.Round(scale * tries);
            Console.WriteLine(
                Text($"{from, 9:N0} {tries, 9:N0} {connects, 14:N0} {100 * back / stations, 6:0.0}% ")
                    + new string('#', accepted)
                    + new string('.', all - accepted)
            );
        }

        Console.WriteLine();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
