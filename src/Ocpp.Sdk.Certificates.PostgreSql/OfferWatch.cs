using Npgsql;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.PostgreSql;

/// <summary>
/// Reports what other nodes have released for anybody to go on with: at once by NOTIFY, and by a look at the table from
/// time to time, for a notification is lost with the connection, and in some poolers.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="id">What this store offers itself is not reported.</param>
internal sealed class OfferWatch(Database database, Guid id)
{
    private const int MaxCount = 1000;
    private const int IdLength = 36;

    // No transaction that offers something takes as long: it is a single statement.
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(60);

    // Nodes that were started at once don't look at once: from half of it to one and a half.
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    private DateTimeOffset? _seenUntil;

    /// <summary>The statement that runs an update of requests, and notifies others of each.</summary>
    // Several stores may be in one database: the table is another in each. A payload has 8,000 bytes at most.
    public static string Notify(string update) =>
        $"""
            WITH offered AS ({update} RETURNING station)
            SELECT pg_notify({Channel}, @by::text || ' ' || left(station, 500)) FROM offered
            """;

    private const string Channel = "'signing_request_' || 'signing_request'::regclass::oid";

    /// <summary>Reports until it is cancelled.</summary>
    /// <exception cref="SigningRequestStoreException">
    /// The connection was lost. When it is run again, it goes on where it was.
    /// </exception>
    public async Task RunAsync(Action<string> offered, CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlConnection connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await WatchAsync(connection, offered, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException e)
        {
            throw Database.Failure(e);
        }
    }

    private async Task WatchAsync(
        NpgsqlConnection connection,
        Action<string> offered,
        CancellationToken cancellationToken
    )
    {
        connection.Notification += (_, notification) =>
        {
            if (ReadPayload(notification.Payload) is { } station)
            {
                offered(station);
            }
        };
        string? channel = await connection
            .Command($"SELECT {Channel}")
            .ReadAsync(row => row.GetString(0), cancellationToken)
            .ConfigureAwait(false);
        await connection.Command($"LISTEN \"{channel}\"").RunAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            await LookAsync(connection, offered, cancellationToken).ConfigureAwait(false);
            long end =
                Environment.TickCount64 + (long)(s_interval.TotalMilliseconds * (0.5 + Random.Shared.NextDouble()));
            while (end - Environment.TickCount64 is > 0 and var rest)
            {
                await connection.WaitAsync(TimeSpan.FromMilliseconds(rest), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private string? ReadPayload(string payload) =>
        payload.Length > IdLength && Guid.TryParse(payload[..IdLength], out Guid by) && by != id
            ? payload[(IdLength + 1)..]
            : null;

    /// <summary>Looks for what was offered since the last look.</summary>
    private async Task LookAsync(
        NpgsqlConnection connection,
        Action<string> offered,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = await connection
            .Command("SELECT statement_timestamp()")
            .ReadAsync(row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken)
            .ConfigureAwait(false);
        (DateTimeOffset At, long Id) last = ((_seenUntil ?? now) - s_overlap, 0);
        IReadOnlyList<(string Station, DateTimeOffset At, long Id)> found;
        do
        {
            found = await connection
                .Command(
                    """
                    SELECT station, offered_at, id FROM signing_request
                    WHERE offered_at IS NOT NULL AND offered_by <> @by AND (offered_at, id) > (@at, @id)
                    ORDER BY offered_at, id LIMIT @max
                    """,
                    ("by", id),
                    ("at", last.At),
                    ("id", last.Id),
                    ("max", MaxCount)
                )
                .ListAsync(row => (row.Text("station"), row.Time("offered_at"), row.GetInt64(2)), cancellationToken)
                .ConfigureAwait(false);
            foreach (string station in found.Select(one => one.Station).Distinct(OcppIdentity.Comparer))
            {
                offered(station);
            }

            last = found.Count > 0 ? (found[^1].At, found[^1].Id) : last;
        } while (found.Count == MaxCount);

        _seenUntil = now;
    }
}
