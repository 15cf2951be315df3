using Microsoft.CodeAnalysis.CSharp;
using Ocpp.Generators.Tests.Driving;
using Ocpp.Json;
using Xunit;
using static Ocpp.Generators.Tests.Driving.MarkedSchema;

namespace Ocpp.Generators.Tests.Diagnostics;

/// <summary>OCPP011, OCPP012, OCPP013, OCPP017, OCPP018 and OCPP021: the project that the schemas are in.</summary>
public class ProjectTests
{
    [Theory]
    [InlineData("", "acme1.0", "Namespace")]
    [InlineData("  ", "acme1.0", "Namespace")]
    [InlineData("Acme.Charging", "", "Protocol")]
    public void An_item_without_a_namespace_or_a_protocol(string @namespace, string protocol, string missing)
    {
        MarkedSchema start = Parse("[||]{\"type\": \"object\"}");
        var schema = new SchemaText(start.Schema.Path, "{\"type\": \"object\"}")
        {
            Metadata = SchemaText.Describe(@namespace, protocol),
        };

        Generation generation = Generation.Of(schema);

        AssertDiagnostics(generation, start.Describe(0, "OCPP011", "Acme.json", missing));
        Assert.Empty(generation.HintNames);
    }

    [Fact]
    public void An_item_without_both_is_told_so_and_checked_all_the_same()
    {
        MarkedSchema start = Parse("[||]{\"type\": [|\"strin\"|]}");
        var schema = new SchemaText(start.Schema.Path, "{\"type\": \"strin\"}")
        {
            Metadata = SchemaText.Describe("", ""),
        };

        AssertDiagnostics(
            Generation.Of(schema),
            start.Describe(0, "OCPP011", "Acme.json", "Namespace"),
            start.Describe(0, "OCPP011", "Acme.json", "Protocol"),
            start.Describe(1, "OCPP009"),
            start.Describe(1, "OCPP004", "strin")
        );
    }

    [Theory]
    [InlineData("Acme; class Evil { }", "Acme; class Evil { }")]
    [InlineData("Acme\u2028class Evil { }", "AcmeU+2028class Evil { }")]
    [InlineData("Acme.class", "Acme.class")]
    [InlineData("Acme..Charging", "Acme..Charging")]
    [InlineData(".Acme", ".Acme")]
    [InlineData("Acme.1st", "Acme.1st")]
    [InlineData("Acme\u200B", "AcmeU+200B")]
    [InlineData("@class", "@class")]
    public void A_namespace_that_is_no_name_gives_no_code(string @namespace, string shown) =>
        AssertMetadataDefect(SchemaText.Describe(@namespace, "acme1.0"), "OCPP017", shown);

    [Theory]
    [InlineData("acme 1.0", "acme 1.0")]
    [InlineData("acme1.0\u0085class Evil { }", "acme1.0U+0085class Evil { }")]
    [InlineData("acme\u2029class", "acmeU+2029class")]
    [InlineData("acme,ocpp2.0.1", "acme,ocpp2.0.1")]
    [InlineData("acmé", "acmé")]
    [InlineData("acme\"", "acme\"")]
    [InlineData("acme/1.0", "acme/1.0")]
    public void A_protocol_that_is_no_token_gives_no_code(string protocol, string shown) =>
        AssertMetadataDefect(SchemaText.Describe("Acme.Charging", protocol), "OCPP018", shown);

    [Theory]
    [InlineData("action", "", "action", "RequestFiles", "Action")]
    [InlineData("Action\u2028;", "", "ActionU+2028;", "RequestFiles", "Action")]
    [InlineData("", "by name", "by name", "Secrets", "ByName")]
    public void Metadata_that_has_another_value_than_it_can_have(
        string requestFiles,
        string secrets,
        string shown,
        string metadata,
        string choice
    ) =>
        AssertMetadataDefect(
            SchemaText.Describe("Acme", "acme1.0", requestFiles: requestFiles, secrets: secrets),
            "OCPP021",
            shown,
            metadata,
            choice
        );

