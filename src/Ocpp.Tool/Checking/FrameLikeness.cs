namespace Ocpp.Tool.Checking;

/// <summary>How much a text that begins with a bracket is like a frame, from none to certain.</summary>
internal enum FrameLikeness
{
    /// <summary>It is something else: <c>[INFO]</c>, <c>[17, main]</c>, <c>[3, 3, 3]</c>.</summary>
    None,

    /// <summary>The text ends before it shows.</summary>
    Unfinished,

    /// <summary>It is a frame within a quoted text: its quotes are escaped.</summary>
    Escaped,

    /// <summary>A message type number and a message id, whatever follows.</summary>
    Frame,

    /// <summary>A message type number, a message id and what comes next in a frame of that type.</summary>
    Header,
}
