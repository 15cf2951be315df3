namespace Ocpp.Rpc;

/// <summary>The actions of a protocol with their handlers: one look-up a message. Immutable.</summary>
internal sealed class HandlerTable
{
    private readonly NameTable<HandledAction> _actions;

    /// <param name="protocol">The protocol.</param>
    /// <param name="handlers">The handlers by their actions.</param>
    /// <param name="filters">The filters, the outermost first.</param>
    public HandlerTable(
        OcppProtocol protocol,
        IReadOnlyDictionary<string, OcppRequestHandler> handlers,
        IReadOnlyList<Func<OcppRequestDelegate, OcppRequestDelegate>> filters)
    {
        Protocol = protocol;
        OcppRequestDelegate? pipeline = filters.Count == 0 ? null : filters.Reverse().Aggregate(
            (OcppRequestDelegate)InvokeHandlerAsync, static (next, filter) => filter(next));
        _actions = new NameTable<HandledAction>(protocol.Actions.Select(action => KeyValuePair.Create(
            action.Name, new HandledAction(action, handlers.GetValueOrDefault(action.Name), pipeline))));
    }

    public OcppProtocol Protocol { get; }

    /// <summary>Finds an action by its name on the wire.</summary>
    /// <returns><see langword="null"/> if the protocol has none of that name.</returns>
    public HandledAction? Find(ReadOnlySpan<byte> utf8Name) => _actions.Find(utf8Name);

    /// <summary>The end of the filters: a filter sees the response in the context.</summary>
    private static async Task InvokeHandlerAsync(OcppRequestContext context)
    {
        Task handling = context.Handler.InvokeAsync(context);
        await handling.ConfigureAwait(false);
        context.Response ??= context.Handler.ResponseOf(handling);
    }
}
