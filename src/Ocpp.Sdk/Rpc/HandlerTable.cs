namespace Ocpp.Rpc;

/// <summary>The actions of a protocol with their handlers: one look-up a message. Immutable.</summary>
internal sealed class HandlerTable
{
    private readonly NameTable<HandledAction> _actions;
    private readonly OcppRequestHandler? _other;
    private readonly OcppRequestDelegate? _pipeline;

    /// <param name="protocol">The protocol.</param>
    /// <param name="handlers">The handlers by their actions.</param>
    /// <param name="pipeline">What <see cref="PipelineOf"/> makes of the filters.</param>
    public HandlerTable(
        OcppProtocol protocol,
        IReadOnlyDictionary<string, OcppRequestHandler> handlers,
        OcppRequestDelegate? pipeline
    )
    {
        Protocol = protocol;
        _other = handlers.GetValueOrDefault(OcppRequestHandler.AnyAction);
        _pipeline = pipeline;
        _actions = new NameTable<HandledAction>(
            protocol.Actions.Select(action =>
                KeyValuePair.Create(
                    action.Name,
                    new HandledAction(action, handlers.GetValueOrDefault(action.Name) ?? _other?.For(action), _pipeline)
                )
            )
        );
    }

    public OcppProtocol Protocol { get; }

    /// <summary>What is called with each request of this side before it is sent; as a rule nothing.</summary>
    public Action<OcppSession, object>? Calling { get; init; }

    /// <summary>Nests filters around the handler of whatever request it is.</summary>
    /// <param name="filters">The filters, the outermost first.</param>
    /// <returns><see langword="null"/> if there are no filters.</returns>
    public static OcppRequestDelegate? PipelineOf(
        IReadOnlyList<Func<OcppRequestDelegate, OcppRequestDelegate>> filters
    ) =>
        filters.Count == 0
            ? null
            : filters
                .Reverse()
                .Aggregate((OcppRequestDelegate)InvokeHandlerAsync, static (next, filter) => filter(next));

    /// <summary>Finds an action by its name on the wire.</summary>
    /// <returns><see langword="null"/> if the protocol has none of that name.</returns>
    public HandledAction? Find(ReadOnlySpan<byte> utf8Name) => _actions.Find(utf8Name);

    /// <summary>What handles an action that the protocol does not have, if anything does.</summary>
    public HandledAction? FindOther(in OcppFrame frame)
    {
        if (_other is null || frame.MessageType != OcppMessageType.Call)
        {
            return null;
        }

        var action = new UnlistedAction(frame.Action);
        return new HandledAction(action, _other.For(action), _pipeline);
    }

    /// <summary>The end of the filters: a filter sees the response in the context.</summary>
    private static async Task InvokeHandlerAsync(OcppRequestContext context)
    {
        Task handling = context.Handler.InvokeAsync(context);
        await handling.ConfigureAwait(false);
        context.TakeResponse(handling);
    }
}
