using System.Runtime;

namespace Ocpp.Benchmarks.Floor;

/// <summary>What a process has used, or one turn of it.</summary>
/// <param name="Trips">The calls that were answered; only known to the end that makes them.</param>
/// <param name="ProcessorMs">The time on a processor, of all threads.</param>
/// <param name="AllocatedBytes">The bytes taken from the heap.</param>
/// <param name="CompilingMs">The time in which methods were compiled, which is part of the other.</param>
internal sealed record Usage(int Trips, double ProcessorMs, long AllocatedBytes, double CompilingMs)
{
    public static Usage None { get; } = new(0, 0, 0, 0);

    public static Usage Now =>
        new(
            0,
            Environment.CpuUsage.TotalTime.TotalMilliseconds,
            GC.GetTotalAllocatedBytes(precise: true),
            JitInfo.GetCompilationTime().TotalMilliseconds
        );

    public static Usage operator -(Usage left, Usage right) =>
        new(
            left.Trips - right.Trips,
            left.ProcessorMs - right.ProcessorMs,
            left.AllocatedBytes - right.AllocatedBytes,
            left.CompilingMs - right.CompilingMs
        );

    public static Usage operator +(Usage left, Usage right) =>
        new(
            left.Trips + right.Trips,
            left.ProcessorMs + right.ProcessorMs,
            left.AllocatedBytes + right.AllocatedBytes,
            left.CompilingMs + right.CompilingMs
        );
}
