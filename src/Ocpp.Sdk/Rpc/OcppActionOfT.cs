using System.Text.Json;
using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>An action with the types of its payloads.</summary>
/// <typeparam name="TRequest">The request, which names the action.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
/// <param name="sender">Who may send the request.</param>
public sealed class OcppAction<TRequest, TResponse>(OcppParty sender = OcppParty.None)
    : OcppAction(TRequest.Action, typeof(TRequest), typeof(TResponse), sender)
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    /// <inheritdoc/>
    public override object? ReadRequest(
        ReadOnlySpan<byte> utf8Json,
        out OcppViolation violation,
        OcppReadOptions? options = null
    ) => OcppJson.TryParse(utf8Json, out TRequest? request, out violation, options) ? request : null;

    /// <inheritdoc/>
    public override object? ReadResponse(
        ReadOnlySpan<byte> utf8Json,
        out OcppViolation violation,
        OcppReadOptions? options = null
    ) => OcppJson.TryParse(utf8Json, out TResponse? response, out violation, options) ? response : null;

    /// <inheritdoc/>
    public override IReadOnlyList<OcppViolation> CheckRequest(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions? options = null
    ) => OcppJson.Check<TRequest>(utf8Json, options);

    /// <inheritdoc/>
    public override IReadOnlyList<OcppViolation> CheckResponse(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions? options = null
    ) => OcppJson.Check<TResponse>(utf8Json, options);

    internal override OcppRequestHandler? HandlerOf(HandlerClass handlers)
    {
        if (handlers.Instance is IOcppHandler<TRequest, TResponse> single)
        {
            return new AsyncHandler<TRequest, TResponse>(single.HandleAsync);
        }

        return !typeof(IOcppHandler<TRequest, TResponse>).IsAssignableFrom(handlers.Type)
            ? null
            : new AsyncHandler<TRequest, TResponse>(
                async (request, context) =>
                {
                    HandlerLease lease = handlers.Open();
                    await using (lease.ConfigureAwait(false))
                    {
                        var handler = (IOcppHandler<TRequest, TResponse>)lease.Handler;
                        return await handler.HandleAsync(request, context).ConfigureAwait(false);
                    }
                }
            );
    }

    internal override OcppRequestHandler HandlerOf(Func<OcppRequestContext, JsonElement, Task<JsonElement>> handler) =>
        new AsyncHandler<TRequest, TResponse>(
            async (request, context) =>
            {
                JsonElement response = await handler(context, JsonPayload.ToElement(request)).ConfigureAwait(false);
                return JsonPayload.Read<TResponse>(response, JsonPayload.ReadOptionsFor(context.Session.WriteOptions));
            }
        );

    internal override async Task<JsonElement> CallAsync(
        OcppSession session,
        JsonElement payload,
        OcppCallOptions options,
        CancellationToken cancellationToken
    )
    {
        TRequest request = JsonPayload.Read<TRequest>(payload, JsonPayload.ReadOptionsFor(session.WriteOptions));
        return JsonPayload.ToElement(
            await session.CallAsync<TRequest, TResponse>(request, options, cancellationToken).ConfigureAwait(false)
        );
    }
}
