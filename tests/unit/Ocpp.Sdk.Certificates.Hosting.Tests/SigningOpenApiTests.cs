using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ocpp.Certificates.Hosting.Tests;

/// <summary>The endpoints of certificate signing in the OpenAPI document of the application.</summary>
public sealed class SigningOpenApiTests
{
    [Fact]
    public async Task Signing_requests_with_their_history_and_renewals_are_described_as_they_are_sent()
    {
        JsonNode document = await ReadDocumentAsync();

        JsonNode paths = document["paths"]!;
        AssertOperation(
            paths["/stations/{identity}/signing-requests"]!["get"]!,
            "ListSigningRequests",
            ["identity", "before", "max"],
            ["200", "400"]
        );
        AssertOperation(
            paths["/stations/{identity}/signing-requests/{id}"]!["get"]!,
            "FindSigningRequest",
            ["identity", "id"],
            ["200", "404"]
        );
        JsonNode renewal = paths["/stations/{identity}/renewals"]!["post"]!;
        AssertOperation(
            renewal,
            "RenewCertificate",
            ["identity"],
            ["200", "400", "409", "415", "422", "502", "503", "504"]
        );
        Assert.NotNull(renewal["requestBody"]!["content"]!["application/json"]!["schema"]);
        JsonNode schemas = document["components"]!["schemas"]!;
        AssertText(schemas, "OperatorRenewal", "uses");
        Assert.All(
            ["CsmsConnection", "Iso15118", "Combined", "Iso15118Part20"],
            uses => Assert.Contains(uses, (string?)renewal["description"], StringComparison.Ordinal)
        );
        AssertEnumeration(schemas, "OperatorRenewalResult", "status", "NotImplemented");
        AssertText(schemas, "OperatorSigningRequest", "uses");
        AssertEnumeration(schemas, "OperatorSigningRequest", "state", "Delivered");
        AssertEnumeration(schemas, "OperatorSigningEvent", "state", "Received");
    }

    private static void AssertOperation(JsonNode operation, string id, string[] parameters, string[] statuses)
    {
        Assert.Equal(id, (string?)operation["operationId"]);
        Assert.Equal(parameters, operation["parameters"]!.AsArray().Select(parameter => (string?)parameter!["name"]));
        Assert.Equal(statuses, operation["responses"]!.AsObject().Select(response => response.Key));
    }

    /// <summary>An enumeration is text, in the document as on the wire.</summary>
    private static void AssertEnumeration(JsonNode schemas, string type, string property, string value) =>
        Assert.Contains($"\"{value}\"", SchemaOf(schemas, type, property).ToJsonString(), StringComparison.Ordinal);

    /// <summary>One with flags has no list of its values in a document.</summary>
    private static void AssertText(JsonNode schemas, string type, string property) =>
        Assert.Equal("string", (string?)SchemaOf(schemas, type, property)["type"]);

    private static JsonNode SchemaOf(JsonNode schemas, string type, string property)
    {
        JsonNode schema = schemas[type]!["properties"]![property]!;
        if ((string?)schema["$ref"] is { } reference)
        {
            schema = schemas[reference["#/components/schemas/".Length..]]!;
        }

        return schema;
    }

    private static async Task<JsonNode> ReadDocumentAsync()
    {
        WebApplicationBuilder builder = CsmsHost.CreateBuilder();
        builder.Services.AddOpenApi();
        builder.Services.AddOcpp().AllowAnyStation();
        await using WebApplication app = builder.Build();
        app.MapOpenApi();
        app.MapOcppOperator("/stations").MapCertificateSigning();
        await app.StartAsync();
        using var http = new HttpClient();
        return JsonNode.Parse(await http.GetStringAsync(new Uri(new Uri(app.Urls.Single()), "/openapi/v1.json")))!;
    }
}
