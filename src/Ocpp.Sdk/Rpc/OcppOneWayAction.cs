using System.Text.Json;
using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>An action that nothing answers, with the type of its message.</summary>
/// <typeparam name="TMessage">The message, which names the action.</typeparam>
/// <param name="sender">Who may send the message.</param>
public sealed class OcppOneWayAction<TMessage>(OcppParty sender = OcppParty.None)
    : OcppAction(TMessage.Action, typeof(TMessage), responseType: null, sender)
    where TMessage : class, IOcppOneWayMessage<TMessage>
{
    /// <inheritdoc/>
    public override object? ReadRequest(
        ReadOnlySpan<byte> utf8Json,
        out OcppViolation violation,
        OcppReadOptions? options = null
    ) => OcppJson.TryParse(utf8Json, out TMessage? message, out violation, options) ? message : null;

    /// <summary>There is no response to read.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override object? ReadResponse(
        ReadOnlySpan<byte> utf8Json,
        out OcppViolation violation,
        OcppReadOptions? options = null
    ) => throw NoResponse();

    /// <inheritdoc/>
    public override IReadOnlyList<OcppViolation> CheckRequest(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions? options = null
    ) => OcppJson.Check<TMessage>(utf8Json, options);

    /// <summary>There is no response to check.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override IReadOnlyList<OcppViolation> CheckResponse(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions? options = null
    ) => throw NoResponse();

    internal override OcppRequestHandler? HandlerOf(HandlerClass handlers)
    {
        if (handlers.Instance is IOcppOneWayHandler<TMessage> single)
        {
            return new OneWayHandler<TMessage>(single.HandleAsync);
        }

        return !typeof(IOcppOneWayHandler<TMessage>).IsAssignableFrom(handlers.Type)
            ? null
            : new OneWayHandler<TMessage>(
                async (message, context) =>
                {
                    HandlerLease lease = handlers.Open();
                    await using (lease.ConfigureAwait(false))
                    {
                        await ((IOcppOneWayHandler<TMessage>)lease.Handler)
                            .HandleAsync(message, context)
                            .ConfigureAwait(false);
                    }
                }
            );
    }

    internal override OcppRequestHandler HandlerOf(Func<OcppRequestContext, JsonElement, Task<JsonElement>> handler) =>
        new OneWayHandler<TMessage>((message, context) => handler(context, JsonPayload.ToElement(message)));

    internal override Task<JsonElement> CallAsync(
        OcppSession session,
        JsonElement payload,
        OcppCallOptions options,
        CancellationToken cancellationToken
    ) => throw new ArgumentException($"{Name} is one-way and has no response: it can't be called.");

    private InvalidOperationException NoResponse() => new($"{Name} is one-way and has no response.");
}
