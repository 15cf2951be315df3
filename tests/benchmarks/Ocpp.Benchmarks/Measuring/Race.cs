using Ocpp.Benchmarks.Contenders;

namespace Ocpp.Benchmarks.Measuring;

/// <summary>An operation on a payload, and those who do it.</summary>
/// <param name="Payload">The payload's name.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Size">The size of what is read or written, in bytes.</param>
/// <param name="Base">The contender that the ratios are to.</param>
/// <param name="Contenders">All of them.</param>
internal sealed record Race(
    string Payload,
    string Operation,
    int Size,
    string Base,
    IReadOnlyList<Contender> Contenders
)
{
    /// <summary>The race between the SDK and the base alone.</summary>
    public Race Bare() =>
        this with
        {
            Contenders = [.. Contenders.Where(one => one.Name == Base || one.Name == ContenderNames.Sdk)],
        };
}
