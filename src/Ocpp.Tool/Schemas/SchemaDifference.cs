namespace Ocpp.Tool.Schemas;

/// <summary>What changed from one folder of schemas to another.</summary>
/// <param name="SenderNamedCount">How many messages now say who sends them, and did not.</param>
/// <param name="SenderLostCount">How many messages said who sends them, and no longer do.</param>
/// <param name="DescriptionCount">How many types and fields are described in other words.</param>
internal sealed record SchemaDifference(
    IReadOnlyList<Change> Added,
    IReadOnlyList<TypeChanges> Changed,
    IReadOnlyList<Change> Removed,
    int SenderNamedCount,
    int SenderLostCount,
    int DescriptionCount
);
