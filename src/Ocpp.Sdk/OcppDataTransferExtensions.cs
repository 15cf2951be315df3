using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.Versions;

namespace Ocpp;

/// <summary>
/// Messages that a vendor has defined, in DataTransfer (part 2, P01 and P02), with types of the application. The
/// data is their JSON: as a JSON value, or in OCPP 1.6 as a text; a <see cref="string"/> is the text itself there.
/// </summary>
public static class OcppDataTransferExtensions
{
    /// <summary>
    /// Handles a message of a vendor, in every protocol of these handlers that has DataTransfer. A message of another
    /// vendor is answered with UnknownVendorId, another one of this vendor with UnknownMessageId, and one whose data is
    /// missing or not of the type with Rejected. Vendors and messages are compared without regard to case.
    /// </summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="vendorId">The vendor.</param>
    /// <param name="messageId">The message; <see langword="null"/> for one without a name.</param>
    /// <param name="requestType">The type of the data, such as <c>MyJsonContext.Default.MyRequest</c>.</param>
    /// <param name="responseType">The type of the data in the response.</param>
    /// <param name="handler">
    /// Gets the data, and returns that of the response; <see langword="null"/> for none. The message is accepted,
    /// unless the handler throws an <see cref="OcppDataTransferException"/>.
    /// </param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">
    /// The message or DataTransfer as a whole already has a handler, or no protocol has DataTransfer.
    /// </exception>
    /// <exception cref="InvalidOperationException">A session uses these handlers already.</exception>
    public static IOcppHandlers OnDataTransfer<TRequest, TResponse>(
        this IOcppHandlers handlers,
        string vendorId,
        string? messageId,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        Func<TRequest, OcppRequestContext, Task<TResponse?>> handler
    )
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentException.ThrowIfNullOrEmpty(vendorId);
        ArgumentNullException.ThrowIfNull(requestType);
        ArgumentNullException.ThrowIfNull(responseType);
        ArgumentNullException.ThrowIfNull(handler);
        OcppDataTransferMessages[] versions =
        [
            .. handlers
                .Protocols.Select(protocol => protocol.DataTransfer)
                .OfType<OcppDataTransferMessages>()
                .DistinctBy(messages => messages.RequestType),
        ];
        if (versions.Length == 0)
        {
            throw new ArgumentException("No protocol of these handlers has data transfers.", nameof(handlers));
        }

        foreach (OcppDataTransferMessages messages in versions)
        {
            var routes = new VendorRoutes();
            routes.Add(
                vendorId,
                messageId,
                async (data, context) =>
                {
                    TRequest request = VendorJson.TryRead(data, requestType, out TRequest? read)
                        ? read!
                        : throw Unreadable(data);
                    TResponse? response = await handler(request, context).ConfigureAwait(false);
                    return VendorJson.Write(response, responseType, messages.IsDataText);
                }
            );
            handlers.Add(messages.HandlerOf(routes));
        }

