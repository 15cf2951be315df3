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
)
{
    /// <summary>
    /// The difference between two versions of OCPP, which breaks nobody: what each has, without its consequences and
    /// without descriptions.
    /// </summary>
    public SchemaDifference BetweenVersions() =>
        this with
        {
            Added = WithoutConsequences(Added),
            Changed = [.. Changed.Select(type => type with { Changes = WithoutConsequences(type.Changes) })],
            Removed = WithoutConsequences(Removed),
            DescriptionCount = 0,
        };

    private static IReadOnlyList<Change> WithoutConsequences(IReadOnlyList<Change> changes) =>
        [.. changes.Select(change => Change.Harmless(change.What))];
}
