namespace Ocpp.Rpc;

/// <summary>Observes which requests of the peer were answered, and with what.</summary>
/// <param name="session">The session that answered.</param>
/// <param name="action">The action of the request.</param>
/// <param name="response">The response that was sent.</param>
public delegate void OcppRequestAnswered(OcppSession session, string action, object response);
