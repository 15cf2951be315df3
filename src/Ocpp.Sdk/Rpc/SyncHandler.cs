namespace Ocpp.Rpc;

/// <summary>Handles requests in a delegate that returns the response.</summary>
internal sealed class SyncHandler<TRequest, TResponse>(Func<TRequest, OcppRequestContext, TResponse> handler)
    : TypedHandler<TRequest, TResponse>
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    internal override Task InvokeAsync(OcppRequestContext context)
    {
        context.Response = handler((TRequest)context.Request, context);
        return Task.CompletedTask;
    }
}
