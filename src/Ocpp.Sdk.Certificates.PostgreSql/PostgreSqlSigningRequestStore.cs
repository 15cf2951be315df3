using System.Collections.Concurrent;
using Npgsql;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.PostgreSql;

/// <summary>
/// Keeps signing requests in a PostgreSQL database, which any number of nodes share. The tables are created, or brought
/// up to date, when the store is used for the first time.
/// </summary>
/// <remarks>
/// <para>
/// Leases, and all times that the store sets, are those of the database's clock. A time that a node passes counts from
/// that node's own clock: a request that it releases for a minute is due a minute later, whatever time the node thinks
/// it is. So nodes whose clocks differ do no harm to each other.
/// </para>
/// <para>
/// A call whose connection is lost is tried again twice. A transition or a claim whose commit was not answered is
/// recognised then, and when the caller repeats it with the same transition.
/// </para>
/// </remarks>
public sealed class PostgreSqlSigningRequestStore : ISigningRequestStore
{
    /// <summary>What a station can cause to be looked up with each message: by indexes only.</summary>
    internal const string Usage = $"""
        SELECT
            EXISTS (SELECT FROM {Repeated}),
            (SELECT count(*)::integer FROM signing_request WHERE NOT is_finished AND station_key = @station),
            (SELECT count(*)::integer FROM signing_request WHERE station_key = @station AND received_at > @since),
            EXISTS (SELECT FROM signing_request WHERE key_id = @key AND station_key < @station)
                OR EXISTS (SELECT FROM signing_request WHERE key_id = @key AND station_key > @station),
            EXISTS (SELECT FROM signing_request WHERE state = 'Delivered' AND key_id = @key),
            EXISTS (
                SELECT FROM signing_request
                WHERE NOT is_finished AND station_key = @station AND request_id = @id
                    AND (key_id <> @key OR uses <> @uses))
        """;

    private const string Repeated =
        "signing_request WHERE NOT is_finished AND station_key = @station AND key_id = @key AND uses = @uses";

    // Looked up for each certificate by an index: PostgreSQL would make of NOT EXISTS a join with the whole table.
    private const string IsReplaced = """
        id < (
            SELECT max(newer.id) FROM signing_request AS newer
            WHERE newer.state = 'Delivered' AND newer.station_key = request.station_key AND newer.uses = request.uses)
        """;

    private const string AddEvents = """
        INSERT INTO signing_event (request_id, state, at, last_at, reason)
        SELECT id, state, changed_at, changed_at, reason FROM changed
        ON CONFLICT (request_id, state, md5(reason))
            DO UPDATE SET last_at = excluded.last_at, count = signing_event.count + 1
        """;

    // How many requests are forgotten at once: what waits to be written goes first after that.
    private const int MaxRemoved = 500;

    // Far beyond any certificate, and within what PostgreSQL and .NET call a time.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(36500);

    private readonly NpgsqlDataSource _source;
    private readonly bool _ownsSource;
    private readonly TimeProvider _clock;
    private readonly TimeProvider? _databaseClock;
    private readonly Database _database;
    private readonly OfferWatch _watch;

    // Tells what this store offers to others from what they offer.
    private readonly Guid _id = Guid.NewGuid();
    private readonly ConcurrentDictionary<Guid, string> _lostClaims = [];

    /// <summary>A store in the database of a data source, which is not disposed of.</summary>
    /// <param name="dataSource">
    /// Gives connections: its pool, its time limits, and the search path, whose first schema has the tables.
    /// </param>
    /// <param name="timeProvider">This node's clock. Defaults to that of the system.</param>
    public PostgreSqlSigningRequestStore(NpgsqlDataSource dataSource, TimeProvider? timeProvider = null)
        : this(dataSource, timeProvider, databaseClock: null, SigningRequestSchema.Steps, ownsSource: false) { }

