namespace Ocpp.EveryMessage.Schemas;

/// <param name="IsJson">System.Text.Json takes it.</param>
/// <param name="FitsSchema">NJsonSchema takes it.</param>
/// <param name="Stricter">What this SDK refuses in it beyond that.</param>
internal sealed record Verdict(bool IsJson, bool FitsSchema, IReadOnlySet<Stricter> Stricter)
{
    public bool IsValid => IsJson && FitsSchema && Stricter.Count == 0;
}
