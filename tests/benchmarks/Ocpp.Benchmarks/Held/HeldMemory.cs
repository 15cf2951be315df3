using System.Runtime;

namespace Ocpp.Benchmarks.Held;

/// <summary>What a process holds once everything that can be collected is.</summary>
/// <param name="HeapBytes">The objects on the heap.</param>
/// <param name="ResidentBytes">The physical memory of the process, kernel's buffers excluded.</param>
/// <param name="ProcessorMs">The time on a processor so far.</param>
internal sealed record HeldMemory(long HeapBytes, long ResidentBytes, double ProcessorMs)
{
    public static HeldMemory Collect()
    {
        // Before the collection, which is not part of what connections take.
        double processorMs = Environment.CpuUsage.TotalTime.TotalMilliseconds;
        for (int i = 0; i < 3; i++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new HeldMemory(GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet, processorMs);
    }
}
