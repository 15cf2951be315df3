namespace Ocpp.AspNetCore;

/// <summary>Which stations there are: implemented by the application. It is asked once for each connection, in a scope of its own.</summary>
public interface IOcppStationStore
{
    /// <summary>Finds a station.</summary>
    /// <param name="identity">Valid as <see cref="OcppIdentity.IsValid"/> says. To be compared without regard to case: <see cref="OcppIdentity.Comparer"/>.</param>
    /// <param name="cancellationToken">Cancelled when the station goes away while it waits.</param>
    /// <returns><see langword="null"/> when there is none of that identity: it gets HTTP 404.</returns>
    ValueTask<OcppStation?> FindAsync(string identity, CancellationToken cancellationToken);
}
