using Ocpp;
using Ocpp.Certificates.Versions;

namespace Station;

/// <summary>
/// What the station says in one version of OCPP. The same things, each in the messages of its version: what else the
/// station does knows no version.
/// </summary>
public abstract class StationVersion
{
    /// <summary>All versions, in the station's order of preference.</summary>
    public static IReadOnlyList<StationVersion> All { get; } = [new Station21(), new Station201(), new Station16()];

    /// <summary>The name on the command line, such as <c>2.0.1</c>.</summary>
    public string Name => Protocol.Subprotocol["ocpp".Length..];

    /// <summary>The messages.</summary>
    public abstract OcppProtocol Protocol { get; }

    /// <summary>Those of them that certificate signing is done with.</summary>
    public abstract StationSigningVersion Signing { get; }

    /// <summary>Registers with the CSMS.</summary>
    /// <returns>
    /// Why it does not let the station charge, in its own words; <see langword="null"/> if it does.
    /// </returns>
    public abstract Task<string?> BootAsync(ChargingStation station, CancellationToken cancellationToken);

    /// <summary>Says that the connector is free.</summary>
    public abstract Task NotifyAvailableAsync(ChargingStation station, CancellationToken cancellationToken);

    /// <summary>Shows that the station is there.</summary>
    public abstract Task HeartbeatAsync(ChargingStation station, CancellationToken cancellationToken);

    /// <summary>The version of a protocol.</summary>
    public static StationVersion Of(OcppProtocol protocol) => All.Single(version => version.Protocol == protocol);
}
