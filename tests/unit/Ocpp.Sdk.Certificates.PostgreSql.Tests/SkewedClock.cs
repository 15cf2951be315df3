namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>The clock of a node that is ahead of another, or behind it.</summary>
internal sealed class SkewedClock(TimeProvider clock, TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + ahead;
}
