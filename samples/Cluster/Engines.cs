using Ocpp.TestKit;
using Samples;

namespace Cluster;

/// <summary>Redis and PostgreSQL: those of the command line, or servers of our own for as long as this runs.</summary>
internal sealed class Engines : IDisposable
{
    private RedisServer? _redis;
    private PostgreSqlCluster? _postgreSql;

    /// <summary>Where the nodes find each other.</summary>
    public required string Redis { get; init; }

    /// <summary>The connection string of the database with what must last.</summary>
    public required string PostgreSql { get; init; }

    /// <exception cref="UsageException">A server is not given, and can't be started.</exception>
    public static async Task<Engines> StartAsync(Options options)
    {
        Check(options.Redis is not null, RedisServer.WhyNone, "redis-server", "--redis HOST:PORT");
        Check(
            options.PostgreSql is not null,
            PostgreSqlCluster.WhyNone,
            "postgresql",
            "--postgresql CONNECTION-STRING"
        );
        RedisServer? redis = options.Redis is null ? await RedisServer.StartAsync() : null;
        PostgreSqlCluster? postgreSql = options.PostgreSql is null ? await PostgreSqlCluster.StartAsync() : null;
        return new Engines
        {
            Redis = options.Redis ?? redis!.Address,
            PostgreSql = options.PostgreSql ?? postgreSql!.ConnectionString,
            _redis = redis,
            _postgreSql = postgreSql,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _redis?.Dispose();
        _postgreSql?.Dispose();
    }

    private static void Check(bool isGiven, string? whyNone, string package, string option)
    {
        if (!isGiven && whyNone is not null)
        {
            throw new UsageException($"{whyNone} Install it (Debian: apt install {package}), or use {option}.");
        }
    }
}
