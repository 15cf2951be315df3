using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Ocpp.Generators.Tests.Driving;
using Xunit;

namespace Ocpp.Generators.Tests;

/// <summary>What a run of the generator makes, and that nothing but the schemas decides it.</summary>
public class DriverTests
{
    [Fact]
    public void All_official_schemas_compile_without_a_warning() => Generation.Of(OfficialSchemas.All).Compiles();

    [Fact]
    public void Generated_code_compiles_in_the_newest_CSharp() =>
        Generation.Of(Projects.WithSdkInNewestCSharp, OfficialSchemas.All).Compiles();

    [Fact]
    public void Each_type_has_a_file_and_each_protocol_has_three() =>
        Assert.Equal(
            [
                "Ocpp.V201.CertificateSigningUseEnumType.g.cs",
                "Ocpp.V201.CustomDataType.g.cs",
                "Ocpp.V201.GenericStatusEnumType.g.cs",
                "Ocpp.V201.Ocpp201JsonContext.g.cs",
                "Ocpp.V201.Ocpp201JsonSchemas.g.cs",
                "Ocpp.V201.Ocpp201Protocol.g.cs",
                "Ocpp.V201.SignCertificateRequest.g.cs",
                "Ocpp.V201.SignCertificateResponse.g.cs",
                "Ocpp.V201.StatusInfoType.g.cs",
            ],
            Generation.Of(OfficialSchemas.SignCertificate).HintNames.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Two_protocols_live_beside_each_other_in_one_project()
    {
        SchemaText[] second = OfficialSchemas
            .SignCertificate.Select(schema => new SchemaText("/other" + schema.Path, schema.GetText()!.ToString())
            {
                Metadata = SchemaText.Describe("Acme.Charging", "acme1.0"),
            })
            .ToArray();

        Generation both = Generation.Of([.. OfficialSchemas.SignCertificate, .. second]).Compiles();

        Assert.Equal(18, both.HintNames.Count());
        Assert.Contains("Acme.Charging.Acme10JsonContext.g.cs", both.HintNames);
        Assert.Contains("Ocpp.V201.Ocpp201JsonContext.g.cs", both.HintNames);
    }

    [Fact]
    public void A_request_may_stand_without_a_response()
    {
        Generation generation = Generation.Of(OfficialSchemas.Get("SignCertificateRequest")).Compiles();

        Assert.DoesNotContain(
            "OcppAction<",
            generation.SourceOf("Ocpp.V201.Ocpp201Protocol.g.cs"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_message_that_is_neither_request_nor_response_is_an_action_that_goes_one_way()
    {
        Generation generation = Generation
            .Of(
                Schema("Tariff", """{"x-sender": "CSMS", "type": "object"}"""),
                Schema("TariffsRequest", """{"type": "object"}"""),
                Schema("TariffsResponse", """{"type": "object"}"""),
                Schema("TariffRequest", """{"type": "object"}"""),
                Schema("Zone", """{"type": "object"}""")
            )
            .Compiles();

        Assert.Contains(
            ": global::Ocpp.IOcppOneWayMessage<Tariff>\n",
            generation.SourceOf("Acme.Charging.Tariff.g.cs"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            ": global::Ocpp.IOcppPayload<TariffRequest>\n",
            generation.SourceOf("Acme.Charging.TariffRequest.g.cs"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
                    : base("acme1.0",
                        new global::Ocpp.Rpc.OcppOneWayAction<Tariff>(global::Ocpp.Rpc.OcppParty.Csms),
                        new global::Ocpp.Rpc.OcppAction<TariffsRequest, TariffsResponse>(),
                        new global::Ocpp.Rpc.OcppOneWayAction<Zone>())
            """.ReplaceLineEndings("\n"),
            generation.SourceOf("Acme.Charging.Acme10Protocol.g.cs"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_registry_is_in_ordinal_order_of_its_actions()
    {
        Generation generation = Generation.Of(
            new[] { "FooRequest", "FooResponse", "FooBarRequest", "FooBarResponse", "FooZ", "Fo" }.Select(name =>
                Schema(name, """{"type": "object"}""")
            )
        );

        Assert.Equal(
            ["<Fo>", "<FooRequest, FooResponse>", "<FooBarRequest, FooBarResponse>", "<FooZ>"],
            Regex
                .Matches(generation.SourceOf("Acme.Charging.Acme10Protocol.g.cs"), "Action(<.*>)")
                .Select(match => match.Groups[1].Value)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("false")]
    public void Files_that_are_no_schemas_are_left_alone(string isSchema)
    {
        var other = new SchemaText("/appsettings.json", "{ /* no schema */ }")
        {
            Metadata = SchemaText.Describe("", "", isSchema),
        };

        Generation generation = Generation.Of(Projects.WithoutSdk, [other]);

        Assert.Empty(generation.Diagnostics);
        Assert.Empty(generation.HintNames);
    }

    [Fact]
    public void Without_a_schema_nothing_is_made_and_Ocpp_Sdk_is_not_asked_for()
    {
        Generation generation = Generation.Of(Projects.WithoutSdk, []);

        Assert.Empty(generation.Diagnostics);
        Assert.Empty(generation.HintNames);
    }

    [Fact]
    public void The_order_of_the_files_changes_nothing()
    {
        IReadOnlyDictionary<string, string> sources = Generation.Of(OfficialSchemas.Ten).Sources;

        Assert.Equal(sources, Generation.Of(OfficialSchemas.Ten.Reverse()).Sources);
        Assert.Equal(sources, Generation.Of(OfficialSchemas.Ten.Skip(3).Concat(OfficialSchemas.Ten.Take(3))).Sources);
    }

    [Fact]
    public void The_order_of_the_files_changes_no_diagnostic()
    {
        SchemaText[] files =
        [
            Schema("BResponse", """{"type": "object", "properties": {"a": {"type": "strin"}}}"""),
            Schema("AResponse", """{"type": "object"}"""),
            Schema("C", """{"type": "object", "definitions": {"D": {"type": "string", "enum": ["x"]}}}"""),
            Schema("E", """{"type": "object", "definitions": {"D": {"type": "string", "enum": ["y"]}}}"""),
        ];

        string[] diagnostics = Texts(files);

        Assert.Equal(4, diagnostics.Length);
        Assert.Equal(diagnostics, Texts(files.Reverse()));

        static string[] Texts(IEnumerable<SchemaText> files) =>
            Generation
                .Of(files)
                .Diagnostics.Select(diagnostic => diagnostic.ToString())
                .Order(StringComparer.Ordinal)
                .ToArray();
    }

    [Fact]
    public void The_culture_changes_nothing()
    {
        SchemaText[] schemas =
        [
            Schema(
                "Reading",
                """
                {"type": "object", "properties": {
                  "phase": {"type": "integer", "minimum": -3, "maximum": 3, "default": -1},
                  "power": {"type": "number", "minimum": -1.5, "maximum": 1000.25, "default": -0.5},
                  "inIt": {"type": "array", "minItems": 1, "maxItems": 1024, "items": {"type": "string", "maxLength": 2500}}
                }}
                """
            ),
        ];
        IReadOnlyDictionary<string, string> sources = Generation.Of(schemas).Sources;

        // Swedish prints U+2212 for a minus and a comma for the point; Turkish has its own i.
        foreach (string culture in new[] { "sv-SE", "tr-TR" })
        {
            CultureInfo before = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(sources, Generation.Of(schemas).Sources);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Fact]
    public void Line_ends_and_a_byte_order_mark_in_a_schema_change_nothing()
    {
        IReadOnlyDictionary<string, string> sources = Generation.Of(OfficialSchemas.SignCertificate).Sources;

        Assert.Equal(sources, Generation.Of(Edited(text => text.ReplaceLineEndings("\r\n"))).Sources);
        Assert.Equal(sources, Generation.Of(Edited(text => '\uFEFF' + text)).Sources);

        static IEnumerable<SchemaText> Edited(Func<string, string> edit) =>
            OfficialSchemas.SignCertificate.Select(schema =>
                OfficialSchemas.Make(Path.GetFileNameWithoutExtension(schema.Path), edit(schema.GetText()!.ToString()))
            );
    }

    [Fact]
    public void Generated_files_are_UTF8_without_a_mark_and_end_each_line_with_a_line_feed()
    {
        foreach (GeneratedSourceResult source in Generation.Of(OfficialSchemas.SignCertificate).Result.GeneratedSources)
        {
            string text = source.SourceText.ToString();
            Assert.Empty(source.SourceText.Encoding!.GetPreamble());
            Assert.Equal(Encoding.UTF8.CodePage, source.SourceText.Encoding.CodePage);
            Assert.DoesNotContain('\r', text);
            Assert.EndsWith("}\n", text, StringComparison.Ordinal);
            Assert.StartsWith("// <auto-generated/>\n#nullable enable\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("#pragma", text, StringComparison.Ordinal);
        }
    }

    private static SchemaText Schema(string name, string text) => new($"/schemas/{name}.json", text);
}
