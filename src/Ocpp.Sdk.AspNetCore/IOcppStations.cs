using System.Text.Json;

namespace Ocpp.AspNetCore;

/// <summary>
/// The stations of a CSMS: whether one is connected, and calls to it. A singleton of the application's services, for
/// whatever has no <see cref="OcppSession"/> of the station at hand. Identities are compared without regard to case.
/// Thread-safe.
/// </summary>
/// <remarks>
/// <c>AddOcpp</c> registers the stations that are connected to this process. A CSMS that runs on several nodes replaces
/// it with all stations of its cluster, so that an application which uses only this interface runs on one node or many.
/// </remarks>
public interface IOcppStations
{
    /// <summary>Whether stations may be connected to other nodes than this process.</summary>
    bool SpansNodes { get; }

    /// <summary>Calls a station. Calls to one station are sent in the order in which they are made here.</summary>
    /// <param name="identity">The identity of the station.</param>
    /// <param name="request">The request, in the version of OCPP that the station speaks.</param>
    /// <param name="options">How the call is made. Defaults to <see cref="OcppCallOptions.Default"/>.</param>
    /// <param name="cancellationToken">
    /// Gives up the call. A request that was sent already can't be taken back: the station may do what it asks.
    /// </param>
    /// <returns>The response.</returns>
    /// <exception cref="OcppStationNotConnectedException">The station is not connected. Nothing was sent.</exception>
    /// <exception cref="OcppConnectionClosedException">
    /// The connection was closed before the answer came, or the node that holds it was lost.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The request is not one of the version that the station speaks. Nothing was sent.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// The call is to be signed (<see cref="OcppCallOptions.Signer"/>), and the station is connected to another node.
    /// Nothing was sent.
    /// </exception>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)"
    /// path="/exception[@cref='T:Ocpp.OcppCallErrorException' or @cref='T:Ocpp.OcppTimeoutException'
    /// or @cref='T:Ocpp.OcppInvalidResponseException' or @cref='T:Ocpp.OcppValidationException'
    /// or @cref='T:Ocpp.OcppQueueFullException']"/>
    Task<TResponse> CallAsync<TRequest, TResponse>(
        string identity,
        IOcppRequest<TRequest, TResponse> request,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>;

    /// <summary>
    /// Calls a station with an action that is known only at run time. Request and response are validated as those of
    /// the other overload are.
    /// </summary>
    /// <param name="identity">The identity of the station.</param>
    /// <param name="action">The action, such as <c>Reset</c>. Case-sensitive.</param>
    /// <param name="payload">The request.</param>
    /// <param name="options">How the call is made, as with the other overload.</param>
    /// <param name="cancellationToken">Gives up the call, as with the other overload.</param>
    /// <exception cref="ArgumentException">
    /// The version that the station speaks has no such action, or the action goes one way. Nothing was sent.
    /// </exception>
    /// <inheritdoc cref="CallAsync{T, R}(string, IOcppRequest{T, R}, OcppCallOptions?, CancellationToken)"
    /// path="/*[self::returns or self::exception[@cref!='T:System.InvalidOperationException']]"/>
    Task<JsonElement> CallAsync(
        string identity,
        string action,
        JsonElement payload,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Finds out whether a station is connected, and how.</summary>
    /// <returns><see langword="null"/> if it is not connected.</returns>
    ValueTask<OcppStationConnection?> FindAsync(string identity, CancellationToken cancellationToken = default);

    /// <summary>Lists the stations that are connected, in the order of their identities.</summary>
    /// <param name="after">
    /// The identity behind which the page begins (<see cref="OcppStationPage.Next"/> of the page before);
    /// <see langword="null"/> for the first page.
    /// </param>
    /// <param name="max">The maximum number of stations in the page; from 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is out of its range.</exception>
    ValueTask<OcppStationPage> ListAsync(
        string? after = null,
        int max = 100,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Closes the connection of a station, in order: outstanding answers are waited for, as
    /// <see cref="OcppSession.CloseAsync"/> does. The station may connect again.
    /// </summary>
    /// <returns><see langword="false"/> if the station is not connected.</returns>
    ValueTask<bool> DisconnectAsync(string identity, CancellationToken cancellationToken = default);

    /// <summary>
    /// Watches connections: each change from when the enumeration begins, those of one station in their order. It ends
    /// when it is cancelled. What was connected before is listed by <see cref="ListAsync"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Too many changes wait to be read, so that some would be lost. List the stations, and watch again.
    /// </exception>
    IAsyncEnumerable<OcppStationChange> WatchAsync(CancellationToken cancellationToken = default);
}
