namespace Ocpp.Benchmarks.Contenders;

/// <summary>One way to do an operation once.</summary>
/// <param name="Name">The name in tables and in the JSON output.</param>
/// <param name="Run">Does it; gives what was built, when something was.</param>
internal sealed record Contender(string Name, Func<object?> Run);
