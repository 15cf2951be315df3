using Ocpp.Security;

namespace Ocpp.AspNetCore;

/// <summary>A station can't be called because it is not connected. Nothing was sent.</summary>
public sealed class OcppStationNotConnectedException : OcppException
{
    /// <summary>Initializes the exception.</summary>
    public OcppStationNotConnectedException()
        : base("The station is not connected.") { }

    /// <summary>Initializes the exception for a station.</summary>
    /// <param name="identity">The identity of the station.</param>
    public OcppStationNotConnectedException(string identity)
        : this(identity, null) { }

    /// <summary>Initializes the exception for a station, with the cause.</summary>
    /// <param name="identity">The identity of the station.</param>
    /// <param name="innerException">The cause.</param>
    public OcppStationNotConnectedException(string identity, Exception? innerException)
        : base($"Station '{PrintableText.Of(identity)}' is not connected.", innerException) => Identity = identity;

    /// <summary>The identity of the station, as it was given.</summary>
    public string Identity { get; } = "";
}
