using Ocpp.Versions;

namespace Ocpp.Rpc;

/// <summary>Handles the messages of vendors in a version of OCPP.</summary>
internal sealed class DataTransferHandler<TRequest, TResponse>(
    OcppDataTransferMessages<TRequest, TResponse> messages,
    VendorRoutes routes
) : TypedHandler<TRequest, TResponse>
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    private readonly VendorRoutes _routes = routes;

    internal override async Task InvokeAsync(OcppRequestContext context)
    {
        OcppVendorRequest request = messages.Read((TRequest)context.Request);
        context.Response = messages.Create(await _routes.HandleAsync(request, context).ConfigureAwait(false));
    }

    internal override bool TryJoin(OcppRequestHandler other)
    {
        if (other is not DataTransferHandler<TRequest, TResponse> more)
        {
            return false;
        }

        _routes.Add(more._routes);
        return true;
    }
}
