namespace Station;

/// <summary>The station did not get what it came for. The message is one line that names what failed.</summary>
public sealed class StationException(string message, Exception? innerException = null)
    : Exception(message, innerException);
