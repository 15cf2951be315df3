using System.Globalization;
using Npgsql;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Tests;
using Xunit.Abstractions;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>
/// How PostgreSQL finds what it is asked for, in a table that has grown for years. OCPP_TEST_ROWS says how many rows it
/// has; the plans are printed.
/// </summary>
public sealed class PostgreSqlPlanTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int s_rows = int.Parse(
        Environment.GetEnvironmentVariable("OCPP_TEST_ROWS") ?? "20000",
        CultureInfo.InvariantCulture
    );

    private readonly string _name = Guid.NewGuid().ToString("N");

    private PostgreSqlStoreHost Host { get; } = new();

    public Task InitializeAsync() => Host.CreateAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [StoreFact]
    public async Task Each_query_is_answered_by_an_index_however_many_requests_there_are()
    {
        await using (PostgreSqlSigningRequestStore first = Open())
        {
            await first.FindAsync(1); // creates the tables
        }

        await FillAsync();
        var query = new ClaimQuery(
            new()
            {
                Lease = new("A", TimeSpan.FromMinutes(2)),
                MaxCount = 4,
                ExceptStations = ["CS-9"],
            },
            now: null
        );

        string due = await ExplainAsync("what is due", query.Due, query.Parameters);
        string next = await ExplainAsync("when the next is due", query.NextDue, query.Parameters);
        string usage = await ExplainAsync(
            "what a new request is judged by",
            PostgreSqlSigningRequestStore.Usage,
            [
                ("station", "CS-77"),
                ("key", Key(77)),
                ("uses", "Combined"),
                ("id", 5),
                ("since", DateTimeOffset.UtcNow.AddDays(-1)),
            ]
        );

        Assert.Equal(5, due.Split("Index Scan using signing_request_due").Length - 1);
        Assert.Equal(5, next.Split("using signing_request_due").Length - 1);
        Assert.All([due, next, usage], plan => Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal));

        // PostgreSQL counts how often it has gone through a whole table.
        long before = await CountScansAsync();
        await using (PostgreSqlSigningRequestStore store = Open())
        {
            await UseAsync(store);
        }

        Assert.Equal(before, await CountScansAsync());
    }

    private PostgreSqlSigningRequestStore Open() =>
        Host.Open(configure: builder => builder.ApplicationName = $"plans {_name}");

    private static string Key(int number) => number.ToString("d64", CultureInfo.InvariantCulture);

    /// <summary>Everything that the store can be asked for.</summary>
    private static async Task UseAsync(PostgreSqlSigningRequestStore store)
    {
        var claim = new SigningRequestClaim { Lease = new("A", TimeSpan.FromMinutes(2)), MaxCount = 4 };
        SigningRequest added = await store.AddAsync("CS-new", TestCsr.New(), CertificateUses.Combined);
        SigningRequestClaimResult claimed = await store.ClaimDueAsync(claim);
        Assert.Equal(4, claimed.Requests.Count);
        Assert.Single(await store.ClaimForStationAsync("CS-new", claim));
        await store.RenewAsync(claim.Lease);
        await store.StepAsync(added.Id, SigningRequestTransition.Forwarded());
        Assert.True(await store.ReleaseAsync(added.Id, "A", DateTimeOffset.UtcNow, isOffered: true));
        await store.ReleaseAllAsync("A");
        Assert.Equal(2, (await store.GetHistoryAsync(added.Id)).Count);
        Assert.Single(await store.ListUnfinishedAsync("CS-new"));
        Assert.NotEmpty(await store.ListAsync(new()));
        Assert.NotEmpty(await store.ListAsync(new() { Station = "CS-77" }));
        Assert.NotEmpty(await store.ListAsync(new() { KeyId = added.KeyId }));
        Assert.NotEmpty(await store.ListAsync(new() { State = SigningRequestState.Failed, BeforeId = added.Id }));
        Assert.NotEmpty(await store.ListExpiringAsync(DateTimeOffset.UtcNow.AddDays(21)));
        Assert.NotEqual(0, await store.RemoveFinishedAsync(DateTimeOffset.UtcNow.AddDays(-360)));
    }

    /// <summary>
    /// Of a thousand requests, 950 were finished over a year, 40 wait for their stations, 9 for their authority, and
    /// one is due.
    /// </summary>
    private async Task FillAsync()
    {
        await using NpgsqlCommand fill = Host.Source.CreateCommand(
            $"""
            INSERT INTO signing_request (
                station, station_key, key_id, uses, csr, state, received_at, changed_at, due_at, is_finished, expires_at)
            SELECT 'CS-' || n, 'CS-' || n, lpad(n::text, 64, '0'), 'Combined', '', state, at, at,
                CASE WHEN state = 'Received' THEN now() WHEN NOT is_finished THEN now() + interval '1 year' END,
                is_finished, at + interval '366 days'
            FROM (
                SELECT n, now() - interval '1 second' * (31536000.0 * n / {s_rows}) AS at, n % 1000 < 950 AS is_finished,
                    CASE WHEN n % 1000 < 900 THEN 'Delivered' WHEN n % 1000 < 950 THEN 'Failed'
                        WHEN n % 1000 < 990 THEN 'Issued' WHEN n % 1000 < 999 THEN 'Waiting' ELSE 'Received' END AS state
                FROM generate_series(1, {s_rows}) AS n) AS made;
            ANALYZE signing_request;
            """
        );
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync();
    }

    private async Task<string> ExplainAsync(string what, string sql, (string Name, object? Value)[] parameters)
    {
        await using NpgsqlConnection connection = await Host.Source.OpenConnectionAsync();
        string plan = string.Join(
            '\n',
            await connection
                .Command($"EXPLAIN (ANALYZE) {sql}", parameters)
                .ListAsync(row => row.GetString(0), CancellationToken.None)
        );
        output.WriteLine($"{what}, of {s_rows} requests:\n{plan}\n");
        return plan;
    }

    /// <summary>How often the table was gone through, as counted when the connections of stores have ended.</summary>
    private async Task<long> CountScansAsync()
    {
        string connections = $"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'plans {_name}'";
        while (await Host.RunAsync(connections) is not 0L)
        {
            await Task.Delay(20); // PostgreSQL has no way to say so
        }

        return (long)
            (
                await Host.RunAsync(
                    "SELECT seq_scan FROM pg_stat_user_tables WHERE relid = 'signing_request'::regclass"
                )
            )!;
    }
}
