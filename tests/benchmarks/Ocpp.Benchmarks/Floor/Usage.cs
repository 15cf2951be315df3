namespace Ocpp.Benchmarks.Floor;

/// <summary>What a process has used, or one turn of it.</summary>
/// <param name="Trips">The calls that were answered; only known to the end that makes them.</param>
/// <param name="ProcessorMs">The time on a processor, of all threads.</param>
/// <param name="AllocatedBytes">The bytes taken from the heap.</param>
internal sealed record Usage(int Trips, double ProcessorMs, long AllocatedBytes)
{
    public static Usage Now =>
        new(0, Environment.CpuUsage.TotalTime.TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true));

    public static Usage operator -(Usage left, Usage right) =>
        new(left.Trips - right.Trips, left.ProcessorMs - right.ProcessorMs, left.AllocatedBytes - right.AllocatedBytes);

    public static Usage operator +(Usage left, Usage right) =>
        new(left.Trips + right.Trips, left.ProcessorMs + right.ProcessorMs, left.AllocatedBytes + right.AllocatedBytes);
}
