using Npgsql;
using Ocpp.Certificates.PostgreSql;
using Ocpp.Certificates.Storage;

// Where developers of hosted applications look for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the PostgreSQL store.</summary>
public static class PostgreSqlStoreExtensions
{
    /// <summary>Keeps the requests of stations in a PostgreSQL database, which several nodes share.</summary>
    /// <param name="builder">The builder that <c>AddCertificateSigning</c> returned.</param>
    /// <param name="connectionString">The connection string of Npgsql.</param>
    /// <exception cref="ArgumentException">The connection string is invalid.</exception>
    public static TBuilder UsePostgreSql<TBuilder>(this TBuilder builder, string connectionString)
        where TBuilder : ISigningRequestStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        PostgreSqlSigningRequestStore.CheckConnectionString(connectionString);
        builder.UseStore(timeProvider => new PostgreSqlSigningRequestStore(connectionString, timeProvider));
        return builder;
    }

    /// <summary>
    /// Keeps the requests of stations in the PostgreSQL database of a data source, which several nodes share.
    /// </summary>
    /// <param name="builder">The builder that <c>AddCertificateSigning</c> returned.</param>
    /// <param name="dataSource">The data source. It is not disposed of.</param>
    public static TBuilder UsePostgreSql<TBuilder>(this TBuilder builder, NpgsqlDataSource dataSource)
        where TBuilder : ISigningRequestStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        builder.UseStore(timeProvider => new PostgreSqlSigningRequestStore(dataSource, timeProvider));
        return builder;
    }
}
