using Ocpp.Json;

namespace Ocpp.Rpc;

/// <inheritdoc/>
internal sealed class OneWayReader<TMessage>(Func<TMessage, OcppSession, CancellationToken, Task> handler) : RequestReader
    where TMessage : class, IOcppOneWayMessage<TMessage>
{
    public override IncomingRequest? Read(
        ReadOnlySpan<byte> utf8Json, string messageId, OcppReadOptions options, out OcppViolation violation) =>
        OcppJson.TryParse(utf8Json, out TMessage? message, out violation, options) ? new Incoming(messageId, message, handler) : null;

    private sealed class Incoming(string messageId, TMessage message, Func<TMessage, OcppSession, CancellationToken, Task> handler)
        : IncomingRequest(messageId, TMessage.Action)
    {
        public override object Message => message;

        public override bool IsOneWay => true;

        public override Task HandleAsync(OcppSession session, CancellationToken cancellationToken) =>
            handler(message, session, cancellationToken);

        public override object WriteAnswer(PooledBuffer output, OcppWriteOptions options) =>
            throw new InvalidOperationException($"{Action} goes one way.");
    }
}
