using Npgsql;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.PostgreSql;

/// <summary>Finds and marks what a claim hands out, by the index of due work: what is not due costs nothing.</summary>
internal sealed class ClaimQuery
{
    private const string IsFree = $"(lease_owner IS NULL OR (lease_owner <> @owner AND due_at <= {Sql.Now}))";

    private readonly SigningRequestClaim _claim;
    private readonly string _filter;

    /// <param name="claim">The claim.</param>
    /// <param name="now">The time that stands in for that of the database.</param>
    public ClaimQuery(SigningRequestClaim claim, DateTimeOffset? now)
    {
        _claim = claim;
        (string Name, object? Value)[] exceptions =
        [
            .. claim.ExceptStations.Select((station, i) => ($"except{i}", (object?)Sql.StationKey(station))),
        ];
        Parameters =
        [
            ("owner", claim.Lease.Owner),
            ("now", now),
            ("lease", claim.Lease.Time),
            ("max", claim.MaxCount),
            ("change", Change),
            .. exceptions,
        ];
        _filter =
            (claim.Uses is null ? "" : $" AND uses IN ({List(claim.Uses)})")
            + (
                exceptions.Length == 0
                    ? ""
                    : $" AND station_key NOT IN ({string.Join(", ", exceptions.Select(one => "@" + one.Name))})"
            );
    }

    /// <summary>What marks the requests of this claim, in case that its answer is lost.</summary>
    public Guid Change { get; } = Guid.NewGuid();

    /// <summary>Whether the commit of this claim was not answered: it may have happened.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>Who claims.</summary>
    public string Owner => _claim.Lease.Owner;

    internal (string Name, object? Value)[] Parameters { get; }

    internal string NextDue =>
        $"SELECT min(due_at), {Sql.Now} FROM "
        + $"({EachState($"(lease_owner IS NULL OR lease_owner <> @owner){_filter}", "1")}) AS next";

    internal string Due =>
        $"""
            SELECT id FROM ({EachState(
                $"due_at <= {Sql.Now} AND {IsFree}{_filter}",
                "@max FOR UPDATE SKIP LOCKED"
            )}) AS due
            ORDER BY due_at, id LIMIT @max
            """;

    private string OfStation =>
        $"""
            SELECT id FROM signing_request
            WHERE NOT is_finished AND station_key = @station AND state IN ({List(_claim.States)}) AND {IsFree}{_filter}
            """;

    /// <summary>
    /// How long it is until the next of the requests is due, or the lease of another owner on it ends.
    /// </summary>
    public Task<TimeSpan?> FindNextDueAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection
            .Command(NextDue, Parameters)
            .ReadAsync(
                row =>
                    row.IsDBNull(0)
                        ? (TimeSpan?)null
                        : row.GetFieldValue<DateTimeOffset>(0) - row.GetFieldValue<DateTimeOffset>(1),
                cancellationToken
            );

    /// <summary>Marks and returns what is due.</summary>
    public Task<IReadOnlyList<SigningRequest>> ClaimDueAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    ) => ClaimAsync(connection, Due, Parameters, cancellationToken);

    /// <summary>Whether there is anything to claim for a station.</summary>
    public Task<bool> HasAnyAsync(NpgsqlConnection connection, string station, CancellationToken cancellationToken) =>
        connection
            .Command($"SELECT EXISTS ({OfStation})", OfStationParameters(station))
            .ReadAsync(row => row.GetBoolean(0), cancellationToken);

    /// <summary>Marks and returns what a station has open.</summary>
    public Task<IReadOnlyList<SigningRequest>> ClaimForStationAsync(
        NpgsqlConnection connection,
        string station,
        CancellationToken cancellationToken
    ) =>
        ClaimAsync(
            connection,
            $"{OfStation} ORDER BY id LIMIT @max FOR UPDATE SKIP LOCKED",
            OfStationParameters(station),
            cancellationToken
        );

    private (string Name, object? Value)[] OfStationParameters(string station) =>
        [.. Parameters, ("station", Sql.StationKey(station))];

    // The states and uses are names of enumerations, never text of a peer.
    private static string List<TEnum>(IEnumerable<TEnum> values)
        where TEnum : struct, Enum => string.Join(", ", values.Select(value => $"'{value}'"));

    /// <summary>
    /// A query for each state, of which each stops at its limit: one for all would sort all that is due.
    /// </summary>
    private string EachState(string condition, string limit) =>
        string.Join(
            " UNION ALL ",
            _claim.States.Select(state =>
                "SELECT * FROM (SELECT id, due_at FROM signing_request "
                + $"WHERE NOT is_finished AND state = '{state}' AND {condition} ORDER BY due_at LIMIT {limit}) "
                + $"AS {state}"
            )
        );

    private async Task<IReadOnlyList<SigningRequest>> ClaimAsync(
        NpgsqlConnection connection,
        string ids,
        (string Name, object? Value)[] parameters,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<SigningRequest> claimed = IsUncertain
            ? await ListAsync("SELECT * FROM signing_request WHERE lease_owner = @owner AND last_change = @change")
                .ConfigureAwait(false)
            : [];
        if (claimed.Count == 0)
        {
            // What somebody forwarded whose lease has ended: the answer went with them.
            claimed = await ListAsync(
                    $"""
                    UPDATE signing_request SET lease_owner = @owner, due_at = {Sql.Now} + @lease, version = version + 1,
                        last_change = @change, offered_at = NULL, offered_by = NULL,
                        is_answer_lost = is_answer_lost OR state = 'Forwarded'
                    WHERE id = ANY (ARRAY({ids})) RETURNING *
                    """
                )
                .ConfigureAwait(false);
        }

        return [.. claimed.OrderBy(request => request.Id)];

        Task<IReadOnlyList<SigningRequest>> ListAsync(string sql) =>
            connection.Command(sql, parameters).ListAsync(SigningRequestRow.ReadRequest, cancellationToken);
    }
}
