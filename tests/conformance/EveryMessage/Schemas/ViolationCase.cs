using Ocpp.EveryMessage.Wire;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>A payload with exactly one thing wrong in it.</summary>
/// <param name="What">What is wrong, for a failing test's message.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Expected">The violation that must be found.</param>
/// <param name="Stricter">Why NJsonSchema takes it, if it does.</param>
internal sealed record ViolationCase(string What, WireObject Payload, OcppViolation Expected, Stricter? Stricter = null)
{
    public override string ToString() => $"{What} at {Expected.Path}";
}
