using Microsoft.Data.Sqlite;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Sqlite;

/// <summary>
/// Keeps signing requests in a SQLite file. One process at a time has it open: there is a lock file beside it, which is
/// gone with the process. Any SQLite tool of the same user can read along: all files have mode 0600.
/// </summary>
/// <remarks>
/// Writing, looking up and listing have a connection each, so that a long list keeps neither a station's request nor
/// its answer waiting.
/// </remarks>
public sealed class SqliteSigningRequestStore : ISigningRequestStore
{
    /// <summary>What a station can cause to be looked up with each message: by indexes only.</summary>
    internal const string Usage = $"""
        SELECT
            EXISTS (SELECT 1 FROM {Repeated}),
            (SELECT COUNT(*) FROM request INDEXED BY request_unfinished WHERE NOT is_finished AND station = $station),
            (SELECT COUNT(*) FROM request WHERE station = $station AND received_at > $since),
            EXISTS (SELECT 1 FROM request WHERE key_id = $key AND station < $station)
                OR EXISTS (SELECT 1 FROM request WHERE key_id = $key AND station > $station),
            EXISTS (SELECT 1 FROM request WHERE state = 'Delivered' AND key_id = $key),
            EXISTS (
                SELECT 1 FROM request INDEXED BY request_unfinished
                WHERE NOT is_finished AND station = $station AND request_id = $id AND (key_id <> $key OR uses <> $uses))
        """;

    private const string Unfinished = "SELECT * FROM request WHERE NOT is_finished";

    // By the index of what is unfinished, which is little: SQLite would prefer that of the key, and go through all that
    // is finished.
    private const string Repeated =
        "request INDEXED BY request_unfinished WHERE NOT is_finished AND station = $station AND key_id = $key "
        + "AND uses = $uses";

    private const string IsReplaced = """
        EXISTS (
            SELECT 1 FROM request AS newer
            WHERE newer.state = 'Delivered' AND newer.id > request.id
                AND newer.station = request.station AND newer.uses IS request.uses)
        """;

    // How many requests are deleted at once, before writes that wait are served.
    private const int MaxRemoved = 500;

    private readonly FileStream _lock;
    private readonly GatedConnection _writer;
    private readonly GatedConnection _lookup;
    private readonly GatedConnection _lists;
    private readonly TimeProvider _clock;

    private SqliteSigningRequestStore(
        FileStream @lock,
        GatedConnection writer,
        GatedConnection lookup,
        GatedConnection lists,
        TimeProvider clock
    )
    {
        _lock = @lock;
        _writer = writer;
        _lookup = lookup;
        _lists = lists;
        _clock = clock;
    }

    internal SqliteConnection Connection => _writer.Connection;

