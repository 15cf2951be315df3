namespace Ocpp.Certificates.Tests;

/// <summary>A test of the suite for all stores: SQLite is always there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute : FactAttribute;
