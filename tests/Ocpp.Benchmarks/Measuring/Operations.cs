namespace Ocpp.Benchmarks.Measuring;

internal static class Operations
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Deserialize = "deserialize";
    public const string Serialize = "serialize";
}
