using System.Text.Json.Nodes;
using Ocpp.Generators.Tests.Driving;
using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Model;
using Ocpp.Schemas.Parsing;
using Xunit;

namespace Ocpp.Generators.Tests;

/// <summary>
/// The names of all values and properties of OCPP 1.6, 2.0.1 and 2.1, and the page that documents them.
/// </summary>
public class OfficialNameTests
{
    private static readonly TypeModel[] s_types = Types(OfficialSchemas.All);

    private static readonly TypeModel[] s_types16 = Types(OfficialSchemas.All16);

    private static readonly TypeModel[] s_types21 = Types(OfficialSchemas.All21);

    private static IEnumerable<EnumModel> Enums => s_types.OfType<EnumModel>();

    private static IEnumerable<EnumModel> EnumsOfAll => s_types16.Concat(s_types).Concat(s_types21).OfType<EnumModel>();

    private static IEnumerable<ObjectModel> ObjectsOfAll =>
        s_types16.Concat(s_types).Concat(s_types21).OfType<ObjectModel>();

    [Fact]
    public void Every_value_has_a_name_of_its_own_in_its_enumeration()
    {
        Assert.NotEmpty(EnumsOfAll);
        Assert.All(EnumsOfAll, type => Assert.Distinct(type.Values.Select(value => value.Name)));
    }

    [Fact]
    public void Every_property_and_constant_has_a_name_of_its_own_in_its_record()
    {
        Assert.NotEmpty(ObjectsOfAll);
        Assert.All(
            ObjectsOfAll,
            type =>
                Assert.Distinct(
                    type.Properties.SelectMany(property =>
                        ConstantModel.Of(property).Select(constant => constant.Name).Append(property.Name)
                    )
                )
        );
    }

    [Fact]
    public void A_property_of_OCPP_1_6_or_2_0_1_only_gets_a_capital() =>
        Assert.All(
            s_types16.Concat(s_types).OfType<ObjectModel>().SelectMany(type => type.Properties),
            property =>
                Assert.Equal(char.ToUpperInvariant(property.JsonName[0]) + property.JsonName[1..], property.Name)
        );

    [Fact]
    public void A_property_of_one_phase_in_OCPP_2_1_has_no_underscore_and_any_other_only_gets_a_capital() =>
        Assert.All(
            s_types21.OfType<ObjectModel>().SelectMany(type => type.Properties),
            property =>
                Assert.Equal(
                    char.ToUpperInvariant(property.JsonName[0])
                        + property.JsonName[1..].Replace("_L", "L", StringComparison.Ordinal),
                    property.Name
                )
        );

    [Fact]
    public void A_payload_or_definition_keeps_its_name()
    {
        AssertKept(OfficialSchemas.All16, s_types16);
        AssertKept(OfficialSchemas.All, s_types);
        AssertKept(OfficialSchemas.All21, s_types21);

        static void AssertKept(IEnumerable<SchemaText> schemas, TypeModel[] types)
        {
            IEnumerable<string> wireNames = schemas.SelectMany(schema =>
                (JsonNode.Parse(schema.GetText()!.ToString())!["definitions"]?.AsObject() ?? [])
                    .Select(definition => definition.Key)
                    .Append(Path.GetFileNameWithoutExtension(schema.Path))
            );
            Assert.Equal(wireNames.Distinct().Order(StringComparer.Ordinal), types.Select(type => type.Name));
        }
    }

