namespace Ocpp.Soak;

/// <summary>What the CSMS saw up to now.</summary>
/// <param name="Handled">Requests that its handlers took.</param>
/// <param name="Cuts">Connections that it cut.</param>
/// <param name="Connected">Stations that are connected.</param>
/// <param name="HeapBytes">The managed heap after a collection.</param>
/// <param name="Unobserved">Exceptions that no one looked at.</param>
internal sealed record CsmsCounts(int Handled, int Cuts, int Connected, long HeapBytes, int Unobserved);
