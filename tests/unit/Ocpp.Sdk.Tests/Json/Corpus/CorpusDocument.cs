using Ocpp.Validation;

namespace Ocpp.Tests.Json.Corpus;

/// <summary>One document of the corpus.</summary>
/// <param name="Name">Its name; no other has it.</param>
/// <param name="Bytes">What is to be read: JSON or not, UTF-8 or not.</param>
/// <param name="Expected">The rule that refuses it, where the corpus says so; none when it is to be taken.</param>
internal sealed record CorpusDocument(string Name, byte[] Bytes, OcppRule? Expected = null)
{
    public override string ToString() => $"{Name}: {Convert.ToHexString(Bytes.AsSpan(0, Math.Min(Bytes.Length, 200)))}";
}
