namespace Ocpp.Tool.Schemas;

/// <summary>What changed from one folder of schemas to another.</summary>
/// <param name="DescriptionCount">How many types and fields are described in other words.</param>
internal sealed record SchemaDifference(
    IReadOnlyList<Change> Added, IReadOnlyList<TypeChanges> Changed, IReadOnlyList<Change> Removed, int DescriptionCount);