    [Fact]
    public void The_page_on_names_lists_each_value_that_is_named_otherwise_in_CSharp()
    {
        string[] renamed16 = Renamed(s_types16);
        string[] renamed = Renamed(s_types);
        string[] renamed21 = [.. Renamed(s_types21).Except(renamed)];

        Assert.NotEmpty(renamed16);
        Assert.NotEmpty(renamed);
        Assert.NotEmpty(renamed21);
        Assert.Equal(renamed16, Rows("enumeration of OCPP 1.6"));
        Assert.Equal(renamed, Rows("enumeration"));
        Assert.Equal(renamed21, Rows("enumeration of OCPP 2.1"));

        static string[] Renamed(IEnumerable<TypeModel> types) =>
            [
                .. types
                    .OfType<EnumModel>()
                    .SelectMany(type =>
                        type.Values.Where(value => value.Name != value.JsonName)
                            .Select(value => $"{type.Name} {value.JsonName} {value.Name}")
                    )
                    .Order(StringComparer.Ordinal),
            ];

        static IEnumerable<string> Rows(string head) =>
            Table(head, "on the wire", "in C#").Select(row => string.Join(' ', row)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_page_on_names_explains_the_rule_by_names_that_it_gives()
    {
        string[][] names = Table("on the wire", "in C#", "by");
        string[][] prefixes = Table("subprotocol", "classes begin with");

        Assert.NotEmpty(names);
        Assert.All(names, row => Assert.Equal(row[1], Naming.ToPascalCase(row[0])));
        Assert.NotEmpty(prefixes);
        Assert.All(prefixes, row => Assert.Equal(row[1], Naming.ToClassPrefix(row[0])));
    }

    [Fact]
    public void A_value_that_is_added_anywhere_changes_no_other_name()
    {
        // One wire name for each C# name: those that would collide are refused, as the next test shows.
        string[] all =
        [
            .. Enums.SelectMany(type => type.Values).DistinctBy(value => value.Name).Select(value => value.JsonName),
        ];
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            random.Shuffle(all);
            var values = all.Take(random.Next(2, 30)).ToList();
            Dictionary<string, string> before = Names(values);
            string added = all[values.Count];
            values.Insert(random.Next(values.Count + 1), added);

            Dictionary<string, string> after = Names(values);

            Assert.True(after.Remove(added), $"seed {seed}");
            Assert.Equal(before, after);
        }
    }

    [Fact]
    public void A_value_that_is_added_and_collides_is_refused_and_not_numbered()
    {
        foreach (string value in Enums.SelectMany(type => type.Values).Select(value => value.JsonName).Distinct())
        {
            MarkedSchema schema = MarkedSchema.Parse(
                $$"""{"type": "object", "definitions": {"Mode": {"type": "string", "enum": ["{{value}}", [|"{{value}}-"|]]} } }"""
            );
            MarkedSchema.AssertDiagnostics(
                Generation.Of(schema.Schema),
                schema.Describe(0, "OCPP008", value + "-", $"'{value}'", Naming.ToPascalCase(value))
            );
        }
    }

    private static Dictionary<string, string> Names(IEnumerable<string> values)
    {
        string list = string.Join(", ", values.Select(value => $"\"{value}\""));
        var schema = new SchemaText(
            "/Acme.json",
            $$"""{"type": "object", "definitions": {"Mode": {"type": "string", "enum": [{{list}}]} } }"""
        );
        return Types([schema])
            .OfType<EnumModel>()
            .Single()
            .Values.ToDictionary(value => value.JsonName, value => value.Name);
    }

    private static TypeModel[] Types(IEnumerable<SchemaText> schemas)
    {
        MergedSchemas merged = SchemaMerger.Merge([
            .. schemas.Select(schema =>
                SchemaParser.Parse(
                    new SchemaInput(
                        schema.Path,
                        Path.GetFileNameWithoutExtension(schema.Path),
                        schema.GetText()!.ToString(),
                        "Acme",
                        "acme1.0"
                    ),
                    CancellationToken.None
                )
            ),
        ]);
        Assert.Empty(merged.Defects);
        return [.. merged.Sets.Single().Types.Select(type => type.Type)];
    }

    /// <summary>The rows of the page's table with these heads, each cell without its back ticks.</summary>
    private static string[][] Table(params string[] heads) =>
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "naming.md"))
                .SkipWhile(line => line != $"| {string.Join(" | ", heads)} |")
                .Skip(2)
                .TakeWhile(line => line.StartsWith('|'))
                .Select(line =>
                    line.Trim('|').Split('|', StringSplitOptions.TrimEntries).Select(cell => cell.Trim('`')).ToArray()
                ),
        ];
}
