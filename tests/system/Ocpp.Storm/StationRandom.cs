namespace Ocpp.Storm;

/// <summary>
/// The random parts of one station's waits (SplitMix64): they depend on the seed and the station alone, not on what
/// other stations do.
/// </summary>
internal sealed class StationRandom(ulong seed, int station) : Random
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state = Mix(Mix(seed + Step) + ((ulong)station * Step));

    public override double NextDouble() => (Mix(_state += Step) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
