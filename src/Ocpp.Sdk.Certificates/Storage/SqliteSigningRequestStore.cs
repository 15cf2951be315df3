using Microsoft.Data.Sqlite;
using Ocpp.V201;

namespace Ocpp.Certificates;

/// <summary>
/// Keeps signing requests in a SQLite file. One process at a time has it open: beside the file lies a lock, which is gone
/// with the process. Any SQLite tool can read along.
/// </summary>
public sealed class SqliteSigningRequestStore : ISigningRequestStore
{
    private const string Unfinished = "SELECT * FROM request WHERE NOT is_finished";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly FileStream _lock;
    private readonly TimeProvider _clock;
    private readonly long _run;

    private SqliteSigningRequestStore(FileStream @lock, SqliteConnection connection, long run, TimeProvider clock)
    {
        _lock = @lock;
        Connection = connection;
        _run = run;
        _clock = clock;
    }

    internal SqliteConnection Connection { get; }

    /// <summary>Opens the store of a file; makes it when there is none.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="clock">The clock; that of the system by default.</param>
    /// <exception cref="SigningRequestStoreException">Another process has the store open, or it can't be read or written.</exception>
    public static SqliteSigningRequestStore Open(string path, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream? processLock = null;
        SqliteConnection? connection = null;
        try
        {
            processLock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            return new SqliteSigningRequestStore(processLock, connection, SigningRequestSchema.Open(connection), clock ?? TimeProvider.System);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            processLock?.Dispose();
            if (e is IOException or UnauthorizedAccessException or SqliteException)
                throw new SigningRequestStoreException($"The store of signing requests can't be opened: {e.Message}", e);

            throw;
        }
    }