    [Theory]
    [InlineData("Größe._1.Charging2", "acme1.0")]
    [InlineData("Acme", "a!#$%&'*+-.^_`|~z")]
    public void A_namespace_and_a_protocol_in_form_are_taken(string @namespace, string protocol) =>
        Generation
            .Of(
                new SchemaText("/schemas/Acme.json", "{\"type\": \"object\"}")
                {
                    Metadata = SchemaText.Describe(@namespace, protocol),
                }
            )
            .Compiles();

    [Fact]
    public void A_namespace_and_a_protocol_have_at_most_255_characters()
    {
        string longest = new('a', 255);
        Generation
            .Of(
                new SchemaText("/schemas/A.json", "{\"type\": \"object\"}")
                {
                    Metadata = SchemaText.Describe(longest, longest),
                }
            )
            .Compiles();
        AssertMetadataDefect(SchemaText.Describe(longest + "a", "acme1.0"), "OCPP017", longest + "a");
        AssertMetadataDefect(SchemaText.Describe("Acme", longest + "a"), "OCPP018", longest + "a");
    }

    [Fact]
    public void A_project_without_Ocpp_Sdk()
    {
        Generation generation = Generation.Of(Projects.WithoutSdk, OfficialSchemas.SignCertificate);

        AssertDiagnostics(generation, DescribePlaceless("OCPP012"));
        Assert.Empty(generation.HintNames);
        Assert.Empty(generation.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("public const int ContractVersion = 0;", "0")]
    [InlineData("public const int ContractVersion = -7;", "-7")]
    public void An_Ocpp_Sdk_that_is_too_old(string member, string version)
    {
        Generation generation = Generation.Of(WithFakeSdk(member), OfficialSchemas.SignCertificate);

        AssertDiagnostics(generation, DescribePlaceless("OCPP013", version, $"{OcppGeneratedCode.ContractVersion}"));
        Assert.Empty(generation.HintNames);
    }

    [Theory]
    [InlineData("")]
    [InlineData("public static readonly int ContractVersion = 1;")]
    [InlineData("public const string ContractVersion = \"1\";")]
    public void A_class_of_that_name_without_a_contract_is_no_Ocpp_Sdk(string member) =>
        AssertDiagnostics(
            Generation.Of(WithFakeSdk(member), OfficialSchemas.SignCertificate),
            DescribePlaceless("OCPP012")
        );

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_Ocpp_Sdk_of_the_needed_contract_or_a_newer_is_taken(int newer)
    {
        Generation generation = Generation.Of(
            WithFakeSdk($"public const int ContractVersion = {OcppGeneratedCode.ContractVersion + newer};"),
            OfficialSchemas.SignCertificate
        );

        Assert.Empty(generation.Diagnostics);
        Assert.NotEmpty(generation.HintNames);
    }

    [Fact]
    public void Referencing_Ocpp_Sdk_brings_the_sources()
    {
        Generation without = Generation.Of(Projects.WithoutSdk, OfficialSchemas.SignCertificate);

        Generation with = without.After(_ => Projects.WithSdk).Compiles();

        Assert.Equal(9, with.HintNames.Count());
    }

    [Fact]
    public void The_schemas_are_checked_without_Ocpp_Sdk_too()
    {
        MarkedSchema schema = Parse("""{"type": "object", "properties": {"a": {[|"pattern"|]: "x"}}}""");

        AssertDiagnostics(
            Generation.Of(Projects.WithoutSdk, [schema.Schema]),
            DescribePlaceless("OCPP012"),
            schema.Describe(0, "OCPP003", "pattern")
        );
    }

    private static void AssertMetadataDefect(
        IReadOnlyDictionary<string, string> metadata,
        string id,
        params string[] arguments
    )
    {
        MarkedSchema start = Parse("[||]{\"type\": \"object\"}");
        Generation generation = Generation.Of(
            new SchemaText(start.Schema.Path, "{\"type\": \"object\"}") { Metadata = metadata }
        );

        AssertDiagnostics(generation, start.Describe(0, id, arguments));
        Assert.Empty(generation.HintNames);
    }

    private static CSharpCompilation WithFakeSdk(string member) =>
        Projects.WithoutSdk.WithSource($"namespace Ocpp.Json; public static class OcppGeneratedCode {{ {member} }}");
}
