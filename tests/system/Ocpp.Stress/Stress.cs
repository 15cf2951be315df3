using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Ocpp.Rpc;
using Ocpp.Stress.Planning;
using Ocpp.Stress.Running;

namespace Ocpp.Stress;

/// <summary>Runs schedules, several at a time, and tells what held.</summary>
internal static class Stress
{
    /// <summary>After so many schedules garbage is collected, and exceptions that no one looked at show.</summary>
    private const int BatchSize = 500;

    /// <summary>From here on everything that can happen must have.</summary>
    private const int EnoughForAll = 1000;

    private const int MaxFailures = 3;

    private static int s_failures;

    public static async Task<int> RunAsync(Settings settings)
    {
        Unobserved.Watch();

        // Handlers that block take a thread each.
        ThreadPool.SetMinThreads(64, 64);
        using var measurements = new Measurements();
        var tally = new Tally();
        int[] numbers = settings.Schedule is { } only
            ? [.. Enumerable.Repeat(only, settings.Times)]
            : [.. Enumerable.Range(1, settings.Schedules)];
        bool isReplay = settings.Schedule is not null;
        var sessions = new List<WeakReference>();
        long start = Stopwatch.GetTimestamp();
        foreach (int[] batch in numbers.Chunk(BatchSize))
        {
            await Parallel.ForEachAsync(
                batch,
                new ParallelOptions { MaxDegreeOfParallelism = isReplay ? 1 : 2 * Environment.ProcessorCount },
                async (number, _) =>
                {
                    if (Volatile.Read(ref s_failures) < MaxFailures)
                    {
                        WeakReference[] used = await RunScheduleAsync(
                            settings,
                            number,
                            tally,
                            isReplay && settings.Times == 1
                        );
                        lock (sessions)
                        {
                            sessions.AddRange(used);
                        }
                    }
                }
            );
            foreach (Exception exception in Unobserved.Take())
            {
                Fail(
                    settings,
                    Invariants.NoUnobserved,
                    $"in one of the schedules {batch[0]} to {batch[^1]}: {exception}"
                );
            }

            sessions.RemoveAll(session => !session.IsAlive);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        CheckWhole(settings, tally, measurements, await CountLivingAsync(sessions), numbers.Length);
        Print(settings, tally, measurements, numbers.Length, time);
        return s_failures == 0 ? 0 : 1;
    }

    // Not inlined, so that nothing here holds what must become garbage.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference[]> RunScheduleAsync(
        Settings settings,
        int number,
        Tally tally,
        bool isTraced
    )
    {
        var run = new ScheduleRun(new Schedule(settings.Seed, number), tally);
        await run.RunAsync();
        IReadOnlyList<string> violations = run.Journal.Violations;
        if (isTraced || (violations.Count > 0 && Interlocked.Increment(ref s_failures) <= MaxFailures))
        {
            lock (tally)
            {
                Console.WriteLine($"schedule {number}");
                Console.WriteLine(run.Schedule);
                Console.WriteLine(string.Join('\n', run.Journal.Entries));
                foreach (string violation in violations)
                {
                    Console.WriteLine($"FAILED: seed {settings.Seed}, schedule {number}: {violation}");
                }

                if (violations.Count > 0)
                {
                    Console.WriteLine($"once more: --seed {settings.Seed} --schedule {number} --times 1000");
                }
            }
        }

        return [.. run.Sessions];
    }

    private static async Task<int> CountLivingAsync(List<WeakReference> sessions)
    {
        for (int attempt = 0; attempt < 100 && sessions.Exists(session => session.IsAlive); attempt++)
        {
            // What ended last may still be on a stack.
            await Task.Delay(20);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return sessions.Count(session => session.IsAlive);
    }

    /// <summary>What shows only over all schedules.</summary>
    private static void CheckWhole(Settings settings, Tally tally, Measurements measurements, int living, int schedules)
    {
        if (s_failures > 0)
        {
            // Runs that were given up would only repeat themselves here.
            return;
        }

        if (living > 0)
        {
            Fail(settings, Invariants.NoSession, $"{living} sessions live");
        }

        if ((measurements.Waiting, measurements.Sessions) != (0, 0))
        {
            Fail(
                settings,
                Invariants.Measured,
                $"{measurements.Waiting} calls wait and {measurements.Sessions} sessions are open, by the meters"
            );
        }

        // Not those that were cancelled: some were so before the session measured them.
        foreach ((Outcome outcome, string name) in new[] { (Outcome.Answered, "ok"), (Outcome.TimedOut, "time-out") })
        {
            int happened = tally[Tally.Of(outcome)];
            int measured = measurements.Calls(name);
            if (happened != measured)
            {
                Fail(settings, Invariants.Measured, $"{happened} calls ended as {outcome}, {measured} by the meter");
            }
        }

        if (schedules >= EnoughForAll && settings.Schedule is null)
        {
            foreach (string name in Tally.All.Where(name => tally[name] == 0))
            {
                Fail(settings, "everything is met", $"no {name}");
            }
        }
    }

    private static void Fail(Settings settings, string invariant, string detail)
    {
        Interlocked.Increment(ref s_failures);
        Console.WriteLine($"FAILED: seed {settings.Seed}: {invariant}: {detail}");
    }

    private static void Print(Settings settings, Tally tally, Measurements measurements, int schedules, TimeSpan time)
    {
        string seconds = time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Console.WriteLine($"{schedules} schedules from seed {settings.Seed} in {seconds} s");
        Console.WriteLine("calls    " + Counts(Enum.GetValues<Outcome>(), Tally.Of));
        Console.WriteLine("frames   " + Counts(Enum.GetValues<FaultKind>(), Tally.Of));
        Console.WriteLine("handlers " + Counts(Enum.GetValues<HandlerKind>(), Tally.Of));
        Console.WriteLine("ends     " + Counts(Enum.GetValues<OcppCloseKind>(), Tally.Of));
        Console.WriteLine("reports  " + Counts(Enum.GetValues<OcppReportKind>(), kind => $"report {kind}"));
        Console.WriteLine($"{measurements.Sessions} sessions open, {measurements.Waiting} calls waiting at the end");
        Console.WriteLine(s_failures == 0 ? "ok: all invariants hold" : $"FAILED: {s_failures}");

        string Counts<T>(T[] values, Func<T, string> name) =>
            string.Join(", ", values.Select(value => $"{value} {tally[name(value)]}"));
    }
}
