using System.Numerics;

namespace Ocpp.Tests.Json.Bounds;

/// <summary>
/// Names that all have one hash in the dictionaries of .NET, as long as these hash without a random seed: they do until
/// they meet a hundred collisions.
/// </summary>
internal static class CollidingNames
{
    // string.GetNonRandomizedHashCode takes four characters at a time into two hashes of 32 bits; the first begins with
    // this, and takes the first and third pair of eight characters.
    private const uint Start = (5381 << 16) + 5381;

    private const uint End = 0x5A17C0DE;

    private const string Seconds = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static IEnumerable<string> All()
    {
        for (char first = '\u4E00'; first < '\u9FA5'; first++)
        {
            foreach (char second in Seconds)
            {
                // The third pair is what is missing to the same end.
                uint hash = Step(Start) ^ (first | ((uint)second << 16));
                uint third = Step(hash) ^ End;
                char fifth = (char)third;
                char sixth = (char)(third >> 16);
                if (IsPlain(fifth) && IsPlain(sixth))
                {
                    yield return $"{first}{second}aa{fifth}{sixth}aa";
                }
            }
        }
    }

    private static uint Step(uint hash) => BitOperations.RotateLeft(hash, 5) + hash;

    /// <summary>It stands in JSON as it is.</summary>
    private static bool IsPlain(char c) => c > '\u007F' && !char.IsSurrogate(c);
}
