using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Tests;

/// <summary>The suite for all stores, and what holds where one process has the store.</summary>
public sealed class SqliteClaimTests : SigningRequestClaimTests
{
    private readonly SqliteStoreHost _host;

    public SqliteClaimTests()
        : this(new SqliteStoreHost()) { }

    private SqliteClaimTests(SqliteStoreHost host)
        : base(host) => _host = host;

    [Fact]
    public async Task What_a_process_held_that_has_ended_is_due_at_once_after_a_restart()
    {
        SigningRequest forwarded = await ForwardAsync("A");
        await _host.Store.DisposeAsync();
        await using var restarted = SqliteSigningRequestStore.Open(_host.Locate("requests.db"), Clock);

        SigningRequest claimed = Assert.Single((await restarted.ClaimDueAsync(Claim("B"))).Requests);

        Assert.Equal((forwarded.Id, true), (claimed.Id, claimed.IsAnswerLost));
    }

    [Fact]
    public async Task Due_work_is_found_by_its_index_alone()
    {
        await AddAsync("CS-1");
        var query = new ClaimQuery(Claim("A"), Clock.GetUtcNow());
        using var command = SqliteSigningRequestStore.Command(
            _host.Store.Connection,
            "EXPLAIN QUERY PLAN " + query.NextDue,
            query.Parameters
        );
        using var reader = command.ExecuteReader();
        var searches = new List<string>();
        while (reader.Read())
        {
            if (reader.GetString(3) is var step && step.Contains(" request ", StringComparison.Ordinal))
            {
                searches.Add(step);
            }
        }

        Assert.Equal(5, searches.Count);
        Assert.All(searches, step => Assert.Equal("SEARCH request USING INDEX request_due (state=?)", step));
    }
}
