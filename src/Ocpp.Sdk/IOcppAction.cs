using System.ComponentModel;

namespace Ocpp;

/// <summary>
/// A message that begins an action: an <see cref="IOcppRequest{TSelf, TResponse}"/> or an
/// <see cref="IOcppOneWayMessage{TSelf}"/>.
/// </summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IOcppAction<TSelf> : IOcppPayload<TSelf>
    where TSelf : class, IOcppAction<TSelf>
{
    /// <summary>The action that names the message on the wire. Case-sensitive.</summary>
    static abstract string ActionName { get; }
}
