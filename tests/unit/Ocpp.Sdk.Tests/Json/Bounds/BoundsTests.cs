using Ocpp.Validation;
using Xunit.Abstractions;

namespace Ocpp.Tests.Json.Bounds;

/// <summary>
/// Reading takes from the heap what the size of the input is worth, whatever its shape: eight times the input, at most
/// about eight times the bytes. How long it takes is measured elsewhere (Ocpp.Fuzz --bounds), for no unit test is
/// timed.
/// </summary>
public sealed class BoundsTests(ITestOutputHelper output)
{
    private const int Size = 40_000;

    /// <summary>
    /// Of what reading takes for each byte, at eight times the size: lists that double make it uneven, a square makes
    /// it 8.
    /// </summary>
    private const double MaxGrowth = 2;

    /// <summary>What is there at any size: the record, the first buffer, a violation and its path.</summary>
    private const long Base = 16_384;

    private static object? s_kept;

    public static TheoryData<string> Names => [.. Shapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_reading_takes_from_the_heap_grows_as_the_input_does(string name)
    {
        Shape shape = Shapes.All.Single(shape => shape.Name == name);
        byte[] small = shape.Make(Size);
        byte[] large = shape.Make(8 * Size);
        Assert.InRange(large.Length / (double)small.Length, 7.5, 8.5);

        long few = Measure(shape, small);
        long many = Measure(shape, large);
        output.WriteLine($"{name}: {few} bytes for {small.Length}, {many} for {large.Length}");
        Assert.True(many <= (8 * MaxGrowth * few) + Base, $"{few} bytes for {small.Length}, {many} for {large.Length}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_shape_is_what_it_says(string name)
    {
        // Read as far as it is meant to be: a mistake in the shape would stop the reader at once, and prove nothing.
        Shape shape = Shapes.All.Single(shape => shape.Name == name);
        object? read = shape.Read(shape.Make(Size));
        Assert.NotNull(read);
        Assert.NotEqual(
            name.Contains("without", StringComparison.Ordinal) || name.Contains("cut", StringComparison.Ordinal),
            read is not (OcppRule.MalformedJson or OcppRule.Depth)
        );
    }

    [Fact]
    public void The_colliding_names_do_collide()
    {
        // A dictionary of .NET that meets more than a hundred collisions hashes all its names anew, with a random seed:
        // that takes a second array. So it must be what these names take more than others.
        string[] colliding = [.. CollidingNames.All().Take(150)];
        string[] others = [.. Enumerable.Range(0, 150).Select(index => $"name{index:0000}")];
        Assert.Equal(150, colliding.Distinct().Count());
        Assert.True(
            Fill(colliding) > Fill(others) + (150 * sizeof(int)),
            $"{Fill(colliding)} and {Fill(others)} bytes"
        );
        Assert.Equal(Fill(others), Fill([.. colliding.Take(90), .. others.Take(60)]));
    }

    private static long Fill(string[] names)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 10; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var dictionary = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (string name in names)
            {
                dictionary.Add(name, 0);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>
    /// The bytes that this thread takes from the heap. The least of several runs: the first ones fill pools.
    /// </summary>
    private static long Measure(Shape shape, byte[] json)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 6; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            s_kept = shape.Read(json);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
