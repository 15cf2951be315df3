using System.ComponentModel;
using Ocpp.Json;

namespace Ocpp;

/// <summary>
/// An object of the protocol: a request, a response, or a type that they hold. Generated records implement it;
/// <see cref="OcppJson"/> reads and writes them.
/// </summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IOcppPayload<TSelf>
    where TSelf : class, IOcppPayload<TSelf>
{
    /// <summary>Reads one object. For generated code.</summary>
    /// <returns>The record, or <see langword="null"/> when the reader met a violation.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf? Read(ref OcppJsonReader reader);

    /// <summary>Writes one object. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void Write(ref OcppJsonWriter writer, TSelf value);

    /// <summary>
    /// Lists every rule that the record breaks, 100 at most, in the order in which its properties are written: required
    /// ones first. Empty when it may be sent.
    /// </summary>
    IReadOnlyList<OcppViolation> Validate();
}
