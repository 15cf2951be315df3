using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ocpp.Benchmarks.Measuring;

/// <summary>
/// The time that the current thread spent on a processor, where the system tells it finely enough: what other processes
/// took does not count. Elsewhere the time that passed.
/// </summary>
internal static class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID of time.h.
    private const int LinuxThreadTime = 3;

    /// <summary>Whether the clock stops while other threads have the processor.</summary>
    public static bool IsThreadTime { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    public static long Nanoseconds
    {
        get
        {
            if (!IsThreadTime)
            {
                return (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
            }

            return GetTime(LinuxThreadTime, out TimeSpec time) == 0
                ? (time.Seconds * 1_000_000_000) + time.Nanoseconds
                : throw new InvalidOperationException("The thread's clock can't be read.");
        }
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
