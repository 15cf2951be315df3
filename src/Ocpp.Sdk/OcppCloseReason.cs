using System.Net.WebSockets;
using Ocpp.Security;

namespace Ocpp;

/// <summary>Why a connection was closed.</summary>
/// <param name="Kind">Who ended it, and how.</param>
/// <param name="Status">
/// The WebSocket close code that was sent or received (RFC 6455 section 7.4); none without a close frame.
/// </param>
/// <param name="Description">The reason in words, which may be the peer's own; may be empty.</param>
public sealed record OcppCloseReason(OcppCloseKind Kind, WebSocketCloseStatus? Status = null, string Description = "")
{
    /// <summary>The exception that broke the connection, if any.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The reason as a sentence, for a log; the description as <see cref="PrintableText"/> makes it.</summary>
    public override string ToString()
    {
        string status = Status is { } code ? $" ({(int)code})" : "";
        return Description.Length == 0 ? $"{Kind}{status}." : $"{Kind}{status}: {PrintableText.Of(Description)}";
    }
}
