using Ocpp.AspNetCore.Authentication;

namespace Ocpp.AspNetCore;

/// <summary>What an <see cref="IOcppStationStore"/> knows of a station.</summary>
public sealed class OcppStationAccount
{
    /// <summary>
    /// The identity as the store has it, the canonical one: that of the session (<see cref="OcppSession.Identity"/>),
    /// whatever upper and lower case the station connects with, so that everything that is kept of a station is under
    /// one name.
    /// </summary>
    public required string Identity { get; init; }

    /// <summary>
    /// The security profile that the station has to use. Defaults to <see langword="null"/>: any one that the endpoint
    /// takes. With <see cref="OcppSecurityProfile.ClientCertificate"/> a password lets it in no more, and with
    /// <see cref="OcppSecurityProfile.TlsBasic"/> no connection without TLS and no certificate.
    /// <see cref="OcppSecurityProfile.Basic"/> takes the password over TLS as well.
    /// </summary>
    public OcppSecurityProfile? Profile { get; init; }

    /// <summary>
    /// Takes the station also with a higher profile than <see cref="Profile"/>, which is then raised for good:
    /// <see cref="IOcppStationStore.RaiseProfileAsync"/> is called before the connection is accepted (A05). Defaults to
    /// <see langword="false"/>: the profile is raised by the application, such as when the station has accepted its
    /// certificate.
    /// </summary>
    public bool RaisesProfile { get; init; }

    /// <summary>
    /// The hash of the station's password, made with <see cref="OcppPassword.Hash(string, int)"/>, or of its key, made
    /// with <see cref="OcppPassword.HashKey"/>; without one, Basic lets nobody in.
    /// </summary>
    public string? PasswordHash { get; init; }

    /// <summary>
    /// The hashes of passwords that the station may have been given since, the oldest first
    /// (<see cref="OcppStationPasswords"/>). Each of them lets it in as well; once it has used one,
    /// <see cref="PasswordHash"/> and those before it are dropped
    /// (<see cref="IOcppStationStore.TryReplacePasswordsAsync"/>). Defaults to none.
    /// </summary>
    public IReadOnlyList<string> NewPasswordHashes { get; init; } = [];

    /// <summary>
    /// What the common name (CN) of the station's certificate has to be: its serial number (A00.FR.405). Without one,
    /// the identity.
    /// </summary>
    public string? SerialNumber { get; init; }

    /// <summary>
    /// Lets the station in without credentials, at an endpoint that demands no profile with
    /// <see cref="OcppEndpointBuilder.RequireProfile"/>, if <see cref="Profile"/> is <see langword="null"/>: for
    /// trials, and for networks that authenticate by other means.
    /// </summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>The hashes of all passwords that count, the oldest first.</summary>
    internal IReadOnlyList<string> PasswordHashes =>
        PasswordHash is null ? NewPasswordHashes : [PasswordHash, .. NewPasswordHashes];

    /// <summary>Whether the station may authenticate so.</summary>
    internal bool Takes(OcppSecurityProfile profile) =>
        Profile is not { } own || own.IsMetBy(profile) || (RaisesProfile && profile > own);

    /// <summary>Whether a connection with a profile raises that of the station.</summary>
    internal bool IsRaisedBy(OcppSecurityProfile profile) => RaisesProfile && Profile is { } own && profile > own;
}
