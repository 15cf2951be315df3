using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ocpp.AspNetCore.Authentication;
using Ocpp.AspNetCore.Stations;
using Ocpp.Versions;

namespace Ocpp.AspNetCore;

/// <summary>
/// Gives stations new passwords (part 2, A01): BasicAuthPassword, or AuthorizationKey in OCPP 1.6. A service of the
/// application, which needs a store that implements <see cref="IOcppStationStore.TryReplacePasswordsAsync"/>.
/// Thread-safe.
/// </summary>
/// <remarks>
/// The hash of the new password is stored before the station is asked to take it, and counts beside the one before. If
/// the station rejects it, it is dropped (A01.FR.04). When the station has connected with it, the one before is dropped
/// (A01.FR.03). Thus neither a lost response nor a crash of the CSMS or the station at any point locks the station out.
/// </remarks>
public sealed class OcppStationPasswords
{
    /// <summary>
    /// The maximum number of new passwords that a station has not used yet. Each costs a hash at a wrong login.
    /// </summary>
    public const int MaxUnused = 3;

    /// <summary>The length of a text, the most that is allowed (A00.FR.205): 238 random bits.</summary>
    private const int TextLength = OcppPassword.MaxLength;

    /// <summary>Of the characters that a passwordString may have, those that every station takes.</summary>
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>How often a change begins anew because another one came first: far more than there can be.</summary>
    private const int MaxAttempts = 20;

    private readonly IOcppStations _stations;
    private readonly EndpointProtocols _protocols;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger _logger;

    internal OcppStationPasswords(
        IOcppStations stations,
        EndpointProtocols protocols,
        IServiceScopeFactory scopes,
        ILoggerFactory loggers
    )
    {
        _stations = stations;
        _protocols = protocols;
        _scopes = scopes;
        _logger = loggers.CreateLogger(OcppEndpointLog.Category);
    }

    /// <summary>
    /// Gives a station a new random password, which nobody else gets to know. Except for a station that rejects it,
    /// both passwords are accepted until the station has connected with the new one: it does so on its own, or after a
    /// reboot if the result is <see cref="OcppPasswordStatus.RebootRequired"/>.
    /// </summary>
    /// <param name="identity">The identity of the station, which must be connected.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the station responds.</returns>
    /// <exception cref="OcppStationNotConnectedException">The station is not connected.</exception>
    /// <exception cref="OcppException">
    /// The call failed. Unless the station was not connected, it may have taken the password: both are accepted.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The store does not know the station, has no password of it, or has <see cref="MaxUnused"/> that the station has
    /// not used yet; or the version of OCPP has no such message.
    /// </exception>
    /// <exception cref="NotSupportedException">The store does not implement it.</exception>
    public async Task<OcppPasswordStatus> ChangeAsync(string identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        OcppStationConnection connection =
            await _stations.FindAsync(identity, cancellationToken)
            ?? throw new OcppStationNotConnectedException(identity);
        OcppPasswordMessages messages =
            _protocols.Find(connection.Subprotocol)?.Password
            ?? throw new InvalidOperationException(
                $"{connection.Subprotocol} has no message that sets the password of a station."
            );
        (string password, string hash) = Generate(messages.IsKey);
        await UpdateAsync(connection.Identity, hashes => Add(hashes, hash), cancellationToken);
        return await SetAsync(messages, connection.Identity, password, hash, cancellationToken);
    }

    private async Task<OcppPasswordStatus> SetAsync(
        OcppPasswordMessages messages,
        string identity,
        string password,
        string hash,
        CancellationToken cancellationToken
    )
    {
        OcppPasswordStatus status;
        try
        {
            status = await messages.SetAsync(_stations.Station(identity), password, cancellationToken);
        }
        catch (OcppStationNotConnectedException)
        {
            await DropAsync(identity, hash); // it was not sent
            throw;
        }
        catch (OcppCallErrorException exception) when (IsRefusal(exception.ErrorCode))
        {
            await DropAsync(identity, hash);
            OcppEndpointLog.PasswordRefused(_logger, identity);
            throw;
        }
        catch
        {
            OcppEndpointLog.PasswordUncertain(_logger, identity);
            throw;
        }

        if (status == OcppPasswordStatus.Rejected)
        {
            await DropAsync(identity, hash);
            OcppEndpointLog.PasswordRefused(_logger, identity);
        }
        else
        {
            // Those before it stay until it is used: another change may have reached the station after this one.
            OcppEndpointLog.PasswordSet(_logger, identity, status);
        }

        return status;
    }

    /// <summary>Whether a station that answers so has not looked at the password.</summary>
    private static bool IsRefusal(OcppErrorCode code) =>
        code is OcppErrorCode.NotImplemented or OcppErrorCode.NotSupported or OcppErrorCode.SecurityError;

    private static (string Password, string Hash) Generate(bool isKey)
    {
        if (isKey)
        {
            byte[] key = RandomNumberGenerator.GetBytes(OcppPassword.KeySize);
            return (Convert.ToHexString(key), OcppPassword.HashKey(key));
        }

        string text = RandomNumberGenerator.GetString(Characters, TextLength);
        return (text, OcppPassword.Hash(text));
    }

    private static IReadOnlyList<string> Add(IReadOnlyList<string> hashes, string hash) =>
        hashes.Count switch
        {
            0 => throw new InvalidOperationException("The station has no password that could be changed."),
            > MaxUnused => throw new InvalidOperationException(
                "The station has not used its latest passwords yet: it must connect with one of them first."
            ),
            _ => [.. hashes, hash],
        };

    /// <summary>Not cancelled: a password that the station has rejected would count on.</summary>
    private Task DropAsync(string identity, string hash) =>
        UpdateAsync(identity, hashes => [.. hashes.Where(one => one != hash)], CancellationToken.None);

    /// <summary>Once more for each change that comes between: of a login, or another change.</summary>
    private async Task UpdateAsync(
        string identity,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> change,
        CancellationToken cancellationToken
    )
    {
        await using AsyncServiceScope scope = _scopes.CreateAsyncScope();
        IOcppStationStore store = scope.ServiceProvider.GetRequiredService<IOcppStationStore>();
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            OcppStationAccount account =
                await store.FindAsync(new OcppStationLogin { Identity = identity }, cancellationToken)
                ?? throw new InvalidOperationException("The store does not know the station.");
            IReadOnlyList<string> expected = account.PasswordHashes;
            IReadOnlyList<string> hashes = change(expected);
            if (
                hashes.SequenceEqual(expected)
                || await store.TryReplacePasswordsAsync(identity, expected, hashes, cancellationToken)
            )
            {
                return;
            }
        }

        throw new InvalidOperationException("The store did not replace the passwords of the station.");
    }
}
