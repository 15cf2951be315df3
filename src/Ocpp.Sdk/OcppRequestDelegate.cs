namespace Ocpp;

/// <summary>
/// Handles a request of the peer: a handler, or a filter around it (<see cref="IOcppHandlers.Use"/>).
/// </summary>
/// <param name="context">
/// The request. <see cref="OcppRequestContext.Response"/> is set when the task has completed.
/// </param>
public delegate Task OcppRequestDelegate(OcppRequestContext context);