        return handlers;
    }

    /// <summary>
    /// Handles a message of a vendor, as the other overload does, in a handler that returns the response.
    /// </summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="vendorId">The vendor.</param>
    /// <param name="messageId">The message; <see langword="null"/> for one without a name.</param>
    /// <param name="requestType">The type of the data.</param>
    /// <param name="responseType">The type of the data in the response.</param>
    /// <param name="handler">Gets the data, and returns that of the response.</param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">
    /// The message or DataTransfer as a whole already has a handler, or no protocol has DataTransfer.
    /// </exception>
    /// <exception cref="InvalidOperationException">A session uses these handlers already.</exception>
    [OverloadResolutionPriority(1)] // what only throws would fit both
    public static IOcppHandlers OnDataTransfer<TRequest, TResponse>(
        this IOcppHandlers handlers,
        string vendorId,
        string? messageId,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        Func<TRequest, OcppRequestContext, TResponse?> handler
    )
    {
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.OnDataTransfer(
            vendorId,
            messageId,
            requestType,
            responseType,
            (request, context) => Task.FromResult(handler(request, context))
        );
    }

    /// <summary>Sends a message of a vendor, in the version that the session speaks.</summary>
    /// <param name="session">The session.</param>
    /// <param name="vendorId">The vendor, of 255 characters at most.</param>
    /// <param name="messageId">The message, of 50 characters at most; <see langword="null"/> for none.</param>
    /// <param name="data">The data; <see langword="null"/> for none.</param>
    /// <param name="requestType">The type of the data, such as <c>MyJsonContext.Default.MyRequest</c>.</param>
    /// <param name="responseType">The type of the data in the response.</param>
    /// <param name="options">How the call is made. Defaults to <see cref="OcppCallOptions.Default"/>.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>The data of the response; <see langword="null"/> or the default if it has none.</returns>
    /// <exception cref="OcppDataTransferException">The peer did not accept the message.</exception>
    /// <exception cref="OcppInvalidResponseException">The data of the response is not of the type.</exception>
    /// <exception cref="InvalidOperationException">The protocol has no DataTransfer.</exception>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public static Task<TResponse?> DataTransferAsync<TRequest, TResponse>(
        this OcppSession session,
        string vendorId,
        string? messageId,
        TRequest? data,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.DataTransferAsync(
            session.Protocol,
            vendorId,
            messageId,
            data,
            requestType,
            responseType,
            options,
            cancellationToken
        );
    }

    /// <summary>
    /// Sends a message of a vendor to a peer of which the version is known, such as a station of another node.
    /// </summary>
    /// <param name="caller">The peer.</param>
    /// <param name="protocol">The protocol that it speaks.</param>
    /// <param name="vendorId">The vendor, of 255 characters at most.</param>
    /// <param name="messageId">The message, of 50 characters at most; <see langword="null"/> for none.</param>
    /// <param name="data">The data; <see langword="null"/> for none.</param>
    /// <param name="requestType">The type of the data.</param>
    /// <param name="responseType">The type of the data in the response.</param>
    /// <param name="options">How the call is made. Defaults to <see cref="OcppCallOptions.Default"/>.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>The data of the response; <see langword="null"/> or the default if it has none.</returns>
    /// <exception cref="OcppDataTransferException">The peer did not accept the message.</exception>
    /// <exception cref="OcppInvalidResponseException">The data of the response is not of the type.</exception>
    /// <exception cref="InvalidOperationException">The protocol has no DataTransfer.</exception>
    /// <inheritdoc cref="IOcppCaller.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public static async Task<TResponse?> DataTransferAsync<TRequest, TResponse>(
        this IOcppCaller caller,
        OcppProtocol protocol,
        string vendorId,
        string? messageId,
        TRequest? data,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(vendorId);
        ArgumentNullException.ThrowIfNull(requestType);
        ArgumentNullException.ThrowIfNull(responseType);
        OcppDataTransferMessages messages =
            protocol.DataTransfer
            ?? throw new InvalidOperationException($"{protocol.Subprotocol} has no data transfers.");
        OcppVendorResponse response = await messages
            .CallAsync(
                caller,
                new OcppVendorRequest(vendorId, messageId, VendorJson.Write(data, requestType, messages.IsDataText)),
                options ?? OcppCallOptions.Default,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (response.Status != OcppDataTransferStatus.Accepted)
        {
            throw new OcppDataTransferException(response.Status, response.ReasonCode, response.Reason);
        }

        return response.Data.IsEmpty ? default
            : VendorJson.TryRead(response.Data, responseType, out TResponse? value) ? value
            : throw new OcppInvalidResponseException("The data of the response is not of the expected type.");
    }

    /// <summary>The codes are those that part 2 suggests for a reason.</summary>
    private static OcppDataTransferException Unreadable(OcppVendorData data) =>
        data.IsEmpty
            ? new OcppDataTransferException(
                OcppDataTransferStatus.Rejected,
                "MissingParam",
                "The message requires data."
            )
            : new OcppDataTransferException(
                OcppDataTransferStatus.Rejected,
                "InvalidValue",
                "The data is not of the type that the message requires."
            );
}
