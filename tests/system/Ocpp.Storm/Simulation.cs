using Ocpp.Testing;

namespace Ocpp.Storm;

/// <summary>Makes all tries of all stations, in the order of time on a clock of its own, until each is back.</summary>
internal static class Simulation
{
    private const int StationBits = 31;

    public static void Run(Setting setting, int count, ulong seed, Action<Attempt> tried)
    {
        var clock = new OcppTestClock();
        var csms = new Csms(setting, clock);
        var stations = new Station[count];
        var due = new PriorityQueue<int, long>(count);
        for (int i = 0; i < count; i++)
        {
            stations[i] = new Station(setting.Of(i, seed), setting.HasSecondProfile);
            due.Enqueue(i, Order(setting.LostAt(i, count) + stations[i].Wait(), i));
        }

        long now = 0;
        while (due.TryDequeue(out int number, out long order))
        {
            clock.Advance(TimeSpan.FromMilliseconds((order >> StationBits) - now));
            now = order >> StationBits;
            Station station = stations[number];
            bool isElsewhere = station.IsElsewhere;
            bool isAccepted = csms.Accept(isElsewhere);
            tried(new Attempt(now, number, isElsewhere, isAccepted));
            if (!isAccepted)
            {
                due.Enqueue(number, Order(now + station.Fail(), number));
            }
        }
    }

    /// <summary>By time, and at the same millisecond by station.</summary>
    private static long Order(long time, int station) => (time << StationBits) | (uint)station;
}
