namespace Ocpp.Benchmarks.Reporting;

/// <param name="Text">What is to be reached.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="IsMet">Whether it is enough.</param>
internal sealed record Goal(string Text, string Measured, bool IsMet);
