using System.Globalization;
using System.Text;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Tests.Json.Bounds;

namespace Ocpp.Fuzz.Bounds;

/// <summary>
/// How the time of reading grows with the size of the input, for the worst shapes that are known: as the size, or as
/// its square. Of the processor's time on this thread, and of the fastest of several runs: a busy machine and code that
/// is not optimized yet only ever add to it.
/// </summary>
internal static class TimeBounds
{
    /// <summary>
    /// Of the time for each byte, at eight times the size. Reading whose time grows as the square comes to 8.
    /// </summary>
    private const double MaxGrowth = 4;

    private const int Times = 8;
    private const int SmallestSize = 20_000;
    private const int LargestSize = 1_300_000;
    private const int Runs = 3;
    private const int Attempts = 3;

    /// <summary>A size that takes this long is large enough.</summary>
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMilliseconds(25);

    private static object? s_kept;

    public static int Run()
    {
        Console.WriteLine(
            "size: of the larger input; growth: its time for each byte, over that of an eighth of it; heap: bytes "
                + "taken for each byte"
        );
        Console.WriteLine($"{"size", 10} {"ms", 8} {"growth", 6} {"heap", 6}");
        Shape[] slow = [.. Shapes.All.Where(shape => !IsLinear(shape))];
        foreach (Shape shape in slow)
        {
            Console.WriteLine(
                $"FAILED: {shape}: takes more than {MaxGrowth} times as long for each byte of a larger input"
            );
        }

        // A check that can't fail is none.
        var planted = new Shape(
            "planted: each name compared with all before it",
            Shapes.All.Single(shape => shape.Name == "properties in any JSON").Make,
            CompareAll
        );
        bool isFound = Measure(planted) > MaxGrowth;
        Console.WriteLine(isFound ? "the planted square was found" : "FAILED: the planted square was not found");
        Console.WriteLine(
            $"{Shapes.All.Count - slow.Length} of {Shapes.All.Count} shapes are read in a time that grows as their size"
        );
        return slow.Length == 0 && isFound ? 0 : 1;
    }

    private static bool IsLinear(Shape shape)
    {
        // What a busy machine does to one attempt it does not do to each; a square stays one.
        double growth = double.MaxValue;
        for (int attempt = 0; attempt < Attempts && growth > MaxGrowth; attempt++)
        {
            growth = Measure(shape);
        }

        return growth <= MaxGrowth;
    }

    private static double Measure(Shape shape)
    {
        byte[] small = shape.Make(SmallestSize);
        Time(shape, small, 20);
        for (int size = SmallestSize; size < LargestSize && Time(shape, small, 1) < s_longEnough.TotalNanoseconds; )
        {
            size = Math.Min(4 * size, LargestSize);
            small = shape.Make(size);
        }

        byte[] large = shape.Make(Times * small.Length);
        double smallTime = double.MaxValue;
        double largeTime = double.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            // As many bytes of each, so that both collect garbage.
            smallTime = Math.Min(smallTime, Time(shape, small, Times));
            largeTime = Math.Min(largeTime, Time(shape, large, 1));
        }

        double growth = largeTime / large.Length / (smallTime / (Times * (double)small.Length));
        long before = GC.GetAllocatedBytesForCurrentThread();
        s_kept = shape.Read(large);
        double heap = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)large.Length;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{large.Length, 10} {largeTime / 1e6, 8:F1} {growth, 6:F2} {heap, 6:F1}  {shape}"
            )
        );
        return growth;
    }

    /// <summary>Nanoseconds.</summary>
    private static double Time(Shape shape, byte[] json, int times)
    {
        s_kept = null;
        GC.Collect();
        long start = ThreadClock.Nanoseconds;
        for (; times > 0; times--)
        {
            s_kept = shape.Read(json);
        }

        return ThreadClock.Nanoseconds - start;
    }

    private static List<string> CompareAll(byte[] json)
    {
        var names = new List<string>();
        foreach (string name in Encoding.UTF8.GetString(json).Split(','))
        {
            // Several times, so that a small input takes long enough.
            if (!Enumerable.Range(0, 10).Any(_ => names.Contains(name)))
            {
                names.Add(name);
            }
        }

        return names;
    }
}
