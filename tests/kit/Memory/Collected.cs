using System.Diagnostics;

namespace Ocpp.TestKit;

/// <summary>
/// Waits for the garbage collector: what has just ended may still be on the stack of a thread that had no turn yet.
/// </summary>
internal static class Collected
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> isCollected)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (isCollected())
            {
                return;
            }

            await Task.Delay(10);
        } while (Stopwatch.GetElapsedTime(start) < s_patience);

        Assert.Fail("Something is still alive.");
    }
}
