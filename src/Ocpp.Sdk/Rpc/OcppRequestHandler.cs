using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>
/// What handles the requests or messages of one action. Made by the extension methods of <see cref="IOcppHandlers"/>,
/// such as <c>On</c>.
/// </summary>
public abstract class OcppRequestHandler
{
    /// <summary>In place of an action: the handler is for all that have no other.</summary>
    internal const string AnyAction = "*";

    private protected OcppRequestHandler(string action, Type requestType)
    {
        Action = action;
        RequestType = requestType;
    }

    /// <summary>
    /// The action on the wire, such as <c>SignCertificate</c>; <c>*</c> for all that have no other handler.
    /// </summary>
    public string Action { get; }

    /// <summary>The type of the request, or of the message that is sent one way.</summary>
    public Type RequestType { get; }

    /// <summary>Whether a protocol has this request, so that it can be handled there.</summary>
    public virtual bool IsFor(OcppProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.FindAction(Action)?.RequestType == RequestType;
    }

    /// <summary>The handler of one action, where this one is for all that have no other.</summary>
    internal virtual OcppRequestHandler For(OcppAction action) => this;

    /// <summary>Takes over what another handler of the same request handles, if the two can be one.</summary>
    /// <returns><see langword="false"/> if they can't.</returns>
    /// <exception cref="ArgumentException">Both handle the same.</exception>
    internal virtual bool TryJoin(OcppRequestHandler other) => false;

    /// <summary>Reads the payload of a request.</summary>
    /// <returns>The request; <see langword="null"/> if it has a violation that is not accepted.</returns>
    internal abstract object? Read(ReadOnlySpan<byte> utf8Json, OcppReadOptions options, out OcppViolation violation);

    /// <summary>Begins to handle a request.</summary>
    /// <returns>
    /// Completes when the request is handled: <see cref="OcppRequestContext.Response"/> is then set, or the task has it
    /// (<see cref="ResponseOf"/>).
    /// </returns>
    internal abstract Task InvokeAsync(OcppRequestContext context);

    /// <summary>The response that a completed task of <see cref="InvokeAsync"/> has.</summary>
    internal virtual object? ResponseOf(Task handling) => null;

    /// <summary>Writes a CALLRESULT.</summary>
    /// <exception cref="OcppValidationException">The response breaks rules of its message.</exception>
    /// <exception cref="InvalidOperationException">
    /// The response is not of the type that answers the request.
    /// </exception>
    internal abstract void WriteResponse(
        PooledBuffer output,
        string messageId,
        object? response,
        OcppWriteOptions options
    );
}
