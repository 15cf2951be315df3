using System.Globalization;
using System.Text;

namespace Ocpp.Rpc;

/// <summary>A line of a wire log that waits to be written. Frames are redacted when they are written.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Session">The session; <see langword="null"/> if it concerns none.</param>
/// <param name="What">What happened, such as <c>received</c>.</param>
/// <param name="Frame">The frame, if it is one.</param>
internal readonly record struct WireLogEntry(
    DateTimeOffset Time,
    OcppSession? Session,
    string What,
    PooledFrame Frame = default
)
{
    /// <summary>What an entry counts for beside its frame.</summary>
    private const int Overhead = 256;

    /// <summary>Whether the session has ended.</summary>
    public bool IsEnd { get; init; }

    public int Size => Frame.Length + Overhead;

    /// <summary>The line, in UTF-8 and with its end.</summary>
    public byte[] ToLine()
    {
        // As in the URL: without white space, so that the words of a line can be counted.
        string station = Session is null ? "-" : Uri.EscapeDataString(Session.Identity);
        string time = Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        string frame = Frame.IsEmpty ? "" : $" {OcppWireLog.Redact(Frame.Span, Session!.Protocol)}";
        return Encoding.UTF8.GetBytes($"{time} {station} {What}{frame}\n");
    }
}
