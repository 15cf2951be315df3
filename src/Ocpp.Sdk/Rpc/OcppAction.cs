using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Ocpp.Rpc;

/// <summary>An action of a protocol: its name, and how its payloads are read.</summary>
public abstract class OcppAction
{
    private protected OcppAction(string name, Type requestType, Type? responseType, OcppParty sender)
    {
        Name = name;
        RequestType = requestType;
        ResponseType = responseType;
        Sender = sender;
    }

    /// <summary>The action's name on the wire, such as <c>SignCertificate</c>.</summary>
    public string Name { get; }

    /// <summary>The type of the request, or of the message that goes one way.</summary>
    public Type RequestType { get; }

    /// <summary>The type of the response; <see langword="null"/> when the action goes one way.</summary>
    public Type? ResponseType { get; }

    /// <summary>Whether nothing answers it: it is sent in a SEND, all others in a CALL.</summary>
    [MemberNotNullWhen(false, nameof(ResponseType))]
    public bool IsOneWay => ResponseType is null;

    /// <summary>
    /// Who may send the request or message; <see cref="OcppParty.None"/> when the schema does not say.
    /// </summary>
    public OcppParty Sender { get; }

    /// <summary>Reads the payload of a CALL, or of a SEND when the action goes one way.</summary>
    /// <returns>
    /// The request or message, or <see langword="null"/> when it has a violation that is not accepted.
    /// </returns>
    public abstract object? ReadRequest(
        ReadOnlySpan<byte> utf8Json,
        out OcppViolation violation,
        OcppReadOptions? options = null
    );

    /// <summary>Reads the payload of a CALLRESULT.</summary>
    /// <returns>The response, or <see langword="null"/> when it has a violation that is not accepted.</returns>
    /// <exception cref="InvalidOperationException">The action goes one way (<see cref="IsOneWay"/>).</exception>
    public abstract object? ReadResponse(
        ReadOnlySpan<byte> utf8Json,
        out OcppViolation violation,
        OcppReadOptions? options = null
    );

    /// <summary>
    /// Lists every violation in the payload of a CALL, or of a SEND, as <see cref="OcppJson.Check"/> does.
    /// </summary>
    public abstract IReadOnlyList<OcppViolation> CheckRequest(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions? options = null
    );

    /// <summary>Lists every violation in the payload of a CALLRESULT, as <see cref="OcppJson.Check"/> does.</summary>
    /// <exception cref="InvalidOperationException">The action goes one way (<see cref="IsOneWay"/>).</exception>
    public abstract IReadOnlyList<OcppViolation> CheckResponse(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions? options = null
    );

    /// <summary>
    /// The handler that a class is for this action: found without reflection, since the action knows its types.
    /// </summary>
    /// <returns><see langword="null"/> if the class does not handle this action.</returns>
    internal abstract OcppRequestHandler? HandlerOf(HandlerClass handlers);

    /// <summary>The handler that a delegate over JSON values is for this action.</summary>
    internal abstract OcppRequestHandler HandlerOf(Func<OcppRequestContext, JsonElement, Task<JsonElement>> handler);

    /// <summary>Makes a call of this action.</summary>
    /// <exception cref="ArgumentException">The action goes one way (<see cref="IsOneWay"/>).</exception>
    internal abstract Task<JsonElement> CallAsync(
        OcppSession session,
        JsonElement payload,
        OcppCallOptions options,
        CancellationToken cancellationToken
    );

    /// <inheritdoc/>
    public override string ToString() => Name;
}