    /// <summary>A store with a data source of its own.</summary>
    /// <param name="connectionString">The connection string of Npgsql.</param>
    /// <param name="timeProvider">This node's clock. Defaults to that of the system.</param>
    /// <exception cref="ArgumentException">The connection string is invalid.</exception>
    public PostgreSqlSigningRequestStore(string connectionString, TimeProvider? timeProvider = null)
        : this(
            CreateSource(connectionString),
            timeProvider,
            databaseClock: null,
            SigningRequestSchema.Steps,
            ownsSource: true
        ) { }

    /// <param name="databaseClock">Stands in for the database's clock.</param>
    /// <param name="schema">What leads from each version of the tables to the next.</param>
    internal PostgreSqlSigningRequestStore(
        NpgsqlDataSource dataSource,
        TimeProvider? timeProvider,
        TimeProvider? databaseClock,
        IReadOnlyList<string> schema,
        bool ownsSource
    )
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _source = dataSource;
        _ownsSource = ownsSource;
        _clock = timeProvider ?? TimeProvider.System;
        _databaseClock = databaseClock;
        _database = new Database(dataSource, schema);
        _watch = new OfferWatch(_database, _id);
    }

    private (string, object?) Now => ("now", _databaseClock?.GetUtcNow());

    /// <inheritdoc/>
    public Task<SigningRequest> AddAsync(NewSigningRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(request.Station);
        return _database.WriteAsync(
            async (connection, token) =>
            {
                SigningRequest? kept = null;
                while (kept is null)
                {
                    // Another node may keep or finish the same request between the two.
                    kept =
                        await InsertAsync(connection, request, token).ConfigureAwait(false)
                        ?? await RepeatAsync(connection, request, token).ConfigureAwait(false);
                }

                return kept;
            },
            uncertain: null, // the repetition finds what was kept
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
        return _database.WriteAsync(
            async (connection, token) =>
            {
                SigningRequestRow? row = await connection
                    .Command(
                        $"SELECT *, {Sql.Now} AS now FROM signing_request WHERE id = @id FOR UPDATE",
                        Now,
                        ("id", id)
                    )
                    .ReadAsync(SigningRequestRow.Read, token)
                    .ConfigureAwait(false);
                if (row is null)
                {
                    return new SigningTransitionResult(SigningTransitionOutcome.NotFound, null);
                }

                SigningRequest request = row.Request;
                if (request.Version != expectedVersion)
                {
                    // Its answer was lost, and it is repeated.
                    bool isRepeated = row.LastChange == transition.Id && request.Version == expectedVersion + 1;
                    return new SigningTransitionResult(
                        isRepeated ? SigningTransitionOutcome.Applied : SigningTransitionOutcome.VersionConflict,
                        request
                    );
                }

                SigningRequest changed = transition.ApplyTo(request, row.Now);
                if (changed.AskAgainAt is { } askAgainAt)
                {
                    DateTimeOffset then = row.Now + UntilThen(askAgainAt);
                    changed = changed with
                    {
                        AskAgainAt = then,
                        DueAt = changed.DueAt == askAgainAt ? then : changed.DueAt,
                    };
                }

                return new SigningTransitionResult(
                    SigningTransitionOutcome.Applied,
                    await UpdateAsync(connection, changed, transition.Id, token).ConfigureAwait(false)
                );
            },
            uncertain: null, // the repetition recognises the transition
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
        var query = new ClaimQuery(claim, _databaseClock?.GetUtcNow());
        await ReleaseLostClaimsAsync(cancellationToken).ConfigureAwait(false);

        // Most of the time nothing is due: to learn that takes no transaction.
        TimeSpan? wait = await _database.ExecuteAsync(query.FindNextDueAsync, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SigningRequest> requests = [];
        if (wait <= TimeSpan.Zero)
        {
            (requests, wait) = await ClaimAsync(
                    query,
                    async (connection, token) =>
                        (
                            await query.ClaimDueAsync(connection, token).ConfigureAwait(false),
                            await query.FindNextDueAsync(connection, token).ConfigureAwait(false)
                        ),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        return new SigningRequestClaimResult(requests, _clock.GetUtcNow() + wait);
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
        var query = new ClaimQuery(claim, _databaseClock?.GetUtcNow());
        await ReleaseLostClaimsAsync(cancellationToken).ConfigureAwait(false);
        return await _database
            .ExecuteAsync((connection, token) => query.HasAnyAsync(connection, station, token), cancellationToken)
            .ConfigureAwait(false)
            ? await ClaimAsync(
                    query,
                    (connection, token) => query.ClaimForStationAsync(connection, station, token),
                    cancellationToken
                )
                .ConfigureAwait(false)
            : [];
    }

    /// <inheritdoc/>
    public Task RenewAsync(SigningRequestLease lease, CancellationToken cancellationToken = default) =>
        _database.ExecuteAsync(
            (connection, token) =>
                connection
                    .Command(
                        $"UPDATE signing_request SET due_at = {Sql.Now} + @lease WHERE lease_owner = @owner",
                        Now,
                        ("owner", lease.Owner),
                        ("lease", lease.Time)
                    )
                    .RunAsync(token),
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
        return await ReleaseAsync(
                    "id = @id AND lease_owner = @owner",
                    isOffered,
                    [("id", id), ("owner", owner), ("wait", UntilThen(dueAt))],
                    cancellationToken
                )
                .ConfigureAwait(false) > 0;
    }

    /// <inheritdoc/>
    public Task ReleaseAllAsync(string owner, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return ReleaseAsync(
            "lease_owner = @owner",
            isOffered: true,
            [("owner", owner), ("wait", TimeSpan.Zero)],
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task WatchAsync(Action<string> offered, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(offered);
        return _watch.RunAsync(offered, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SigningRequest?> FindAsync(long id, CancellationToken cancellationToken = default) =>
        _database.ExecuteAsync(
            (connection, token) =>
                connection
                    .Command("SELECT * FROM signing_request WHERE id = @id", ("id", id))
                    .ReadAsync(SigningRequestRow.ReadRequest, token),
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<SigningRequestUsage> GetUsageAsync(
        string station,
        PublicKeyId keyId,
        CertificateUses uses,
        int? requestId,
        DateTimeOffset since,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(station);
        SigningRequestUsage? usage = await _database
            .ExecuteAsync(
                (connection, token) =>
                    connection
                        .Command(
                            Usage,
                            ("station", Sql.StationKey(station)),
                            ("key", keyId.Value),
                            ("uses", uses.ToString()),
                            ("id", requestId),
                            ("since", since)
                        )
                        .ReadAsync(
                            row => new SigningRequestUsage
                            {
                                IsRepeat = row.GetBoolean(0),
                                UnfinishedCount = row.GetInt32(1),
                                RecentCount = row.GetInt32(2),
                                IsKeyOfAnotherStation = row.GetBoolean(3),
                                IsKeyCertified = row.GetBoolean(4),
                                IsRequestIdInUse = row.GetBoolean(5),
                            },
                            token
                        ),
                cancellationToken
            )
            .ConfigureAwait(false);
        return usage!; // the statement has one row, always
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequest>> ListUnfinishedAsync(
        string? station = null,
        CancellationToken cancellationToken = default
    ) =>
        station is null
            ? ListAsync("SELECT * FROM signing_request WHERE NOT is_finished ORDER BY id", [], cancellationToken)
            : ListAsync(
                "SELECT * FROM signing_request WHERE NOT is_finished AND station_key = @station ORDER BY id",
                [("station", Sql.StationKey(station))],
                cancellationToken
            );

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequest>> ListAsync(
        SigningRequestFilter filter,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(filter);
        (string Sql, object? Value)[] conditions =
        [
            ("station_key = @station", filter.Station is { } station ? Sql.StationKey(station) : null),
            ("key_id = @key", filter.KeyId?.Value),
            ("state = @state", filter.State?.ToString()),
            ("id < @before", filter.BeforeId),
        ];

        // What is not asked for is left out of the question, or no index would serve it.
        string where = string.Join(
            " AND ",
            conditions.Where(one => one.Value is not null).Select(one => one.Sql).Prepend("TRUE")
        );
        return ListAsync(
            $"SELECT * FROM signing_request WHERE {where} ORDER BY id DESC LIMIT @count",
            [
                .. conditions.Select(one =>
                    (one.Sql[(one.Sql.IndexOf('@', StringComparison.Ordinal) + 1)..], one.Value)
                ),
                ("count", filter.MaxCount),
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
            SELECT * FROM signing_request AS request
            WHERE state = 'Delivered' AND expires_at < @before AND NOT {IsReplaced}
            ORDER BY expires_at, id
            """,
            [("before", before)],
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<SigningRequestEvent>> GetHistoryAsync(
        long id,
        CancellationToken cancellationToken = default
    ) =>
        _database.ExecuteAsync(
            (connection, token) =>
                connection
                    .Command("SELECT * FROM signing_event WHERE request_id = @id ORDER BY number", ("id", id))
                    .ListAsync(SigningRequestRow.ReadEvent, token),
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<int> RemoveFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        int removed = 0;
        (DateTimeOffset At, long Id) last = (DateTimeOffset.MinValue, 0);
        while (true)
        {
            // What is kept is not gone through again, and what another node is forgetting is left to that.
            (int count, last) = await _database
                .WriteAsync(
                    (connection, token) => RemoveAsync(connection, before, last, token),
                    null,
                    cancellationToken
                )
                .ConfigureAwait(false);
            removed += count;
            if (count < MaxRemoved)
            {
                return removed;
            }
        }
    }

    /// <summary>Closes the connections, where the data source is the store's own.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ownsSource)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }

        _database.Dispose();
    }

    /// <exception cref="ArgumentException">The connection string is invalid.</exception>
    internal static void CheckConnectionString(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            // Without the cause: it repeats what it could not read, and that may be a part of the password.
            throw new ArgumentException("The connection string is invalid.", nameof(connectionString));
        }
    }

    private static NpgsqlDataSource CreateSource(string connectionString)
    {
        CheckConnectionString(connectionString);
        return NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>How long it is, by this node's clock, until a time that it has passed.</summary>
    private TimeSpan UntilThen(DateTimeOffset time)
    {
        TimeSpan wait = time - _clock.GetUtcNow();
        return wait < s_longestWait ? wait : s_longestWait;
    }

    private async Task<T> ClaimAsync<T>(
        ClaimQuery query,
        Func<NpgsqlConnection, CancellationToken, Task<T>> claim,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await _database
                .WriteAsync(claim, uncertain: () => query.IsUncertain = true, cancellationToken)
                .ConfigureAwait(false);
        }
        catch when (query.IsUncertain)
        {
            _lostClaims[query.Change] = query.Owner;
            throw;
        }
    }

    /// <summary>
    /// Releases what claims whose answers were lost have handed out to nobody: it would be held as long as its owner
    /// renews its leases.
    /// </summary>
    private async Task ReleaseLostClaimsAsync(CancellationToken cancellationToken)
    {
        foreach ((Guid change, string owner) in _lostClaims)
        {
            await ReleaseAsync(
                    "lease_owner = @owner AND last_change = @change",
                    isOffered: false,
                    [("owner", owner), ("change", change), ("wait", TimeSpan.Zero)],
                    cancellationToken
                )
                .ConfigureAwait(false);
            _lostClaims.TryRemove(change, out _);
        }
    }

    private Task<int> ReleaseAsync(
        string condition,
        bool isOffered,
        (string Name, object? Value)[] parameters,
        CancellationToken cancellationToken
    )
    {
        string release = $"""
            UPDATE signing_request SET lease_owner = NULL, due_at = {Sql.Now} + @wait, version = version + 1,
                offered_at = {(isOffered ? Sql.Now : "NULL")}, offered_by = @by
            WHERE {condition}
            """;
        return _database.ExecuteAsync(
            async (connection, token) =>
                isOffered
                    ? (
                        await connection
                            .Command(OfferWatch.Notify(release), [.. parameters, Now, ("by", _id)])
                            .ListAsync(_ => true, token)
                            .ConfigureAwait(false)
                    ).Count
                    : await connection
                        .Command(release, [.. parameters, Now, ("by", _id)])
                        .RunAsync(token)
                        .ConfigureAwait(false),
            cancellationToken
        );
    }

    private async Task<SigningRequest?> InsertAsync(
        NpgsqlConnection connection,
        NewSigningRequest request,
        CancellationToken cancellationToken
    ) =>
        await connection
            .Command(
                $"""
                WITH changed AS (
                    INSERT INTO signing_request (
                        station, station_key, key_id, uses, csr, state, received_at, changed_at, due_at, lease_owner,
                        request_id, root_hash_algorithm, root_name_hash, root_key_hash, root_serial_number)
                    VALUES (@name, @station, @key, @uses, @csr, 'Received', {Sql.Now}, {Sql.Now}, {Sql.Now} + @lease,
                        @owner, @id, @algorithm, @name_hash, @key_hash, @serial)
                    ON CONFLICT DO NOTHING RETURNING *),
                event AS ({AddEvents})
                SELECT * FROM changed
                """,
                [
                    .. RepeatedParameters(request),
                    .. RootParameters(request.RootCertificate),
                    Now,
                    ("name", request.Station),
                    ("csr", request.Csr.ToPem()),
                    ("lease", request.Lease?.Time ?? TimeSpan.Zero),
                    ("owner", request.Lease?.Owner),
                    ("id", request.RequestId),
                ]
            )
            .ReadAsync(SigningRequestRow.ReadRequest, cancellationToken)
            .ConfigureAwait(false);

    /// <returns>The request that is repeated; <see langword="null"/> if it is finished meanwhile.</returns>
    private async Task<SigningRequest?> RepeatAsync(
        NpgsqlConnection connection,
        NewSigningRequest repetition,
        CancellationToken cancellationToken
    )
    {
        SigningRequestRow? row = await connection
            .Command($"SELECT *, {Sql.Now} AS now FROM {Repeated} FOR UPDATE", [.. RepeatedParameters(repetition), Now])
            .ReadAsync(SigningRequestRow.Read, cancellationToken)
            .ConfigureAwait(false);
        if (row is null)
        {
            return null;
        }

        await AddRepetitionAsync(connection, row, cancellationToken).ConfigureAwait(false);
        SigningRequest updated = repetition.Repeat(row.Request);
        if (updated != row.Request)
        {
            await connection
                .Command(
                    """
                    UPDATE signing_request SET request_id = @request, root_hash_algorithm = @algorithm,
                        root_name_hash = @name_hash, root_key_hash = @key_hash, root_serial_number = @serial
                    WHERE id = @id
                    """,
                    [.. RootParameters(updated.RootCertificate), ("id", updated.Id), ("request", updated.RequestId)]
                )
                .RunAsync(cancellationToken)
                .ConfigureAwait(false);
        }

        return updated;
    }

    /// <summary>
    /// Notes that a station repeated a request: once a minute at most, for each note is a wait for the disk.
    /// </summary>
    private static Task<int> AddRepetitionAsync(
        NpgsqlConnection connection,
        SigningRequestRow row,
        CancellationToken cancellationToken
    ) =>
        connection
            .Command(
                $"""
                WITH changed AS (
                    SELECT @id AS id, @state AS state, @at AS changed_at, @reason AS reason
                    WHERE NOT EXISTS (
                        SELECT FROM signing_event
                        WHERE request_id = @id AND state = @state AND md5(reason) = md5(@reason) AND last_at > @since))
                {AddEvents}
                """,
                ("id", row.Request.Id),
                ("state", row.Request.State.ToString()),
                ("reason", NewSigningRequest.RepetitionReason),
                ("at", row.Now),
                ("since", row.Now - NewSigningRequest.RepetitionInterval)
            )
            .RunAsync(cancellationToken);

    private static async Task<SigningRequest> UpdateAsync(
        NpgsqlConnection connection,
        SigningRequest request,
        Guid change,
        CancellationToken cancellationToken
    )
    {
        SigningRequest? updated = await connection
            .Command(
                $"""
                WITH changed AS (
                    UPDATE signing_request SET state = @state, changed_at = @at, reason = @reason, attempts = @attempts,
                        deliveries = @deliveries, is_answer_lost = FALSE, version = @version, due_at = @due,
                        lease_owner = @owner, ask_again_at = @again, ticket = @ticket, chain = @chain,
                        certificate_serial_number = @serial, expires_at = @expires, is_finished = @finished,
                        last_change = @change, offered_at = NULL, offered_by = NULL
                    WHERE id = @id RETURNING *),
                event AS ({AddEvents})
                SELECT * FROM changed
                """,
                ("id", request.Id),
                ("state", request.State.ToString()),
                ("at", request.ChangedAt),
                ("reason", request.Reason),
                ("attempts", request.Attempts),
                ("deliveries", request.Deliveries),
                ("version", request.Version),
                ("due", request.DueAt),
                ("owner", request.LeaseOwner),
                ("again", request.AskAgainAt),
                ("ticket", request.Ticket),
                ("chain", request.Chain),
                ("serial", request.CertificateSerialNumber),
                ("expires", request.ExpiresAt),
                ("finished", request.IsFinished),
                ("change", change)
            )
            .ReadAsync(SigningRequestRow.ReadRequest, cancellationToken)
            .ConfigureAwait(false);
        return updated!; // its row is locked
    }

    private static async Task<(int Count, (DateTimeOffset At, long Id) Last)> RemoveAsync(
        NpgsqlConnection connection,
        DateTimeOffset before,
        (DateTimeOffset At, long Id) last,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<(DateTimeOffset At, long Id)> removed = await connection
            .Command(
                $"""
                DELETE FROM signing_request WHERE id = ANY (ARRAY(
                    SELECT id FROM signing_request AS request
                    WHERE is_finished AND changed_at < @before AND (changed_at, id) > (@last_at, @last_id)
                        AND (state <> 'Delivered' OR expires_at < @before OR {IsReplaced})
                    ORDER BY changed_at, id LIMIT {MaxRemoved} FOR UPDATE SKIP LOCKED))
                RETURNING changed_at, id
                """,
                ("before", before),
                ("last_at", last.At),
                ("last_id", last.Id)
            )
            .ListAsync(row => (row.Time("changed_at"), row.GetInt64(1)), cancellationToken)
            .ConfigureAwait(false);
        return (removed.Count, removed.Count == 0 ? last : removed.Max());
    }

    private static (string Name, object? Value)[] RepeatedParameters(NewSigningRequest request) =>
        [
            ("station", Sql.StationKey(request.Station)),
            ("key", request.Csr.KeyId.Value),
            ("uses", request.Uses.ToString()),
        ];

    private static (string Name, object? Value)[] RootParameters(CertificateHash? root) =>
        [
            ("algorithm", root?.HashAlgorithm),
            ("name_hash", root?.IssuerNameHash),
            ("key_hash", root?.IssuerKeyHash),
            ("serial", root?.SerialNumber),
        ];

    private Task<IReadOnlyList<SigningRequest>> ListAsync(
        string sql,
        (string Name, object? Value)[] parameters,
        CancellationToken cancellationToken
    ) =>
        _database.ExecuteAsync(
            (connection, token) => connection.Command(sql, parameters).ListAsync(SigningRequestRow.ReadRequest, token),
            cancellationToken
        );
}
