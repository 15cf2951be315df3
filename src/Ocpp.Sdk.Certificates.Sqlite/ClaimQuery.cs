using Microsoft.Data.Sqlite;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Sqlite;

/// <summary>Finds and marks what a claim hands out, by the index of due work: what is not due costs nothing.</summary>
internal sealed class ClaimQuery
{
    private const string IsFree = "(lease_owner IS NULL OR (lease_owner <> $owner AND due_at <= $now))";

    private readonly SigningRequestClaim _claim;
    private readonly string _filter;

    public ClaimQuery(SigningRequestClaim claim, DateTimeOffset now)
    {
        _claim = claim;
        Now = now;
        (string Name, object? Value)[] exceptions =
        [
            .. claim.ExceptStations.Select((station, i) => ($"$except{i}", (object?)station)),
        ];
        Parameters =
        [
            ("$owner", claim.Lease.Owner),
            ("$now", SigningRequestRow.Text(now)),
            ("$until", SigningRequestRow.Text(now + claim.Lease.Time)),
            ("$max", claim.MaxCount),
            .. exceptions,
        ];
        _filter =
            (claim.Uses is null ? "" : $" AND uses IN ({List(claim.Uses)})")
            + (
                exceptions.Length == 0
                    ? ""
                    : $" AND station NOT IN ({string.Join(", ", exceptions.Select(one => one.Name))})"
            );
    }

    internal (string Name, object? Value)[] Parameters { get; }

    internal string NextDue =>
        $"SELECT MIN(due_at) FROM ({EachState($"(lease_owner IS NULL OR lease_owner <> $owner){_filter}", "1")})";

    /// <summary>The time of the query.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>When the next of the requests is due, or the lease of another owner on it ends.</summary>
    public DateTimeOffset? FindNextDue(SqliteConnection connection)
    {
        using SqliteCommand command = SqliteSigningRequestStore.Command(connection, NextDue, Parameters);
        return command.ExecuteScalar() is string text ? SigningRequestRow.Time(text) : null;
    }

    /// <summary>Marks and returns what is due.</summary>
    public IReadOnlyList<SigningRequest> ClaimDue(SqliteConnection connection) =>
        Claim(
            connection,
            $"SELECT id FROM ({EachState($"due_at <= $now AND {IsFree}{_filter}", "$max")}) "
                + "ORDER BY due_at, id LIMIT $max"
        );

    /// <summary>Whether there is anything to claim for a station.</summary>
    public bool HasAny(SqliteConnection connection, string station)
    {
        using SqliteCommand command = SqliteSigningRequestStore.Command(
            connection,
            $"SELECT EXISTS ({OfStation})",
            [.. Parameters, ("$station", station)]
        );
        return command.ExecuteScalar() is 1L;
    }

    /// <summary>Marks and returns what a station has open.</summary>
    public IReadOnlyList<SigningRequest> ClaimForStation(SqliteConnection connection, string station) =>
        Claim(connection, $"{OfStation} ORDER BY id LIMIT $max", ("$station", station));

    private string OfStation =>
        $"SELECT id FROM request WHERE NOT is_finished AND station = $station "
        + $"AND state IN ({List(_claim.States)}) AND {IsFree}{_filter}";

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
                $"SELECT * FROM (SELECT id, due_at FROM request INDEXED BY request_due WHERE NOT is_finished "
                + $"AND state = '{state}' "
                + $"AND {condition} ORDER BY due_at LIMIT {limit})"
            )
        );

    // What somebody forwarded whose lease has ended: the answer went with them.
    private IReadOnlyList<SigningRequest> Claim(
        SqliteConnection connection,
        string ids,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) =>
        [
            .. SqliteSigningRequestStore
                .Query(
                    connection,
                    $"""
                    UPDATE request SET lease_owner = $owner, due_at = $until, version = version + 1,
                        is_answer_lost = is_answer_lost OR state = 'Forwarded'
                    WHERE id IN ({ids}) RETURNING *
                    """,
                    [.. Parameters, .. parameters]
                )
                .OrderBy(request => request.Id),
        ];
}
