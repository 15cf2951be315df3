namespace Ocpp.Benchmarks.Measuring;

internal static class Operations
{
    public const string Read = "read";
    public const string ReadReversed = "read with its properties in reverse";
    public const string ReadIndented = "read indented";
    public const string Write = "write";
    public const string Deserialize = "deserialize";
    public const string Serialize = "serialize";
}
