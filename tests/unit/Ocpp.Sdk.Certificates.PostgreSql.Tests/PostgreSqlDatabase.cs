namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>The database that all tests share; each has a schema of its own in it.</summary>
internal static class PostgreSqlDatabase
{
    private static readonly Lazy<Task<PostgreSqlCluster>> s_cluster = new(PostgreSqlCluster.StartAsync);

    private static string? Given { get; } =
        Environment.GetEnvironmentVariable(PostgreSqlCluster.Variable) is { Length: > 0 } given ? given : null;

    /// <summary>Why there is no database; <see langword="null"/> if there is one.</summary>
    public static string? WhyNone { get; } =
        Given is null && PostgreSqlCluster.WhyNone is { } why
            ? $"{why} Install it, or set {PostgreSqlCluster.Variable} to a connection string."
            : null;

    public static async Task<string> ConnectionStringAsync() => Given ?? (await s_cluster.Value).ConnectionString;
}
