using Npgsql;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Tests;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>The tables, which the store creates and brings up to date itself.</summary>
public sealed class PostgreSqlSchemaTests : IAsyncLifetime
{
    private PostgreSqlStoreHost Host { get; } = new();

    public Task InitializeAsync() => Host.CreateAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [StoreFact]
    public async Task Nodes_that_start_at_once_create_the_tables_once()
    {
        PostgreSqlSigningRequestStore[] nodes = [.. Enumerable.Range(0, 8).Select(_ => Host.Open())];

        SigningRequest?[] found = await Task.WhenAll(nodes.Select(node => node.FindAsync(1)));

        Assert.All(found, Assert.Null);
        Assert.Equal("1", await VersionsAsync());
    }

    [StoreFact]
    public async Task A_store_of_a_newer_version_is_left_alone()
    {
        await Host.Open().FindAsync(1);
        await Host.RunAsync("UPDATE signing_schema SET version = 2");

        var e = await Assert.ThrowsAsync<SigningRequestStoreException>(() => Host.Open().FindAsync(1));

        Assert.Equal("The store is of version 2; this library knows versions up to 1.", e.Message);
        Assert.Equal("2", await VersionsAsync());
    }

    [StoreFact]
    public async Task Of_nodes_that_bring_the_tables_up_to_date_at_once_one_does_and_all_is_kept()
    {
        SigningRequest kept = await Host.Open().AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined);
        await using PostgreSqlSigningRequestStore one = Open("ALTER TABLE signing_request ADD COLUMN extra text;");
        await using PostgreSqlSigningRequestStore other = Open("ALTER TABLE signing_request ADD COLUMN extra text;");

        SigningRequest?[] found = await Task.WhenAll(one.FindAsync(kept.Id), other.FindAsync(kept.Id));

        Assert.All(found, request => Assert.Equal(kept, request));
        Assert.Equal("2", await VersionsAsync());
    }

    [StoreFact]
    public async Task A_change_of_the_tables_that_fails_leaves_them_as_they_were()
    {
        PostgreSqlSigningRequestStore old = Host.Open();
        SigningRequest kept = await old.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined);
        await using PostgreSqlSigningRequestStore failing = Open("CREATE TABLE half (); SELECT 1 / 0;");

        var e = await Assert.ThrowsAsync<SigningRequestStoreException>(() => failing.FindAsync(kept.Id));

        Assert.Equal("The store of signing requests failed: PostgreSQL reported 22012.", e.Message);
        Assert.Equal("1", await VersionsAsync());
        Assert.Equal(DBNull.Value, await Host.RunAsync("SELECT to_regclass('half')::text"));
        Assert.Equal(kept, await old.FindAsync(kept.Id));
    }

    [StoreFact]
    public async Task A_failure_does_not_repeat_the_password()
    {
        const string Password = "never;to=be seen";
        await using var store = new PostgreSqlSigningRequestStore(
            new NpgsqlConnectionStringBuilder(Host.ConnectionString)
            {
                Username = "nobody",
                Password = Password,
            }.ConnectionString
        );

        var e = await Assert.ThrowsAsync<SigningRequestStoreException>(() => store.FindAsync(1));
        var invalid = Assert.Throws<ArgumentException>(() =>
            new PostgreSqlSigningRequestStore($"Host=127.0.0.1;Password={Password}")
        );

        Assert.StartsWith("The store of signing requests failed: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("seen", e.ToString(), StringComparison.Ordinal);
        Assert.Equal("The connection string is invalid. (Parameter 'connectionString')", invalid.Message);
        Assert.DoesNotContain("seen", invalid.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> VersionsAsync() =>
        (string)(await Host.RunAsync("SELECT string_agg(version::text, ', ') FROM signing_schema"))!;

    private PostgreSqlSigningRequestStore Open(string step) =>
        new(
            NpgsqlDataSource.Create(Host.ConnectionString),
            timeProvider: null,
            databaseClock: null,
            [.. SigningRequestSchema.Steps, step],
            ownsSource: true
        );
}
