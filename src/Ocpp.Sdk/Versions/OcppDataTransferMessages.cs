using Ocpp.Rpc;

namespace Ocpp.Versions;

/// <summary>
/// How vendors' own messages are transferred in a version of OCPP, for code that knows no version. Implemented by
/// <see cref="OcppDataTransferMessages{TRequest, TResponse}"/>.
/// </summary>
public abstract class OcppDataTransferMessages
{
    private protected OcppDataTransferMessages() { }

    /// <summary>Whether the data is a text, which has the JSON in it, and not any JSON value.</summary>
    public virtual bool IsDataText => false;

    /// <summary>The type of the request.</summary>
    internal abstract Type RequestType { get; }

    internal abstract OcppRequestHandler HandlerOf(VendorRoutes routes);

    internal abstract Task<OcppVendorResponse> CallAsync(
        IOcppCaller caller,
        OcppVendorRequest request,
        OcppCallOptions options,
        CancellationToken cancellationToken
    );
}