    /// <inheritdoc/>
    public Task<SigningRequest> AddAsync(
        string station,
        CertificateSigningRequest request,
        CertificateSigningUseEnumType? certificateType,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(station);
        ArgumentNullException.ThrowIfNull(request);
        return RunAsync(
            () =>
            {
                SigningRequest? repeated = Query($"{Unfinished} AND station = $station", ("$station", station))
                    .Find(one => one.KeyId == request.KeyId && one.CertificateType == certificateType);
                if (repeated is not null)
                {
                    AddEvent(repeated with { ChangedAt = _clock.GetUtcNow(), Reason = "The station asked again." });
                    return repeated;
                }

                DateTimeOffset now = _clock.GetUtcNow();
                return Insert(new SigningRequest
                {
                    Id = 0,
                    Station = station,
                    KeyId = request.KeyId,
                    CertificateType = certificateType,
                    Csr = request.ToPem(),
                    State = SigningRequestState.Received,
                    ReceivedAt = now,
                    ChangedAt = now,
                });
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SigningRequest> StepAsync(long id, SigningRequestStep nextStep, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(nextStep);
        return RunAsync(
            () =>
            {
                SigningRequest request = Find(id) ?? throw new InvalidOperationException($"There is no signing request {id}.");
                SigningRequest changed = nextStep.ApplyTo(request, _clock.GetUtcNow());
                Update(changed);
                AddEvent(changed);
                return changed;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SigningRequest?> FindAsync(long id, CancellationToken cancellationToken = default) =>
        RunAsync(() => Find(id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequest>> FindAsync(PublicKeyId keyId, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<SigningRequest>>(
            () => Query("SELECT * FROM request WHERE key_id = $key ORDER BY id DESC", ("$key", keyId.Value)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequest>> ListUnfinishedAsync(string? station = null, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<SigningRequest>>(
            () => station is null
                ? Query($"{Unfinished} ORDER BY id")
                : Query($"{Unfinished} AND station = $station ORDER BY id", ("$station", station)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequest>> ListAsync(SigningRequestFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return RunAsync<IReadOnlyList<SigningRequest>>(
            () => Query(
                """
                SELECT * FROM request
                WHERE ($station IS NULL OR station = $station) AND ($state IS NULL OR state = $state) AND ($before IS NULL OR id < $before)
                ORDER BY id DESC LIMIT $count
                """,
                ("$station", filter.Station),
                ("$state", filter.State?.ToString()),
                ("$before", filter.BeforeId),
                ("$count", filter.MaxCount)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequest>> ListExpiringAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<SigningRequest>>(
            () => Query(
                """
                SELECT * FROM request
                WHERE state = 'Delivered' AND expires_at < $before AND NOT EXISTS (
                    SELECT 1 FROM request AS newer
                    WHERE newer.state = 'Delivered' AND newer.id > request.id
                        AND newer.station = request.station AND newer.certificate_type IS request.certificate_type)
                ORDER BY expires_at, id
                """,
                ("$before", SigningRequestRow.Text(before))),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequestEvent>> GetHistoryAsync(long id, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<SigningRequestEvent>>(
            () =>
            {
                using SqliteCommand command = Command("SELECT * FROM event WHERE request_id = $id ORDER BY number", ("$id", id));
                using SqliteDataReader reader = command.ExecuteReader();
                var events = new List<SigningRequestEvent>();
                while (reader.Read())
                    events.Add(SigningRequestRow.ReadEvent(reader));

                return events;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> RemoveFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        RunAsync(
            () =>
            {
                using SqliteCommand command = Command(
                    "DELETE FROM request WHERE is_finished AND changed_at < $before", ("$before", SigningRequestRow.Text(before)));
                return command.ExecuteNonQuery();
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            await Connection.DisposeAsync().ConfigureAwait(false);
            await _lock.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    // SQLite has no asynchronous way to disk: the wait for it is put where it blocks no caller.
    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
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

    private T InTransaction<T>(Func<T> work)
    {
        using SqliteTransaction transaction = Connection.BeginTransaction();
        T result = work();
        transaction.Commit();
        return result;
    }

    private SigningRequest? Find(long id) => Query("SELECT * FROM request WHERE id = $id", ("$id", id)).FirstOrDefault();

    private List<SigningRequest> Query(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(sql, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        var requests = new List<SigningRequest>();
        while (reader.Read())
            requests.Add(SigningRequestRow.Read(reader, _run));

        return requests;
    }

    private SigningRequest Insert(SigningRequest request)
    {
        using SqliteCommand command = Command(
            """
            INSERT INTO request (station, key_id, certificate_type, csr, state, received_at, changed_at, reason, attempts, is_finished)
            VALUES ($station, $key, $type, $csr, $state, $at, $at, $reason, 0, 0) RETURNING id
            """,
            ("$station", request.Station),
            ("$key", request.KeyId.Value),
            ("$type", request.CertificateType?.ToString()),
            ("$csr", request.Csr),
            ("$state", request.State.ToString()),
            ("$at", SigningRequestRow.Text(request.ChangedAt)),
            ("$reason", request.Reason));
        SigningRequest inserted = request with { Id = (long)command.ExecuteScalar()! };
        AddEvent(inserted);
        return inserted;
    }

    private void Update(SigningRequest request)
    {
        using SqliteCommand command = Command(
            """
            UPDATE request SET state = $state, changed_at = $at, reason = $reason, attempts = $attempts, forwarded_in_run = $run,
                ask_again_at = $again, ticket = $ticket, chain = $chain,
                certificate_serial_number = $serial, expires_at = $expires, is_finished = $finished
            WHERE id = $id
            """,
            ("$id", request.Id),
            ("$state", request.State.ToString()),
            ("$at", SigningRequestRow.Text(request.ChangedAt)),
            ("$reason", request.Reason),
            ("$attempts", request.Attempts),
            ("$run", request.State == SigningRequestState.Forwarded ? _run : null),
            ("$again", SigningRequestRow.Text(request.AskAgainAt)),
            ("$ticket", request.Ticket),
            ("$chain", request.Chain),
            ("$serial", request.CertificateSerialNumber),
            ("$expires", SigningRequestRow.Text(request.ExpiresAt)),
            ("$finished", request.IsFinished));
        command.ExecuteNonQuery();
    }

    private void AddEvent(SigningRequest request)
    {
        using SqliteCommand command = Command(
            "INSERT INTO event (request_id, state, at, reason) VALUES ($id, $state, $at, $reason)",
            ("$id", request.Id),
            ("$state", request.State.ToString()),
            ("$at", SigningRequestRow.Text(request.ChangedAt)),
            ("$reason", request.Reason));
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);

        return command;
    }
}
