namespace Ocpp.Fuzz.Trials;

/// <summary>
/// What this SDK refuses in the header of a message though its JSON could be read so. There is nothing else.
/// </summary>
internal enum FrameStricter
{
    /// <summary>
    /// The message type is written 2.0 or 20e-1: no peer does, and a dispatcher that reads one byte stays one.
    /// </summary>
    MessageTypeForm,

    /// <summary>Half a surrogate pair, or bytes that are no UTF-8, in the id, the action or an error.</summary>
    InvalidText,
}
