namespace Ocpp.Certificates.PostgreSql;

/// <summary>What several statements share.</summary>
internal static class Sql
{
    /// <summary>
    /// The time of the database: the one clock that all nodes share. The parameter stands in for it in tests.
    /// </summary>
    public const string Now = "coalesce(@now::timestamptz, statement_timestamp())";

    /// <summary>An identity as it is compared: as <see cref="OcppIdentity.Comparer"/> does.</summary>
    public static string StationKey(string station) => station.ToUpperInvariant();
}
