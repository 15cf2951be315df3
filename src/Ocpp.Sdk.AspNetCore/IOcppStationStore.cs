namespace Ocpp.AspNetCore;

/// <summary>
/// Which stations there are: implemented by the application. Each connection asks in a scope of its own.
/// </summary>
public interface IOcppStationStore
{
    /// <summary>Finds a station. Called once for each connection.</summary>
    /// <param name="login">Who asks to be let in, and how it came.</param>
    /// <param name="cancellationToken">Cancelled when the station goes away while it waits.</param>
    /// <returns>
    /// What is known of the station, with the security profile that it has to use; <see langword="null"/> if there is
    /// none of that identity: it gets HTTP 404.
    /// </returns>
    ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps that a station has to use a higher security profile from now on. Called when it has authenticated with
    /// that profile and <see cref="OcppStationAccount.RaisesProfile"/> is set, before its connection is accepted; if it
    /// throws, the connection is not accepted. The profile that is kept must never become lower by it (A05): two
    /// connections may raise it at once.
    /// </summary>
    /// <param name="identity">The canonical identity: that of <see cref="OcppStationAccount.Identity"/>.</param>
    /// <param name="profile">The profile by which the station has authenticated.</param>
    /// <param name="cancellationToken">Cancelled when the station goes away meanwhile.</param>
    /// <exception cref="NotSupportedException">
    /// The store does not implement it, although it sets <see cref="OcppStationAccount.RaisesProfile"/>.
    /// </exception>
    ValueTask RaiseProfileAsync(string identity, OcppSecurityProfile profile, CancellationToken cancellationToken) =>
        throw new NotSupportedException(
            $"{GetType()} sets {nameof(OcppStationAccount.RaisesProfile)} and does not implement "
                + $"{nameof(RaiseProfileAsync)}."
        );

    /// <summary>
    /// Replaces the hashes of a station's passwords, if they are still the expected ones: the first is to become
    /// <see cref="OcppStationAccount.PasswordHash"/>, the others
    /// <see cref="OcppStationAccount.NewPasswordHashes"/>. Called by <see cref="OcppStationPasswords"/>, and when a
    /// station has authenticated with a new password, before its connection is accepted. What was replaced must be
    /// durable before this returns: otherwise a crash could lock the station out.
    /// </summary>
    /// <param name="identity">The canonical identity: that of <see cref="OcppStationAccount.Identity"/>.</param>
    /// <param name="expected">The hashes that the account had.</param>
    /// <param name="hashes">The hashes that it is to have.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>
    /// <see langword="false"/> if the account has other hashes than the expected ones: nothing is changed.
    /// </returns>
    /// <exception cref="NotSupportedException">The store does not implement it.</exception>
    ValueTask<bool> TryReplacePasswordsAsync(
        string identity,
        IReadOnlyList<string> expected,
        IReadOnlyList<string> hashes,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException($"{GetType()} does not implement {nameof(TryReplacePasswordsAsync)}.");
}
