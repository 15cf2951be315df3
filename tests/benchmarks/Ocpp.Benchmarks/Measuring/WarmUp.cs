using System.Diagnostics;
using System.Runtime;
using Ocpp.Benchmarks.Contenders;

namespace Ocpp.Benchmarks.Measuring;

/// <summary>
/// Runs everything in turn until the JIT has nothing left to compile. All payloads come first and are timed afterwards,
/// so that code which they share is optimised for the mix, as it is in an application.
/// </summary>
internal static class WarmUp
{
    private static readonly TimeSpan _turn = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(2);

    // The runtime waits 100 ms without new methods before it optimises those called often: this is long enough to tell.
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(1);

    /// <returns>Whether the JIT settled.</returns>
    public static bool Run(IReadOnlyList<Race> races, TimeSpan longest)
    {
        Contender[] contenders = [.. races.SelectMany(race => race.Contenders)];
        var total = Stopwatch.StartNew();
        var quiet = Stopwatch.StartNew();
        long compiled = JitInfo.GetCompiledMethodCount();
        while (total.Elapsed < longest)
        {
            foreach (Contender contender in contenders)
            {
                Batch.Calibrate(contender.Run, _turn);
            }

            long now = JitInfo.GetCompiledMethodCount();
            if (now != compiled)
            {
                compiled = now;
                quiet.Restart();
            }
            else if (quiet.Elapsed >= _quiet && total.Elapsed >= _least)
            {
                return true;
            }
        }

        return false;
    }
}
