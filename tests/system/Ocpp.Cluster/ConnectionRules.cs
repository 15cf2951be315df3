namespace Ocpp.Cluster;

/// <summary>What must hold for who is connected, once the cluster has come to rest.</summary>
internal static class ConnectionRules
{
    /// <summary>Compares what a node lists with what the stations know of themselves.</summary>
    /// <param name="listed">What the node lists.</param>
    /// <param name="stations">The node that each station is connected to.</param>
    /// <returns>Where they differ.</returns>
    public static IReadOnlyList<string> Compare(
        IReadOnlyList<ListedStation> listed,
        IReadOnlyDictionary<string, string?> stations
    )
    {
        var faults = new List<string>();
        ILookup<string, string?> nodes = listed.ToLookup(one => one.Identity, one => one.Node);
        foreach ((string identity, string? node) in stations)
        {
            string?[] found = [.. nodes[identity]];
            if (!found.SequenceEqual([node]))
            {
                faults.Add($"{identity} is connected to {node ?? "none"}, listed at [{string.Join(", ", found)}]");
            }
        }

        faults.AddRange(
            listed.Where(one => !stations.ContainsKey(one.Identity)).Select(one => $"{one.Identity} is no station")
        );
        return faults;
    }
}
