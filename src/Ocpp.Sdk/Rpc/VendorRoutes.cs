using Ocpp.Versions;

namespace Ocpp.Rpc;

/// <summary>The handlers of vendors' messages. Filled before the first session, and not changed afterwards.</summary>
internal sealed class VendorRoutes
{
    // CiString in OCPP 1.6, identifierString later: neither depends on the case.
    private readonly Dictionary<string, Dictionary<string, VendorHandler>> _vendors = new(
        StringComparer.OrdinalIgnoreCase
    );

    /// <exception cref="ArgumentException">The message already has a handler.</exception>
    public void Add(string vendorId, string? messageId, VendorHandler handler)
    {
        if (!_vendors.TryGetValue(vendorId, out Dictionary<string, VendorHandler>? messages))
        {
            _vendors[vendorId] = messages = new(StringComparer.OrdinalIgnoreCase);
        }

        // An empty name and none are the same.
        if (!messages.TryAdd(messageId ?? "", handler))
        {
            throw new ArgumentException($"The message '{messageId}' of {vendorId} already has a handler.");
        }
    }

    /// <inheritdoc cref="Add(string, string?, VendorHandler)"/>
    public void Add(VendorRoutes more)
    {
        foreach ((string vendorId, Dictionary<string, VendorHandler> messages) in more._vendors)
        {
            foreach ((string messageId, VendorHandler handler) in messages)
            {
                Add(vendorId, messageId, handler);
            }
        }
    }

    /// <summary>Finds the handler of a message, and responds with what it ends with.</summary>
    public async Task<OcppVendorResponse> HandleAsync(OcppVendorRequest request, OcppRequestContext context)
    {
        if (!_vendors.TryGetValue(request.VendorId, out Dictionary<string, VendorHandler>? messages))
        {
            return new OcppVendorResponse(OcppDataTransferStatus.UnknownVendorId);
        }

        if (!messages.TryGetValue(request.MessageId ?? "", out VendorHandler? handler))
        {
            return new OcppVendorResponse(OcppDataTransferStatus.UnknownMessageId);
        }

        try
        {
            OcppVendorData data = await handler(request.Data, context).ConfigureAwait(false);
            return new OcppVendorResponse(OcppDataTransferStatus.Accepted, data);
        }
        catch (OcppDataTransferException exception)
        {
            // A reason needs a code on the wire.
            string? code =
                exception.ReasonCode ?? (exception.Reason is null ? null : nameof(OcppDataTransferStatus.Rejected));
            return new OcppVendorResponse(exception.Status, ReasonCode: code, Reason: exception.Reason);
        }
    }
}
