namespace Ocpp.Certification.Tests;

/// <summary>What ends a test that would wait for ever.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
}
