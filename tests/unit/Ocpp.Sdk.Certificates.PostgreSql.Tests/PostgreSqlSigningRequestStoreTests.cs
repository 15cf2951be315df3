using Ocpp.Certificates.Tests;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>The suite for all stores, on PostgreSQL.</summary>
public sealed class PostgreSqlSigningRequestStoreTests() : SigningRequestStoreTests(new PostgreSqlStoreHost());
