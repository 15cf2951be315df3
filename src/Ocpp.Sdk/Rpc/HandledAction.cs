namespace Ocpp.Rpc;

/// <summary>An action of the protocol with what handles it, if anything does.</summary>
/// <param name="action">The action.</param>
/// <param name="handler">Its handler.</param>
/// <param name="pipeline">All filters, which end with the handler of the request; none if there are no filters.</param>
internal sealed class HandledAction(OcppAction action, OcppRequestHandler? handler, OcppRequestDelegate? pipeline)
{
    public OcppAction Action { get; } = action;

    public OcppRequestHandler? Handler { get; } = handler;

    /// <summary>Handles a request of this action, with the filters around it.</summary>
    public OcppRequestDelegate? Invoke { get; } = handler is null ? null : pipeline ?? handler.InvokeAsync;
}
