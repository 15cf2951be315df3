using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>Handles messages that are sent one way.</summary>
internal sealed class OneWayHandler<TMessage>(Func<TMessage, OcppRequestContext, Task> handler)
    : OcppRequestHandler(TMessage.Action, typeof(TMessage))
    where TMessage : class, IOcppOneWayMessage<TMessage>
{
    internal override object? Read(ReadOnlySpan<byte> utf8Json, OcppReadOptions options, out OcppViolation violation) =>
        OcppJson.TryParse(utf8Json, out TMessage? message, out violation, options) ? message : null;

    internal override Task InvokeAsync(OcppRequestContext context) => handler((TMessage)context.Request, context);

    internal override void WriteResponse(
        PooledBuffer output,
        string messageId,
        object? response,
        OcppWriteOptions options
    ) => throw new InvalidOperationException($"{Action} is one-way and has no response.");
}
