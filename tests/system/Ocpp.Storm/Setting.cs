namespace Ocpp.Storm;

/// <summary>How the connections are lost, how the stations wait, and what the CSMS accepts.</summary>
/// <param name="Name">The setting in words.</param>
internal sealed record Setting(string Name)
{
    private static readonly OcppClientOptions s_defaults = new()
    {
        Url = new Uri("wss://west.example.com/ocpp"),
        Identity = "CS",
    };

    /// <summary>The back-off, and the network profile of the region that is lost.</summary>
    public OcppClientOptions Options { get; init; } = s_defaults;

    /// <summary>How many connections the CSMS accepts in a second; it refuses the rest. No limit by default.</summary>
    public int AcceptsASecond { get; init; } = int.MaxValue;

    /// <summary>The time over which the connections are lost in turn: <c>OcppOptions.ShutdownSpread</c>.</summary>
    public TimeSpan Spread { get; init; }

    /// <summary>For how long, after the first connection is lost, none is accepted.</summary>
    public TimeSpan Outage { get; init; }

    /// <summary>
    /// The region does not come back: after <see cref="OcppClientOptions.ConnectionAttempts"/> failed tries a station
    /// turns to the network profile of another region, and after as many there, back.
    /// </summary>
    public bool HasSecondProfile { get; init; }

    /// <summary>What is printed, for as many stations as the CSMS can accept in 200 seconds.</summary>
    public static IReadOnlyList<Setting> All(int stations)
    {
        int limit = Math.Max(1, stations / 200);
        OcppClientOptions wide = s_defaults with { RetryBackOffRandomRange = TimeSpan.FromSeconds(300) };
        OcppClientOptions flat = s_defaults with { RetryBackOffRepeatTimes = 3 };
        var spread = TimeSpan.FromSeconds(300);
        var outage = TimeSpan.FromMinutes(10);
        return
        [
            new Setting("the defaults"),
            new Setting("the defaults") { AcceptsASecond = limit },
            new Setting("waits doubled 3 times") { Options = flat, AcceptsASecond = limit },
            new Setting("a random range of 300 s") { Options = wide, AcceptsASecond = limit },
            new Setting("closed over 300 s") { Spread = spread, AcceptsASecond = limit },
            new Setting("10 minutes without a CSMS") { Outage = outage },
            new Setting("10 minutes without a CSMS") { Outage = outage, AcceptsASecond = limit },
            new Setting("10 minutes without a CSMS, a random range of 300 s")
            {
                Options = wide,
                Outage = outage,
                AcceptsASecond = limit,
            },
            new Setting("another region after 3 tries") { HasSecondProfile = true, AcceptsASecond = limit },
            new Setting("another region after 3 tries, a random range of 300 s")
            {
                Options = wide,
                HasSecondProfile = true,
                AcceptsASecond = limit,
            },
        ];
    }

    /// <summary>When a station's connection is lost, after that of the first, in milliseconds.</summary>
    public long LostAt(int station, int stations) => (long)(station * Spread / stations).TotalMilliseconds;

    /// <summary>The options of a station.</summary>
    public OcppClientOptions Of(int station, ulong seed) => Options with { Random = new StationRandom(seed, station) };

    public override string ToString() =>
        AcceptsASecond == int.MaxValue ? $"{Name}, no limit" : $"{Name}, at most {AcceptsASecond} accepted a second";
}
