namespace Ocpp.AspNetCore;

/// <summary>What an <see cref="IOcppStationStore"/> knows of a station.</summary>
public sealed class OcppStation
{
    /// <summary>The hash of the station's password, made with <see cref="OcppPassword.Hash"/>; without one, Basic lets nobody in.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>
    /// What the common name (CN) of the station's certificate has to be: its serial number (A00.FR.405). Without one, the
    /// identity.
    /// </summary>
    public string? SerialNumber { get; init; }

    /// <summary>
    /// Lets the station in without credentials, at an endpoint that demands no profile with
    /// <see cref="OcppEndpointBuilder.RequireProfile"/>: for trials, and for networks that authenticate by other means.
    /// </summary>
    public bool AllowAnonymous { get; init; }
}
