using Microsoft.Data.Sqlite;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Sqlite;

/// <summary>A connection to a SQLite file that does one piece of work at a time, each in a transaction.</summary>
internal sealed class GatedConnection : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly bool _reads;

    private GatedConnection(SqliteConnection connection, bool reads)
    {
        Connection = connection;
        _reads = reads;
    }

    public SqliteConnection Connection { get; }

    /// <param name="path">The file.</param>
    /// <param name="reads">
    /// Whether the connection only reads: it then waits for no writer, and keeps none waiting.
    /// </param>
    public static GatedConnection Open(string path, bool reads)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        try
        {
            connection.Open();
            return new GatedConnection(connection, reads);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite has no asynchronous way to disk: the wait for it is put where it blocks no caller.
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => InTransaction(work), CancellationToken.None).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw new SigningRequestStoreException($"The store of signing requests failed: {e.Message}", e);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            await Connection.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private T InTransaction<T>(Func<SqliteConnection, T> work)
    {
        using SqliteTransaction transaction = Connection.BeginTransaction(deferred: _reads);
        T result = work(Connection);
        transaction.Commit();
        return result;
    }
}
