using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>Records in the schemas that JsonSchemaExporter makes of a program's own types.</summary>
public sealed class JsonSchemaTests
{
    private const string CustomData =
        """{"type":"object","properties":{"vendorId":{"type":"string","maxLength":255}},"required":["vendorId"]}""";

    private const string StatusInfoMembers =
        "\"properties\":{\"customData\":"
        + CustomData
        + ","
        + """
            "reasonCode":{"type":"string","maxLength":20},"additionalInfo":{"type":"string","maxLength":512}},
            "required":["reasonCode"],"additionalProperties":false
            """;

    private static readonly JsonSerializerOptions s_serializerOptions = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSchemaExporterOptions s_options = new()
    {
        TransformSchemaNode = Ocpp201JsonSchemas.TransformSchemaNode,
    };

    [Fact]
    public void A_request_has_its_required_properties_limits_and_enumeration_values() =>
        AssertSchema(
            typeof(SignCertificateRequest),
            $$$"""
            {
              "type": "object",
              "properties": {
                "customData": {{{CustomData}}},
                "csr": {"type": "string", "maxLength": 5500},
                "certificateType": {"type": "string", "enum": ["ChargingStationCertificate", "V2GCertificate"]}
              },
              "required": ["csr"],
              "additionalProperties": false
            }
            """
        );

    [Fact]
    public void A_nested_record_is_written_out() =>
        AssertSchema(
            typeof(SignCertificateResponse),
            $$$"""
            {
              "type": "object",
              "properties": {
                "customData": {{{CustomData}}},
                "status": {"type": "string", "enum": ["Accepted", "Rejected"]},
                "statusInfo": {"type": "object", {{{StatusInfoMembers}}} }
              },
              "required": ["status"],
              "additionalProperties": false
            }
            """
        );

    [Fact]
    public void A_record_that_is_open_takes_further_properties() => AssertSchema(typeof(CustomDataType), CustomData);

    [Fact]
    public void A_type_that_holds_records_has_their_schemas_wherever_they_are() =>
        AssertSchema(
            typeof(Holder),
            $$$"""
            {
              "type": ["object", "null"],
              "properties": {
                "Required": {"type": "object", {{{StatusInfoMembers}}} },
                "Optional": {"type": ["object", "null"], {{{StatusInfoMembers}}} },
                "Status": {"type": ["string", "null"], "enum": ["Accepted", "Rejected", null]},
                "List": {"type": "array", "items": {"type": ["array", "null"], "items": {"type": "string", "enum": ["Accepted", "Rejected"]} } },
                "ByName": {"type": "object", "additionalProperties": {"type": "object", {{{StatusInfoMembers}}} } },
                "Number": {"type": "integer"}
              },
              "required": ["Required"]
            }
            """
        );

    [Fact]
    public void A_parameter_with_a_default_value_has_the_schema_beside_it() =>
        AssertSchema(
            typeof(Defaults),
            $$$"""
            {
              "type": ["object", "null"],
              "properties": {
                "Info": {"default": null, "type": ["object", "null"], {{{StatusInfoMembers}}} },
                "Status": {"default": "Rejected", "type": "string", "enum": ["Accepted", "Rejected"]}
              }
            }
            """
        );

    [Fact]
    public void Each_call_makes_a_schema_of_its_own()
    {
        Ocpp201JsonSchemas.Get(typeof(StatusInfoType))!.AsObject().Clear();

        Assert.Equal("object", Ocpp201JsonSchemas.Get(typeof(StatusInfoType))!["type"]!.GetValue<string>());
    }

    private static void AssertSchema(Type type, string expected)
    {
        JsonNode schema = s_serializerOptions.GetJsonSchemaAsNode(type, s_options);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), schema), schema.ToJsonString());
    }

    private sealed class Holder
    {
        public required StatusInfoType Required { get; init; }

        public StatusInfoType? Optional { get; init; }

        public GenericStatusEnumType? Status { get; init; }

        public IReadOnlyList<GenericStatusEnumType[]> List { get; init; } = [];

        public Dictionary<string, StatusInfoType> ByName { get; init; } = [];

        public int Number { get; init; }
    }

    private sealed record Defaults(
        StatusInfoType? Info = null,
        GenericStatusEnumType Status = GenericStatusEnumType.Rejected
    );
}
