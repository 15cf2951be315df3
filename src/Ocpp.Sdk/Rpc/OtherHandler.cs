using System.Text.Json;
using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>Handles the requests of all actions that have no other handler.</summary>
internal sealed class OtherHandler(Func<OcppRequestContext, JsonElement, Task<JsonElement>> handler)
    : OcppRequestHandler(AnyAction, typeof(JsonElement))
{
    public override bool IsFor(OcppProtocol protocol) => true;

    internal override OcppRequestHandler For(OcppAction action) => action.HandlerOf(handler);

    internal override object? Read(ReadOnlySpan<byte> utf8Json, OcppReadOptions options, out OcppViolation violation) =>
        throw new InvalidOperationException("Each action has a handler of its own.");

    internal override Task InvokeAsync(OcppRequestContext context) =>
        throw new InvalidOperationException("Each action has a handler of its own.");

    internal override void WriteResponse(
        PooledBuffer output,
        string messageId,
        object? response,
        OcppWriteOptions options
    ) => throw new InvalidOperationException("Each action has a handler of its own.");
}
