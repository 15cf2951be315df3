namespace Ocpp.Certificates.Signing;

/// <summary>A station that is connected, though not by a session of this process.</summary>
/// <param name="Subprotocol">The version that the station speaks, such as <c>ocpp2.0.1</c>.</param>
/// <param name="Caller">Makes calls to the station.</param>
public sealed record RemoteStation(string Subprotocol, IOcppCaller Caller);
