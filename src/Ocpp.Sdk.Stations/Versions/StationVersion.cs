namespace Ocpp.Stations.Versions;

/// <summary>
/// What a version of OCPP offers the parts of a station: its messages, behind records that are the same in all
/// versions. <see cref="Protocol"/> decides which sessions use it.
/// </summary>
public abstract class StationVersion
{
    /// <summary>The protocol. Sessions of it use this version.</summary>
    public abstract OcppProtocol Protocol { get; }

    /// <summary>
    /// What the station says of itself in a BootNotification, apart from the reason: compared by value with what the
    /// CSMS has accepted.
    /// </summary>
    public abstract object Description { get; }

    /// <summary>Sends a BootNotification.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cause">Why it is sent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public abstract Task<StationRegistration> RegisterAsync(
        OcppSession session,
        StationBootCause cause,
        CancellationToken cancellationToken
    );

    /// <summary>Sends a Heartbeat.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The clock of the CSMS.</returns>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public abstract Task<DateTimeOffset> BeatAsync(OcppSession session, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a request asks the station to send a BootNotification: all that a CSMS may send to a station that it has
    /// rejected (B03.FR.08).
    /// </summary>
    /// <param name="request">A request of the CSMS.</param>
    public abstract bool AsksToRegister(object request);

    /// <summary>
    /// Makes a message of another version one of this, such as an event of a transaction that began when the station
    /// and its CSMS had agreed on the other one.
    /// </summary>
    /// <param name="message">The message, with its payload.</param>
    /// <returns>
    /// Its payload in this version; <see langword="null"/> if it has to wait for a session of its own. By default, it
    /// has to.
    /// </returns>
    public virtual ReadOnlyMemory<byte>? Translate(QueuedMessage message) => null;

    /// <summary>Adds handlers of the requests to read, set and report the variables of a device model.</summary>
    /// <param name="handlers">The handlers.</param>
    /// <param name="model">The device model.</param>
    /// <param name="boot">The registration of the station, through which reports are sent.</param>
    /// <exception cref="ArgumentException">One of the requests already has a handler.</exception>
    /// <exception cref="InvalidOperationException">A session uses the handlers already.</exception>
    public abstract void AddDeviceModel(IOcppHandlers handlers, DeviceModel model, StationBoot boot);

    /// <summary>Adds a handler of the request to reset the station (B11, B12).</summary>
    /// <param name="handlers">The handlers.</param>
    /// <param name="reset">What resets the station.</param>
    /// <exception cref="ArgumentException">The request already has a handler.</exception>
    /// <exception cref="InvalidOperationException">A session uses the handlers already.</exception>
    public abstract void AddReset(IOcppHandlers handlers, StationReset reset);
}
