using Ocpp.Generators.Tests.Driving;
using Xunit;
using static Ocpp.Generators.Tests.Driving.MarkedSchema;

namespace Ocpp.Generators.Tests;

/// <summary>The keyword that says who sends a payload; OCPP's own files lack it.</summary>
public class SenderTests
{
    [Theory]
    [InlineData("ChargingStation", "ChargingStation", "Sent by the charging station.")]
    [InlineData("CSMS", "Csms", "Sent by the CSMS.")]
    [InlineData("both", "Both", "Sent by either side.")]
    public void Sender_reaches_the_registry_and_the_doc_comment(string sender, string party, string remark)
    {
        Generation generation = Generation.Of(
            new SchemaText("PingRequest.json", $$"""{"x-sender": "{{sender}}", "type": "object"}"""),
            new SchemaText("PingResponse.json", """{"type": "object"}""")
        );
        Assert.Contains(
            $"OcppAction<PingRequest, PingResponse>(global::Ocpp.Rpc.OcppParty.{party})",
            generation.SourceOf("Acme.Charging.Acme10Protocol.g.cs")
        );
        Assert.Contains(
            remark,
            generation.SourceOf("Acme.Charging.PingRequest.g.cs").Replace("\n/// ", " ", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("Sent by", generation.SourceOf("Acme.Charging.PingResponse.g.cs"));
    }

    [Fact]
    public void Sender_may_be_absent()
    {
        Generation generation = Generation.Of(
            new SchemaText("PingRequest.json", """{"type": "object"}"""),
            new SchemaText("PingResponse.json", """{"type": "object"}""")
        );
        Assert.Contains(
            "OcppAction<PingRequest, PingResponse>()",
            generation.SourceOf("Acme.Charging.Acme10Protocol.g.cs")
        );
    }

    [Theory]
    [InlineData("""{"x-sender": [|"Csms"|], "type": "object"}""")]
    [InlineData("""{"x-sender": [|true|], "type": "object"}""")]
    public void Sender_is_one_of_three(string marked) =>
        AssertDefect(marked, "OCPP014", "x-sender", "it must be ChargingStation, CSMS or both");

    [Fact]
    public void Sender_stands_at_the_root_only() =>
        AssertDefect(
            """{"type": "object", "properties": {"a": {[|"x-sender"|]: "both", "type": "string"} } }""",
            "OCPP003",
            "x-sender"
        );
}
