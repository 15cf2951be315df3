using System.Buffers.Binary;
using System.Numerics;

namespace Ocpp.Stations.Storage;

/// <summary>The checksum CRC-32C.</summary>
internal static class Crc32C
{
    /// <summary>What a checksum begins with.</summary>
    public const uint Seed = uint.MaxValue;

    /// <summary>The checksum of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed">The state after what comes before them.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint seed = Seed)
    {
        uint crc = seed;
        ReadOnlySpan<byte> rest = bytes;
        while (rest.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            rest = rest[sizeof(ulong)..];
        }

        foreach (byte one in rest)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
