using Ocpp.Rpc;

namespace Ocpp.Versions;

/// <summary>
/// The messages of DataTransfer in a version of OCPP. A vendor's protocol has its own by overriding
/// <see cref="OcppProtocol.DataTransfer"/> in a part of the generated class.
/// </summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public abstract class OcppDataTransferMessages<TRequest, TResponse> : OcppDataTransferMessages
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    internal sealed override Type RequestType => typeof(TRequest);

    /// <summary>Reads a request of this version.</summary>
    /// <param name="request">The request.</param>
    protected internal abstract OcppVendorRequest Read(TRequest request);

    /// <summary>Makes a request of this version.</summary>
    /// <param name="request">What is in it.</param>
    protected internal abstract TRequest Create(OcppVendorRequest request);

    /// <summary>Reads a response of this version.</summary>
    /// <param name="response">The response.</param>
    protected internal abstract OcppVendorResponse Read(TResponse response);

    /// <summary>Makes a response of this version.</summary>
    /// <param name="response">What is in it.</param>
    protected internal abstract TResponse Create(OcppVendorResponse response);

    internal sealed override OcppRequestHandler HandlerOf(VendorRoutes routes) =>
        new DataTransferHandler<TRequest, TResponse>(this, routes);

    internal sealed override async Task<OcppVendorResponse> CallAsync(
        IOcppCaller caller,
        OcppVendorRequest request,
        OcppCallOptions options,
        CancellationToken cancellationToken
    ) => Read(await caller.CallAsync(Create(request), options, cancellationToken).ConfigureAwait(false));
}