    /// <summary>Opens the store of a file; makes it when there is none.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="timeProvider">The clock; that of the system by default.</param>
    /// <exception cref="SigningRequestStoreException">
    /// Another process has the store open, it can't be read or written, or others can replace its files.
    /// </exception>
    public static SqliteSigningRequestStore Open(string path, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream? processLock = null;
        var connections = new List<GatedConnection>();
        try
        {
            Protect(path);
            processLock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            connections.Add(GatedConnection.Open(path, reads: false));
            SigningRequestSchema.Open(connections[0].Connection);
            connections.Add(GatedConnection.Open(path, reads: true));
            connections.Add(GatedConnection.Open(path, reads: true));
            return new SqliteSigningRequestStore(
                processLock,
                connections[0],
                connections[1],
                connections[2],
                timeProvider ?? TimeProvider.System
            );
        }
        catch (Exception e)
        {
            connections.ForEach(connection => connection.Connection.Dispose());
            processLock?.Dispose();
            if (e is IOException or UnauthorizedAccessException or SqliteException or InvalidDataException)
            {
                throw new SigningRequestStoreException(
                    $"The store of signing requests can't be opened: {e.Message}",
                    e
                );
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public Task<SigningRequest> AddAsync(NewSigningRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(request.Station);
        return _writer.RunAsync(
            connection =>
            {
                SigningRequest? repeated = Query(
                        connection,
                        $"SELECT * FROM {Repeated}",
                        ("$station", request.Station),
                        ("$key", request.Csr.KeyId.Value),
                        ("$uses", request.Uses.ToString())
                    )
                    .FirstOrDefault();
                DateTimeOffset now = _clock.GetUtcNow();
                if (repeated is not null)
                {
                    AddRepetition(connection, repeated, now);
                    return UpdateRepeated(connection, repeated, request);
                }

                return Insert(
                    connection,
                    new SigningRequest
                    {
                        Id = 0,
                        Station = request.Station,
                        KeyId = request.Csr.KeyId,
                        Uses = request.Uses,
                        RequestId = request.RequestId,
                        RootCertificate = request.RootCertificate,
                        Csr = request.Csr.ToPem(),
                        State = SigningRequestState.Received,
                        ReceivedAt = now,
                        ChangedAt = now,
                        DueAt = now + (request.Lease?.Time ?? TimeSpan.Zero),
                        LeaseOwner = request.Lease?.Owner,
                    }
                );
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<SigningTransitionResult> TransitionAsync(
        long id,
        long expectedVersion,
        SigningRequestTransition transition,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(transition);
        return _writer.RunAsync(
            connection =>
            {
                SigningRequest? request = Find(connection, id);
                if (request is null || request.Version != expectedVersion)
                {
                    SigningTransitionOutcome conflict = request is null
                        ? SigningTransitionOutcome.NotFound
                        : SigningTransitionOutcome.VersionConflict;
                    return new SigningTransitionResult(conflict, request);
                }

                SigningRequest changed = transition.ApplyTo(request, _clock.GetUtcNow());
                Update(connection, changed);
                AddEvent(connection, changed);
                return new SigningTransitionResult(SigningTransitionOutcome.Applied, changed);
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<SigningRequestClaimResult> ClaimDueAsync(
        SigningRequestClaim claim,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(claim);
        var query = new ClaimQuery(claim, _clock.GetUtcNow());

        // Most of the time nothing is due: to learn that takes no write.
        DateTimeOffset? next = await _lookup.RunAsync(query.FindNextDue, cancellationToken).ConfigureAwait(false);
        if (next is null || next > query.Now)
        {
            return new SigningRequestClaimResult([], next);
        }

        return await _writer
            .RunAsync(
                connection => new SigningRequestClaimResult(query.ClaimDue(connection), query.FindNextDue(connection)),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SigningRequest>> ClaimForStationAsync(
        string station,
        SigningRequestClaim claim,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(station);
        ArgumentNullException.ThrowIfNull(claim);
        var query = new ClaimQuery(claim, _clock.GetUtcNow());
        return await _lookup
            .RunAsync(connection => query.HasAny(connection, station), cancellationToken)
            .ConfigureAwait(false)
            ? await _writer
                .RunAsync(connection => query.ClaimForStation(connection, station), cancellationToken)
                .ConfigureAwait(false)
            : [];
    }

    /// <inheritdoc/>
    public Task RenewAsync(SigningRequestLease lease, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            "UPDATE request SET due_at = $until WHERE lease_owner = $owner",
            [("$owner", lease.Owner), ("$until", SigningRequestRow.Text(_clock.GetUtcNow() + lease.Time))],
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<bool> ReleaseAsync(
        long id,
        string owner,
        DateTimeOffset dueAt,
        bool isOffered = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return await ChangeAsync(
                    "UPDATE request SET lease_owner = NULL, due_at = $due, version = version + 1 WHERE id = $id "
                        + "AND lease_owner = $owner",
                    [("$id", id), ("$owner", owner), ("$due", SigningRequestRow.Text(dueAt))],
                    cancellationToken
                )
                .ConfigureAwait(false) > 0;
    }

    /// <inheritdoc/>
    public Task ReleaseAllAsync(string owner, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return ChangeAsync(
            "UPDATE request SET lease_owner = NULL, due_at = $due, version = version + 1 WHERE lease_owner = $owner",
            [("$owner", owner), ("$due", SigningRequestRow.Text(_clock.GetUtcNow()))],
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<SigningRequest?> FindAsync(long id, CancellationToken cancellationToken = default) =>
        _lookup.RunAsync(connection => Find(connection, id), cancellationToken);

    /// <inheritdoc/>
    public Task<SigningRequestUsage> GetUsageAsync(
        string station,
        PublicKeyId keyId,
        CertificateUses uses,
        int? requestId,
        DateTimeOffset since,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(station);
        return _lookup.RunAsync(
            connection =>
            {
                using SqliteCommand command = Command(
                    connection,
                    Usage,
                    ("$station", station),
                    ("$key", keyId.Value),
                    ("$uses", uses.ToString()),
                    ("$id", requestId),
                    ("$since", SigningRequestRow.Text(since))
                );
                using SqliteDataReader reader = command.ExecuteReader();
                reader.Read();
                return new SigningRequestUsage
                {
                    IsRepeat = reader.GetBoolean(0),
                    UnfinishedCount = reader.GetInt32(1),
                    RecentCount = reader.GetInt32(2),
                    IsKeyOfAnotherStation = reader.GetBoolean(3),
                    IsKeyCertified = reader.GetBoolean(4),
                    IsRequestIdInUse = reader.GetBoolean(5),
                };
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequest>> ListUnfinishedAsync(
        string? station = null,
        CancellationToken cancellationToken = default
    ) =>
        ListAsync(
            station is null ? $"{Unfinished} ORDER BY id" : $"{Unfinished} AND station = $station ORDER BY id",
            [("$station", station)],
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequest>> ListAsync(
        SigningRequestFilter filter,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(filter);

        // A condition that is not set is left out of the query: otherwise, no index could serve it.
        string[] conditions =
        [
            "TRUE",
            .. filter.Station is null ? (string[])[] : ["station = $station"],
            .. filter.KeyId is null ? (string[])[] : ["key_id = $key"],
            .. filter.State is null ? (string[])[] : ["state = $state"],
            .. filter.BeforeId is null ? (string[])[] : ["id < $before"],
        ];
        return ListAsync(
            $"SELECT * FROM request WHERE {string.Join(" AND ", conditions)} ORDER BY id DESC LIMIT $count",
            [
                ("$station", filter.Station),
                ("$key", filter.KeyId?.Value),
                ("$state", filter.State?.ToString()),
                ("$before", filter.BeforeId),
                ("$count", filter.MaxCount),
            ],
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequest>> ListExpiringAsync(
        DateTimeOffset before,
        CancellationToken cancellationToken = default
    ) =>
        ListAsync(
            $"""
            SELECT * FROM request
            WHERE state = 'Delivered' AND expires_at < $before AND NOT {IsReplaced}
            ORDER BY expires_at, id
            """,
            [("$before", SigningRequestRow.Text(before))],
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequestEvent>> GetHistoryAsync(
        long id,
        CancellationToken cancellationToken = default
    ) =>
        _lookup.RunAsync<IReadOnlyList<SigningRequestEvent>>(
            connection =>
            {
                using SqliteCommand command = Command(
                    connection,
                    "SELECT * FROM event WHERE request_id = $id ORDER BY number",
                    ("$id", id)
                );
                using SqliteDataReader reader = command.ExecuteReader();
                var events = new List<SigningRequestEvent>();
                while (reader.Read())
                {
                    events.Add(SigningRequestRow.ReadEvent(reader));
                }

                return events;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<int> RemoveFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        int removed = 0;
        while (true)
        {
            int count = await _writer
                .RunAsync(connection => RemoveFinished(connection, before), cancellationToken)
                .ConfigureAwait(false);
            removed += count;
            if (count < MaxRemoved)
            {
                return removed;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _lists.DisposeAsync().ConfigureAwait(false);
        await _lookup.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false); // last, so that it brings the journal back into the file
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// All files are the owner's alone. SQLite makes those beside the database with the mode of the database.
    /// </summary>
    private static void Protect(string path)
    {
        PrivateFiles.CheckFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        PrivateFiles.Protect(path, create: true);
        PrivateFiles.Protect(path + ".lock", create: true);
        PrivateFiles.Protect(path + "-wal", create: false);
        PrivateFiles.Protect(path + "-shm", create: false);
    }

    private static int RemoveFinished(SqliteConnection connection, DateTimeOffset before)
    {
        using SqliteCommand command = Command(
            connection,
            $"""
            DELETE FROM request WHERE id IN (
                SELECT id FROM request
                WHERE is_finished AND changed_at < $before
                    AND (state <> 'Delivered' OR expires_at < $before OR {IsReplaced})
                LIMIT {MaxRemoved})
            """,
            ("$before", SigningRequestRow.Text(before))
        );
        return command.ExecuteNonQuery();
    }

    private Task<IReadOnlyList<SigningRequest>> ListAsync(
        string sql,
        (string Name, object? Value)[] parameters,
        CancellationToken cancellationToken
    ) =>
        _lists.RunAsync<IReadOnlyList<SigningRequest>>(
            connection => Query(connection, sql, parameters),
            cancellationToken
        );

    private Task<int> ChangeAsync(
        string sql,
        (string Name, object? Value)[] parameters,
        CancellationToken cancellationToken
    ) =>
        _writer.RunAsync(
            connection =>
            {
                using SqliteCommand command = Command(connection, sql, parameters);
                return command.ExecuteNonQuery();
            },
            cancellationToken
        );

    private static SigningRequest? Find(SqliteConnection connection, long id) =>
        Query(connection, "SELECT * FROM request WHERE id = $id", ("$id", id)).FirstOrDefault();

    internal static List<SigningRequest> Query(
        SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        using SqliteCommand command = Command(connection, sql, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        var requests = new List<SigningRequest>();
        while (reader.Read())
        {
            requests.Add(SigningRequestRow.Read(reader));
        }

        return requests;
    }

    private static SigningRequest Insert(SqliteConnection connection, SigningRequest request)
    {
        using SqliteCommand command = Command(
            connection,
            """
            INSERT INTO request (
                station, key_id, uses, csr, state, received_at, changed_at, reason, attempts, is_finished, due_at,
                lease_owner, request_id, root_hash_algorithm, root_name_hash, root_key_hash, root_serial_number)
            VALUES ($station, $key, $uses, $csr, $state, $at, $at, $reason, 0, 0, $due, $owner,
                $id, $algorithm, $name_hash, $key_hash, $serial) RETURNING id
            """,
            ("$station", request.Station),
            ("$key", request.KeyId.Value),
            ("$uses", request.Uses.ToString()),
            ("$csr", request.Csr),
            ("$state", request.State.ToString()),
            ("$at", SigningRequestRow.Text(request.ChangedAt)),
            ("$reason", request.Reason),
            ("$due", SigningRequestRow.Text(request.DueAt)),
            ("$owner", request.LeaseOwner),
            ("$id", request.RequestId),
            ("$algorithm", request.RootCertificate?.HashAlgorithm),
            ("$name_hash", request.RootCertificate?.IssuerNameHash),
            ("$key_hash", request.RootCertificate?.IssuerKeyHash),
            ("$serial", request.RootCertificate?.SerialNumber)
        );
        SigningRequest inserted = request with { Id = (long)command.ExecuteScalar()! };
        AddEvent(connection, inserted);
        return inserted;
    }

    private static void Update(SqliteConnection connection, SigningRequest request)
    {
        using SqliteCommand command = Command(
            connection,
            """
            UPDATE request SET state = $state, changed_at = $at, reason = $reason, attempts = $attempts,
                deliveries = $deliveries, is_answer_lost = FALSE, version = $version, due_at = $due,
                lease_owner = $owner, ask_again_at = $again, ticket = $ticket, chain = $chain,
                certificate_serial_number = $serial, expires_at = $expires, is_finished = $finished
            WHERE id = $id
            """,
            ("$id", request.Id),
            ("$state", request.State.ToString()),
            ("$at", SigningRequestRow.Text(request.ChangedAt)),
            ("$reason", request.Reason),
            ("$attempts", request.Attempts),
            ("$deliveries", request.Deliveries),
            ("$version", request.Version),
            ("$due", SigningRequestRow.Text(request.DueAt)),
            ("$owner", request.LeaseOwner),
            ("$again", SigningRequestRow.Text(request.AskAgainAt)),
            ("$ticket", request.Ticket),
            ("$chain", request.Chain),
            ("$serial", request.CertificateSerialNumber),
            ("$expires", SigningRequestRow.Text(request.ExpiresAt)),
            ("$finished", request.IsFinished)
        );
        command.ExecuteNonQuery();
    }

    private static SigningRequest UpdateRepeated(
        SqliteConnection connection,
        SigningRequest request,
        NewSigningRequest repetition
    )
    {
        SigningRequest updated = repetition.Repeat(request);
        if (updated == request)
        {
            return request;
        }

        using SqliteCommand command = Command(
            connection,
            """
            UPDATE request SET request_id = $request, root_hash_algorithm = $algorithm, root_name_hash = $name_hash,
                root_key_hash = $key_hash, root_serial_number = $serial
            WHERE id = $id
            """,
            ("$id", updated.Id),
            ("$request", updated.RequestId),
            ("$algorithm", updated.RootCertificate?.HashAlgorithm),
            ("$name_hash", updated.RootCertificate?.IssuerNameHash),
            ("$key_hash", updated.RootCertificate?.IssuerKeyHash),
            ("$serial", updated.RootCertificate?.SerialNumber)
        );
        command.ExecuteNonQuery();
        return updated;
    }

    /// <summary>
    /// Notes that a station repeated a request: once a minute at most, for each note is a wait for the disk.
    /// </summary>
    private static void AddRepetition(SqliteConnection connection, SigningRequest request, DateTimeOffset now)
    {
        using SqliteCommand command = Command(
            connection,
            "SELECT EXISTS (SELECT 1 FROM event WHERE request_id = $id AND state = $state AND reason = $reason "
                + "AND last_at > $since)",
            ("$id", request.Id),
            ("$state", request.State.ToString()),
            ("$reason", NewSigningRequest.RepetitionReason),
            ("$since", SigningRequestRow.Text(now - NewSigningRequest.RepetitionInterval))
        );
        if (command.ExecuteScalar() is not 1L)
        {
            AddEvent(connection, request with { ChangedAt = now, Reason = NewSigningRequest.RepetitionReason });
        }
    }

    private static void AddEvent(SqliteConnection connection, SigningRequest request)
    {
        using SqliteCommand command = Command(
            connection,
            """
            INSERT INTO event (request_id, state, at, last_at, reason) VALUES ($id, $state, $at, $at, $reason)
            ON CONFLICT (request_id, state, reason) DO UPDATE SET last_at = excluded.last_at, count = count + 1
            """,
            ("$id", request.Id),
            ("$state", request.State.ToString()),
            ("$at", SigningRequestRow.Text(request.ChangedAt)),
            ("$reason", request.Reason)
        );
        command.ExecuteNonQuery();
    }

    internal static SqliteCommand Command(
        SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
