using System.Diagnostics;
using System.Globalization;
using Ocpp.Fuzz.Inputs;
using Ocpp.Fuzz.Trials;

namespace Ocpp.Fuzz.Finding;

/// <summary>One message after the other, until something is found or the time is over.</summary>
internal sealed class Campaign(ulong seed, Reader reader) : IDisposable
{
    /// <summary>
    /// Of so many iterations one is put to NJsonSchema and to JsonSerializer, which take longer than all the rest.
    /// Which of them depends on the iteration alone.
    /// </summary>
    public const int JudgedOneIn = 4;

    private readonly InputSource _source = new(seed);
    private readonly Trial _trial = new(reader, new Tally());

    public Tally Tally { get; } = new();

    /// <summary>Runs iterations from the first one on.</summary>
    /// <param name="goesOn">Asked before each iteration, with its number.</param>
    /// <returns>The iteration that found something, and what; none when nothing was found.</returns>
    public (long Iteration, Find Find)? Run(Func<long, bool> goesOn)
    {
        using var trial = new Trial(reader, Tally);
        for (long iteration = 0; goesOn(iteration); iteration++)
        {
            if (trial.Run(_source.Make(iteration), IsJudged(iteration)) is { } find)
            {
                return (iteration, find);
            }
        }

        return null;
    }

    public Input Make(long iteration) => _source.Make(iteration);

    /// <summary>Tries another input as if it were this iteration's.</summary>
    public Find? Try(Input input, long iteration) => _trial.Run(input, IsJudged(iteration));

    /// <summary>The smallest input that is found wanting in the same way.</summary>
    public Input Minimise(Input input, long iteration, Find find) =>
        input with
        {
            Frame = new Minimiser(smaller =>
                Try(input with { Frame = smaller }, iteration)?.Kind == find.Kind
            ).Minimise(input.Frame),
        };

    public void Dispose() => _trial.Dispose();

    public void Report(TextWriter output, TimeSpan elapsed)
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{FuzzedVersion.Chosen.Name}, seed {seed}: {Tally.Executions} executions in {elapsed.TotalSeconds:F1} "
                    + $"s, {Tally.Executions / elapsed.TotalSeconds:F0} a second, "
                    + $"{Tally.Bytes / Math.Max(1, Tally.Executions)} bytes each on average"
            )
        );
        output.WriteLine(
            $"one in {JudgedOneIn} was put to NJsonSchema and JsonSerializer too: {Tally.Judged} payloads"
        );
        output.WriteLine(
            "each at the end of a page "
                + (
                    GuardedMemory.IsGuarded
                        ? "with a page behind it that can't be read"
                        : "is for Linux only: arrays of exact size here"
                )
        );
        output.WriteLine("what became of them:");
        Write(output, Tally.Kinds);
        output.WriteLine("differences, all of them for a listed reason:");
        Write(output, Tally.Reasons);
    }

    public static Func<long, bool> For(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        return _ => Stopwatch.GetElapsedTime(start) < time;
    }

    private static bool IsJudged(long iteration) => iteration % JudgedOneIn == 0;

    private static void Write(TextWriter output, IReadOnlyDictionary<string, long> counts)
    {
        foreach ((string name, long count) in counts)
        {
            output.WriteLine($"  {count, 10}  {name}");
        }
    }
}
