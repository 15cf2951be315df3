namespace Ocpp;

/// <summary>An action of a protocol: its name, and how its payloads are read.</summary>
public abstract class OcppAction
{
    private protected OcppAction(string name, Type requestType, Type responseType, OcppParty sender)
    {
        Name = name;
        RequestType = requestType;
        ResponseType = responseType;
        Sender = sender;
    }

    /// <summary>The action's name on the wire, such as <c>SignCertificate</c>.</summary>
    public string Name { get; }

    /// <summary>The type of the request.</summary>
    public Type RequestType { get; }

    /// <summary>The type of the response.</summary>
    public Type ResponseType { get; }

    /// <summary>Who may send the request; <see cref="OcppParty.None"/> when the schema does not say.</summary>
    public OcppParty Sender { get; }

    /// <summary>Reads the payload of a CALL.</summary>
    /// <returns>The request, or <see langword="null"/> when it has a violation that is not accepted.</returns>
    public abstract object? ReadRequest(ReadOnlySpan<byte> utf8Json, out OcppViolation violation, OcppReadOptions? options = null);

    /// <summary>Reads the payload of a CALLRESULT.</summary>
    /// <returns>The response, or <see langword="null"/> when it has a violation that is not accepted.</returns>
    public abstract object? ReadResponse(ReadOnlySpan<byte> utf8Json, out OcppViolation violation, OcppReadOptions? options = null);

    /// <summary>Lists every violation in the payload of a CALL, as <see cref="OcppJson.Check"/> does.</summary>
    public abstract IReadOnlyList<OcppViolation> CheckRequest(ReadOnlySpan<byte> utf8Json, OcppReadOptions? options = null);

    /// <summary>Lists every violation in the payload of a CALLRESULT, as <see cref="OcppJson.Check"/> does.</summary>
    public abstract IReadOnlyList<OcppViolation> CheckResponse(ReadOnlySpan<byte> utf8Json, OcppReadOptions? options = null);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
