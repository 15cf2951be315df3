using System.Text;
using Ocpp.Generators.Tests.Driving;
using Xunit;

namespace Ocpp.Generators.Tests;

/// <summary>Which of the types that schemas declare in place are one type.</summary>
public class TypesInPlaceTests
{
    private const string Point =
        """{"type": "object", "properties": {"lat": {"type": "number"}, "mode": {"type": "string", "enum": ["a", "b"], "default": "a"} } }""";

    [Fact]
    public void Equal_objects_are_one_type_whatever_the_properties_that_hold_them_and_their_descriptions() =>
        AssertTypes(
            ["APoint", "APointMode"],
            ("A", $$"""{"point": {{Point}}, "other": {{Point}}, "list": {"type": "array", "items": {{Point}}} }"""),
            (
                "B",
                $$"""{"where": {{Point.Replace("\"number\"", "\"number\", \"description\": \"North.\"", StringComparison.Ordinal)}}}"""
            )
        );

    [Theory]
    [InlineData("\"number\"", "\"integer\"")]
    [InlineData("\"number\"", "\"number\", \"maximum\": 90")]
    [InlineData("\"number\"", "\"number\", \"x-sensitive\": true")]
    [InlineData("\"type\": \"object\"", "\"type\": \"object\", \"additionalProperties\": false")]
    [InlineData("\"type\": \"object\"", "\"type\": \"object\", \"required\": [\"lat\"]")]
    [InlineData("[\"a\", \"b\"]", "[\"a\", \"c\"]")]
    [InlineData("\"default\": \"a\"", "\"default\": \"b\"")]
    public void Objects_that_differ_within_are_two_types(string before, string after) =>
        AssertTypes(
            ["APoint", "APointMode", "BPoint", "BPointMode"],
            ("A", $$"""{"point": {{Point}}}"""),
            ("B", $$"""{"point": {{Point.Replace(before, after, StringComparison.Ordinal)}}}""")
        );

    [Fact]
    public void Equal_enumerations_of_their_own_are_two_types() =>
        AssertTypes(
            ["AStatus", "BStatus"],
            ("A", """{"status": {"type": "string", "enum": ["Accepted", "Rejected"]} }"""),
            ("B", """{"status": {"type": "string", "enum": ["Accepted", "Rejected"]} }""")
        );

    [Fact]
    public void Equal_objects_that_hold_equal_objects_are_one_with_them()
    {
        const string Track =
            $$"""{"type": "object", "properties": {"points": {"type": "array", "items": {{Point}}} } }""";
        AssertTypes(
            ["APoint", "APointMode", "BTrack"],
            ("A", $$"""{"point": {{Point}}}"""),
            ("B", $$"""{"track": {{Track}}}"""),
            ("C", $$"""{"path": {{Track}}, "point": {{Point}}}""")
        );
    }

    [Fact]
    public void A_name_that_is_given_once_is_that_of_all_equal_objects_and_of_what_they_hold() =>
        AssertTypes(
            ["AEdge", "Point", "PointMode"],
            ("A", $$"""{"edge": {"type": "object", "properties": {"from": {{Point}}, "to": {{Point}}} } }"""),
            ("B", $$"""{"point": {"x-name": "Point", {{Point[1..]}}}"""),
            ("C", $$"""{"edge": {"type": "object", "properties": {"from": {{Point}}, "to": {{Point}}} } }""")
        );

    [Fact]
    public void A_shape_with_two_given_names_gives_neither_to_what_has_none() =>
        AssertTypes(
            ["CPoint", "CPointMode", "Corner", "CornerMode", "Site", "SiteMode"],
            ("A", $$"""{"point": {"x-name": "Site", {{Point[1..]}}}"""),
            ("B", $$"""{"point": {"x-name": "Corner", {{Point[1..]}}}"""),
            ("C", $$"""{"point": {{Point}}}"""),
            ("D", $$"""{"point": {{Point}}}""")
        );

    [Fact]
    public void Objects_that_hold_types_of_two_given_names_are_two_types() =>
        AssertTypes(
            ["AEdge", "BEdge", "Corner", "CornerMode", "Site", "SiteMode"],
            ("A", $$"""{"edge": {"type": "object", "properties": {"at": {"x-name": "Site", {{Point[1..]}}} } }"""),
            ("B", $$"""{"edge": {"type": "object", "properties": {"at": {"x-name": "Corner", {{Point[1..]}}} } }""")
        );

    [Fact]
    public void A_file_that_is_added_names_nothing_anew_if_its_objects_differ()
    {
        (string, string) old = ("B", $$"""{"point": {{Point}}}""");

        AssertTypes(["BPoint", "BPointMode"], old);
        AssertTypes(["APoint", "BPoint", "BPointMode"], ("A", """{"point": {"type": "object"} }"""), old);
    }

    [Fact]
    public void Objects_that_are_deep_within_each_other_are_merged_in_linear_time()
    {
        const int Depth = 20;
        var nested = new StringBuilder();
        nested
            .Insert(0, """{"type": "object", "properties": {"a": """, Depth)
            .Append("{}")
            .Insert(nested.Length, "} }", Depth);

        Generation generation = Generation
            .Of(
                Enumerable
                    .Range(0, 50)
                    .Select(i => Schema(($"File{i:00}", string.Join(nested.ToString(), "{\"a\": ", "}"))))
            )
            .Compiles();

        Assert.Equal(50 + Depth + 3, generation.HintNames.Count());
    }

    private static void AssertTypes(string[] expected, params (string Name, string Properties)[] files)
    {
        Generation generation = Generation.Of(files.Select(Schema)).Compiles();
        Generation reversed = Generation.Of(files.Reverse().Select(Schema));

        HashSet<string> others = [.. files.Select(file => file.Name), "Acme10JsonContext", "Acme10Protocol"];
        Assert.Equal(
            expected,
            generation
                .HintNames.Select(name => name["Acme.Charging.".Length..^".g.cs".Length])
                .Where(name => !others.Contains(name) && name != "Acme10JsonSchemas")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(generation.Sources, reversed.Sources);
    }

    private static SchemaText Schema((string Name, string Properties) file) =>
        new($"/schemas/{file.Name}.json", $$"""{"type": "object", "properties": {{file.Properties}}}""");
}
