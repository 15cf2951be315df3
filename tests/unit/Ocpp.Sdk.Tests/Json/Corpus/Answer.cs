using System.Text.Json;
using Ocpp.Validation;

namespace Ocpp.Tests.Json.Corpus;

/// <summary>What became of a document.</summary>
/// <param name="IsTaken">It was read.</param>
/// <param name="Rule">The rule that refused it, where the door tells.</param>
/// <param name="Value">The value, where the door keeps it.</param>
internal readonly record struct Answer(bool IsTaken, OcppRule? Rule = null, JsonElement? Value = null)
{
    public static Answer Taken(JsonElement? value = null) => new(true, Value: value);

    public static Answer Refused(OcppRule? rule = null) => new(false, rule);
}
