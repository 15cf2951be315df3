using Ocpp.Generators.Tests.Driving;
using Xunit;

namespace Ocpp.Generators.Tests;

/// <summary>The generated code as a whole, over the schemas of one action.</summary>
public class SnapshotTests
{
    private static readonly Generation s_generation = Generation.Of(OfficialSchemas.SignCertificate);

    [Fact]
    public Task A_request() => Verifier.Verify(Source("SignCertificateRequest"), extension: "cs");

    [Fact]
    public Task An_open_record() => Verifier.Verify(Source("CustomDataType"), extension: "cs");

    [Fact]
    public Task An_enumeration() => Verifier.Verify(Source("CertificateSigningUseEnumType"), extension: "cs");

    [Fact]
    public Task The_context() => Verifier.Verify(Source("Ocpp201JsonContext"), extension: "cs");

    [Fact]
    public Task The_schemas() => Verifier.Verify(Source("Ocpp201JsonSchemas"), extension: "cs");

    [Fact]
    public Task The_registry() => Verifier.Verify(Source("Ocpp201Protocol"), extension: "cs");

    [Fact]
    public Task A_message_that_goes_one_way() =>
        Verifier.Verify(
            Generation.Of(OfficialSchemas.Version21).SourceOf("Ocpp.V21.NotifyPeriodicEventStream.g.cs"),
            extension: "cs"
        );

    private static string Source(string type) => s_generation.SourceOf($"Ocpp.V201.{type}.g.cs");
}
