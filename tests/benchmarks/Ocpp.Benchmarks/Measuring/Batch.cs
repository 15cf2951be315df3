using System.Runtime.CompilerServices;

namespace Ocpp.Benchmarks.Measuring;

/// <summary>Many runs of one contender.</summary>
internal static class Batch
{
    private const int AllocationRuns = 1000;

    /// <summary>Nanoseconds an operation.</summary>
    public static double Time(Func<object?> operation, int times)
    {
        long start = ThreadClock.Nanoseconds;
        Repeat(operation, times);
        return (ThreadClock.Nanoseconds - start) / (double)times;
    }

    /// <summary>How many operations fill the time.</summary>
    public static int Calibrate(Func<object?> operation, TimeSpan time)
    {
        int times = 16;
        double ns = Time(operation, times);
        while (ns * times < time.TotalNanoseconds / 2)
        {
            times *= 2;
            ns = Time(operation, times);
        }

        return Math.Max(1, (int)(time.TotalNanoseconds / ns));
    }

    /// <summary>Bytes allocated an operation.</summary>
    public static long Allocated(Func<object?> operation)
    {
        long start = GC.GetAllocatedBytesForCurrentThread();
        Repeat(operation, AllocationRuns);
        return (long)Math.Round((GC.GetAllocatedBytesForCurrentThread() - start) / (double)AllocationRuns);
    }

    /// <remarks>
    /// All contenders go through this loop. Optimised ahead of any profile, it calls each of them in the same way; with
    /// a profile the JIT would inline the contender that it saw most.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Repeat(Func<object?> operation, int times)
    {
        for (int i = 0; i < times; i++)
        {
            GC.KeepAlive(operation());
        }
    }
}
