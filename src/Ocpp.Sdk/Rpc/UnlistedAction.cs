using System.Text.Json;

namespace Ocpp.Rpc;

/// <summary>An action that the protocol does not have.</summary>
internal sealed class UnlistedAction(string name)
    : OcppAction(name, typeof(JsonElement), typeof(JsonElement), OcppParty.None)
{
    public override object? ReadRequest(
        ReadOnlySpan<byte> utf8Json,
        out OcppViolation violation,
        OcppReadOptions? options = null
    ) => throw Unlisted();

    public override object? ReadResponse(
        ReadOnlySpan<byte> utf8Json,
        out OcppViolation violation,
        OcppReadOptions? options = null
    ) => throw Unlisted();

    public override IReadOnlyList<OcppViolation> CheckRequest(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions? options = null
    ) => throw Unlisted();

    public override IReadOnlyList<OcppViolation> CheckResponse(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions? options = null
    ) => throw Unlisted();

    internal override OcppRequestHandler? HandlerOf(HandlerClass handlers) => null;

    internal override OcppRequestHandler HandlerOf(Func<OcppRequestContext, JsonElement, Task<JsonElement>> handler) =>
        new UnlistedHandler(Name, handler);

    internal override Task<JsonElement> CallAsync(
        OcppSession session,
        JsonElement payload,
        OcppCallOptions options,
        CancellationToken cancellationToken
    ) => throw Unlisted();

    private static InvalidOperationException Unlisted() => new("The protocol does not have this action.");
}
