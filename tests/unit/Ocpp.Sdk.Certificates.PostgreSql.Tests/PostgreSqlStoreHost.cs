using Npgsql;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Tests;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>Stores in a schema of their own, one for each node.</summary>
/// <param name="connectionString">The database; the one that all tests share by default.</param>
internal sealed class PostgreSqlStoreHost(Func<Task<string>>? connectionString = null) : ISigningStoreHost
{
    private readonly string _schema = $"test_{Guid.NewGuid():N}";
    private readonly List<IAsyncDisposable> _opened = [];
    private NpgsqlDataSource? _source;

    /// <summary>Connections to the schema, for what a test does beside the stores.</summary>
    public NpgsqlDataSource Source => _source!;

    /// <summary>The connection string of the stores.</summary>
    public string ConnectionString => Source.ConnectionString;

    public async Task<ISigningRequestStore> OpenAsync(TimeProvider clock)
    {
        await CreateAsync();
        return Open(databaseClock: clock, clock: clock);
    }

    /// <summary>Creates the schema, without tables.</summary>
    public async Task CreateAsync()
    {
        string server = await (connectionString ?? PostgreSqlDatabase.ConnectionStringAsync)();
        await using (var source = NpgsqlDataSource.Create(server))
        {
            await using NpgsqlCommand command = source.CreateCommand($"CREATE SCHEMA {_schema}");
            await command.ExecuteNonQueryAsync();
        }

        _source = CreateSource(builder => builder.ConnectionString = server);
    }

    /// <summary>Opens the store of another node.</summary>
    /// <param name="clock">The node's clock.</param>
    /// <param name="databaseClock">Stands in for the database's clock.</param>
    /// <param name="configure">Changes its connection string.</param>
    public PostgreSqlSigningRequestStore Open(
        TimeProvider? clock = null,
        TimeProvider? databaseClock = null,
        Action<NpgsqlConnectionStringBuilder>? configure = null
    )
    {
        var store = new PostgreSqlSigningRequestStore(
            CreateSource(builder =>
            {
                builder.ConnectionString = Source.ConnectionString;
                configure?.Invoke(builder);
            }),
            clock,
            databaseClock,
            SigningRequestSchema.Steps,
            ownsSource: true
        );
        _opened.Add(store);
        return store;
    }

    /// <summary>Runs a statement beside the stores.</summary>
    public async Task<object?> RunAsync(string sql)
    {
        await using NpgsqlCommand command = Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable opened in _opened)
        {
            await opened.DisposeAsync();
        }

        await RunAsync($"DROP SCHEMA {_schema} CASCADE");
        await Source.DisposeAsync();
    }

    private NpgsqlDataSource CreateSource(Action<NpgsqlConnectionStringBuilder> configure)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        configure(builder);
        builder.SearchPath = _schema;
        builder.PersistSecurityInfo = true; // the next one is made from it
        return NpgsqlDataSource.Create(builder);
    }
}
