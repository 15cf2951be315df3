using Ocpp.Certificates.PostgreSql.Tests;

namespace Ocpp.Certificates.Tests;

/// <summary>A test that needs PostgreSQL: it is skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute : FactAttribute
{
    public StoreFactAttribute() => Skip = PostgreSqlDatabase.WhyNone;
}
