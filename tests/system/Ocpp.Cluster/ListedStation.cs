namespace Ocpp.Cluster;

/// <summary>A station, and the node that holds its connection.</summary>
internal sealed record ListedStation(string Identity, string? Node);
