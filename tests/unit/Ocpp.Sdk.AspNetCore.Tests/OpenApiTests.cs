using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

/// <summary>Records in a web API, in the OpenAPI document that ASP.NET Core makes of it.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task The_documented_transformer_shows_the_schemas_of_records()
    {
        JsonNode document = await DocumentOfAsync(DocumentedTransformer());

        JsonNode schemas = document["components"]!["schemas"]!;
        JsonNode request = schemas["SignCertificateRequest"]!;
        Assert.Equal("object", request["type"]!.GetValue<string>());
        Assert.Equal(["csr"], Texts(request["required"]));
        Assert.False(request["additionalProperties"]!.GetValue<bool>());
        AssertJson("""{"type":"string","maxLength":5500}""", request["properties"]!["csr"]);
        AssertJson(
            """{"type":"string","enum":["ChargingStationCertificate","V2GCertificate"]}""",
            request["properties"]!["certificateType"]
        );
        AssertJson(
            """{"type":"object","properties":{"vendorId":{"type":"string","maxLength":255}},"required":["vendorId"]}""",
            request["properties"]!["customData"]
        );
        Assert.Equal("object", schemas["StatusInfoType"]!["type"]!.GetValue<string>());
        JsonNode holder = schemas["Holder"]!["properties"]!;
        AssertJson("""{"$ref":"#/components/schemas/StatusInfoType"}""", holder["info"]);
        AssertJson("""{"type":"array","items":{"$ref":"#/components/schemas/StatusInfoType"}}""", holder["list"]);
        AssertJson(
            """{"type":"object","additionalProperties":{"$ref":"#/components/schemas/StatusInfoType"}}""",
            holder["byName"]
        );
        AssertJson(
            """{"$ref":"#/components/schemas/SignCertificateRequest"}""",
            document["paths"]!["/certificates"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]
        );
    }

    [Fact]
    public async Task The_endpoints_of_the_operator_are_described()
    {
        JsonNode document = await DocumentOfAsync(
            services => services.AddOcpp().AllowAnyStation(),
            app => app.MapOcppOperator("/stations")
        );

        JsonObject paths = document["paths"]!.AsObject();
        Assert.Equal(
            [
                "/stations",
                "/stations/{identity}",
                "/stations/{identity}/connection",
                "/stations/{identity}/calls/{action}",
            ],
            paths.Select(path => path.Key)
        );
        JsonNode call = paths["/stations/{identity}/calls/{action}"]!["post"]!;
        Assert.Equal("CallStation", (string?)call["operationId"]);
        Assert.NotNull(call["requestBody"]!["content"]!["application/json"]);
        Assert.Equal(
            ["200", "400", "404", "409", "415", "422", "502", "503", "504"],
            call["responses"]!.AsObject().Select(response => response.Key)
        );
        Assert.NotNull(document["components"]!["schemas"]!["OperatorStation"]);
    }

    private static IOpenApiSchemaTransformer DocumentedTransformer()
    {
        string text = DocumentedProgram.Read("validation.md", "OpenAPI");
        Type type = DocumentedProgram
            .Load(text, DocumentedProgram.WebUsings)
            .GetType("OcppSchemas", throwOnError: true)!;
        return (IOpenApiSchemaTransformer)Activator.CreateInstance(type)!;
    }

    private static Task<JsonNode> DocumentOfAsync(IOpenApiSchemaTransformer transformer) =>
        DocumentOfAsync(
            services => services.AddOpenApi(options => options.AddSchemaTransformer(transformer)),
            app =>
            {
                app.MapPost("/certificates", (SignCertificateRequest request) => request.Csr);
                app.MapPost("/holders", (Holder holder) => holder.List.Count);
            }
        );

    private static async Task<JsonNode> DocumentOfAsync(
        Action<IServiceCollection> services,
        Action<WebApplication> endpoints
    )
    {
        WebApplicationBuilder builder = CsmsHost.CreateBuilder();
        builder.Services.AddOpenApi();
        services(builder.Services);
        await using WebApplication app = builder.Build();
        app.MapOpenApi();
        endpoints(app);
        await app.StartAsync();
        using var http = new HttpClient();
        return JsonNode.Parse(await http.GetStringAsync(new Uri(new Uri(app.Urls.Single()), "/openapi/v1.json")))!;
    }

    private static IEnumerable<string> Texts(JsonNode? array) =>
        array!.AsArray().Select(item => item!.GetValue<string>());

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    private sealed class Holder
    {
        public required StatusInfoType Info { get; init; }

        public IReadOnlyList<StatusInfoType> List { get; init; } = [];

        public Dictionary<string, StatusInfoType> ByName { get; init; } = [];
    }
}
