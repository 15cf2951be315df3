namespace Ocpp.Stations;

/// <summary>The CSMS has not accepted the station, which therefore must not send (B02.FR.02, B03.FR.02).</summary>
public sealed class StationNotAcceptedException : OcppException
{
    /// <summary>Initializes the exception.</summary>
    public StationNotAcceptedException()
        : this("The CSMS has not accepted the station.") { }

    /// <summary>Initializes the exception with a message.</summary>
    public StationNotAcceptedException(string message)
        : base(message) { }

    /// <summary>Initializes the exception with a message and the cause.</summary>
    public StationNotAcceptedException(string message, Exception? innerException)
        : base(message, innerException) { }
}
