using System.Data;
using System.Net.Sockets;
using Npgsql;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.PostgreSql;

/// <summary>
/// Runs work on connections of a data source, in a transaction where it writes, and again where a connection was lost:
/// what has not reached its commit has not happened.
/// </summary>
internal sealed class Database(NpgsqlDataSource source, IReadOnlyList<string> schema) : IDisposable
{
    private const int MaxAttempts = 3;

    private readonly SemaphoreSlim _opening = new(1);
    private volatile bool _isOpen;

    /// <summary>
    /// Runs a statement that is a transaction of its own, and does no harm when it is run twice.
    /// </summary>
    public Task<T> ExecuteAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            async () =>
            {
                NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    return await work(connection, cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken
        );

    /// <summary>
    /// Runs work in a transaction. Work that is run again must recognise that it has happened before: the answer to a
    /// commit can be lost.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="uncertain">Called when the answer to a commit was lost, before the work is run again.</param>
    /// <param name="cancellationToken">Cancels the work, but not a commit that has begun.</param>
    public Task<T> WriteAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> work,
        Action? uncertain,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            async () =>
            {
                NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    return await InTransactionAsync(connection, work, uncertain, cancellationToken)
                        .ConfigureAwait(false);
                }
            },
            cancellationToken
        );

    public void Dispose() => _opening.Dispose();

    private static async Task<T> InTransactionAsync<T>(
        NpgsqlConnection connection,
        Func<NpgsqlConnection, CancellationToken, Task<T>> work,
        Action? uncertain,
        CancellationToken cancellationToken
    )
    {
        NpgsqlTransaction transaction = await connection
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken)
            .ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            T result = await work(connection, cancellationToken).ConfigureAwait(false);
            try
            {
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not PostgresException { InvariantSeverity: "ERROR" })
            {
                uncertain?.Invoke();
                throw;
            }

            return result;
        }
    }

    /// <summary>Opens a connection to the tables, which are created if need be.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await CreateSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task CreateSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            return;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isOpen)
            {
                _isOpen = await InTransactionAsync(
                        connection,
                        (on, token) => SigningRequestSchema.CreateAsync(on, schema, token),
                        uncertain: null,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    private static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (NpgsqlException e) when (attempt < MaxAttempts && IsLost(e))
            {
                // Nodes that have lost their connections at once don't come back at once.
                TimeSpan wait = TimeSpan.FromMilliseconds(Random.Shared.Next(50, 150) * attempt);
                await Task.Delay(wait, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException e)
            {
                throw Failure(e);
            }
        }
    }

    /// <summary>The failure without anything that PostgreSQL says of hosts, users and rows.</summary>
    public static SigningRequestStoreException Failure(NpgsqlException e) =>
        new(
            e switch
            {
                PostgresException { SqlState: var state } =>
                    $"The store of signing requests failed: PostgreSQL reported {state}.",
                { InnerException: TimeoutException } =>
                    "The store of signing requests failed: PostgreSQL did not answer in time.",
                _ => "The store of signing requests failed: there is no connection to PostgreSQL.",
            },
            e
        );

    /// <summary>
    /// Whether the connection was lost, or the work was given up so that other work could go on: it can be tried again.
    /// </summary>
    private static bool IsLost(NpgsqlException e) =>
        e is PostgresException { SqlState: var state }
            ? state
                is PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
                    or PostgresErrorCodes.CannotConnectNow
                    or PostgresErrorCodes.DeadlockDetected
                    or PostgresErrorCodes.SerializationFailure
                || state.StartsWith("08", StringComparison.Ordinal)
            : e.InnerException is IOException or SocketException;
}
