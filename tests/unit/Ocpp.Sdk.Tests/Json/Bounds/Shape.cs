namespace Ocpp.Tests.Json.Bounds;

/// <summary>A kind of input that could take more than its size to read, at any size.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Make">Makes about as many bytes of it as told.</param>
/// <param name="Read">Reads it, and gives what was read or what is wrong.</param>
internal sealed record Shape(string Name, Func<int, byte[]> Make, Func<byte[], object?> Read)
{
    public override string ToString() => Name;
}
