namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>A test that stops its own PostgreSQL: it is skipped, with the reason, where none can be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute() => Skip = PostgreSqlCluster.WhyNone;
}
