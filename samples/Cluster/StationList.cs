namespace Cluster;

/// <summary>The stations that are connected.</summary>
/// <param name="Node">The node that was asked.</param>
/// <param name="NodeOf">Which node holds the connection of each station, by identity.</param>
internal sealed record StationList(string Node, Dictionary<string, string> NodeOf)
{
    /// <summary>The stations of a node.</summary>
    public IReadOnlyList<string> On(string node) => [.. NodeOf.Where(one => one.Value == node).Select(one => one.Key)];
}
