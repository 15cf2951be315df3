namespace Ocpp.Benchmarks.Measuring;

/// <param name="Rounds">How often every contender runs a batch.</param>
/// <param name="Batch">How long a batch is to take.</param>
/// <param name="LongestWarmUp">When to start even though the JIT still compiles.</param>
/// <param name="Processes">How many processes measure what a process does once only.</param>
internal sealed record Settings(int Rounds, TimeSpan Batch, TimeSpan LongestWarmUp, int Processes)
{
    public static Settings Full { get; } =
        new(101, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(60), Processes: 15);

    public static Settings Short { get; } =
        new(31, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(20), Processes: 3);
}
