namespace Ocpp.Fuzz.Inputs;

/// <summary>
/// Random sources that depend on the seed and the iteration alone, so that each iteration can be had again by itself.
/// </summary>
internal static class Draw
{
    public static Random For(ulong seed, long iteration)
    {
        // SplitMix64: neighbouring iterations have nothing in common.
        ulong state = (seed * 0x9E3779B97F4A7C15) + ((ulong)iteration * 0xD1B54A32D192ED03);
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(state ^ (state >> 31)));
    }

    public static T From<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
