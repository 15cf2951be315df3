using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;

// Where developers of hosted applications look for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the SQLite store.</summary>
public static class SqliteStoreExtensions
{
    /// <summary>Keeps the requests of stations in a SQLite file.</summary>
    /// <param name="builder">What <c>AddCertificateSigning</c> returned.</param>
    /// <param name="path">The file; its folder exists and others can't write to it.</param>
    public static TBuilder UseSqlite<TBuilder>(this TBuilder builder, string path)
        where TBuilder : ISigningRequestStoreBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        builder.UseStore(timeProvider => SqliteSigningRequestStore.Open(path, timeProvider));
        return builder;
    }
}
