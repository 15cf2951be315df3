namespace Ocpp.Rpc;

/// <summary>Handles requests in a delegate that returns a task.</summary>
internal sealed class AsyncHandler<TRequest, TResponse>(Func<TRequest, OcppRequestContext, Task<TResponse>> handler)
    : TypedHandler<TRequest, TResponse>
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    // The delegate's own task: another one around it would be made for each request.
    internal override Task InvokeAsync(OcppRequestContext context) => handler((TRequest)context.Request, context);

    internal override object? ResponseOf(Task handling) => (handling as Task<TResponse>)?.Result;
}
