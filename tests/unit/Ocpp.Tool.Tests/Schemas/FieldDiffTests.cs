using Xunit;

namespace Ocpp.Tool.Tests.Schemas;

/// <summary>Each rule about a field, once.</summary>
public class FieldDiffTests
{
    private const string Text = """{ "type": "string" }""";

    [Fact]
    public void An_added_optional_field_breaks_nothing() =>
        Assert.Equal(
            ["- `x` added: `string? X`, optional, at most 20 characters."],
            Diff.OfNote(
                Diff.Note(""),
                Diff.Note(
                    """
                    "x": { "type": "string", "maxLength": 20 }
                    """
                )
            )
        );

    [Fact]
    public void An_added_required_field_breaks_those_who_build_the_record() =>
        Assert.Equal(
            [
                "- **Breaking:** `x` added: `string X`, required. Code that builds the record must set it, and a "
                    + "payload without it is refused.",
            ],
            Diff.OfNote(Diff.Note(""), Diff.Note($"\"x\": {Text}", """ "required": ["x"],"""))
        );

    [Fact]
    public void An_added_field_of_an_open_object_is_no_longer_among_its_further_properties() =>
        Assert.Equal(
            ["- **Breaking:** `x` added: `string? X`, optional. Its value was in `AdditionalProperties`, unchecked."],
            Diff.OfNote("""{ "type": "object" }""", $$"""{ "type": "object", "properties": { "x": {{Text}} } }""")
        );

    [Theory]
    [InlineData(false, true, "- `x`: `x-sensitive`. Its value is left out of wire logs and of `ToString`.")]
    [InlineData(true, false, "- `x`: no longer `x-sensitive`. Its value is written to wire logs and by `ToString`.")]
    public void A_mark_of_secrets_that_comes_or_goes_is_told(bool before, bool after, string expected)
    {
        string Field(bool isSensitive) => isSensitive ? """{ "type": "string", "x-sensitive": true }""" : Text;

        Assert.Equal([expected], Diff.OfField(Field(before), Field(after)));
    }

    [Fact]
    public void An_added_secret_is_told_to_be_one() =>
        Assert.Equal(
            ["- `x` added: `string? X`, optional, `x-sensitive`."],
            Diff.OfNote(
                Diff.Note(""),
                Diff.Note(
                    """
                    "x": { "type": "string", "x-sensitive": true }
                    """
                )
            )
        );

    [Fact]
    public void A_removed_field_is_breaking() =>
        Assert.Equal(
            [
                "- **Breaking:** `x` removed, `string? X`. Code that names it no longer compiles, and a payload with "
                    + "it is refused.",
            ],
            Diff.OfNote(Diff.Note($"\"x\": {Text}"), Diff.Note(""))
        );

    [Fact]
    public void A_field_removed_from_an_open_object_goes_to_its_further_properties() =>
        Assert.Equal(
            [
                "- **Breaking:** `x` removed, `string? X`. Code that names it no longer compiles; its value goes to "
                    + "`AdditionalProperties`.",
            ],
            Diff.OfNote($$"""{ "type": "object", "properties": { "x": {{Text}} } }""", """{ "type": "object" }""")
        );

    [Fact]
    public void A_renamed_field_is_removed_and_added() =>
        Assert.Equal(
            [
                "- `y` added: `string? Y`, optional.",
                "- **Breaking:** `x` removed, `string? X`. Code that names it no longer compiles, and a payload with "
                    + "it is refused.",
            ],
            Diff.OfNote(Diff.Note($"\"x\": {Text}"), Diff.Note($"\"y\": {Text}"))
        );

    [Fact]
    public void A_field_that_becomes_required_is_breaking() =>
        Assert.Equal(
            [
                "- **Breaking:** `x`: required, was optional. Code that builds the record must set it, and a payload "
                    + "without it is refused.",
            ],
            Diff.OfNote(Diff.Note($"\"x\": {Text}"), Diff.Note($"\"x\": {Text}", """ "required": ["x"],"""))
        );

    [Fact]
    public void A_field_that_becomes_optional_breaks_those_who_read_it() =>
        Assert.Equal(
            ["- **Breaking:** `x`: optional, was required. Code that reads `X` must expect `null`."],
            Diff.OfNote(Diff.Note($"\"x\": {Text}", """ "required": ["x"],"""), Diff.Note($"\"x\": {Text}"))
        );

    [Fact]
    public void Another_type_is_breaking_and_is_told_with_its_limits() =>
        Assert.Equal(
            ["- **Breaking:** `x`: `IReadOnlyList<int>` instead of `string`, 1 to 5 items. Another type in C#."],
            Diff.OfField(
                """{ "type": "string", "maxLength": 9 }""",
                """{ "type": "array", "items": { "type": "integer" }, "minItems": 1, "maxItems": 5 }"""
            )
        );

    [Fact]
    public void An_integer_that_becomes_a_number_is_breaking() =>
        Assert.Equal(
            ["- **Breaking:** `x`: `decimal` instead of `int`. Another type in C#."],
            Diff.OfField("""{ "type": "integer" }""", """{ "type": "number" }""")
        );

    [Fact]
    public void A_text_that_becomes_a_time_is_breaking() =>
        Assert.Equal(
            ["- **Breaking:** `x`: `DateTimeOffset` instead of `string`. Another type in C#."],
            Diff.OfField(Text, """{ "type": "string", "format": "date-time" }""")
        );

    [Theory]
    [InlineData("string", "maxLength", 10, 9, "XMaxLength")]
    [InlineData("integer", "maximum", 10, 9, "XMaximum")]
    [InlineData("integer", "minimum", 9, 10, "XMinimum")]
    [InlineData("number", "maximum", 10, 9, "XMaximum")]
    [InlineData("number", "minimum", 9, 10, "XMinimum")]
    public void A_stricter_limit_is_breaking_and_a_looser_one_is_not(
        string type,
        string keyword,
        int loose,
        int strict,
        string constant
    )
    {
        string looser = $$"""{ "type": "{{type}}", "{{keyword}}": {{loose}} }""";
        string stricter = $$"""{ "type": "{{type}}", "{{keyword}}": {{strict}} }""";

        Assert.Equal(
            [
                $"- **Breaking:** `x`: `{keyword}` {strict} instead of {loose} (`{constant}`). Values that were valid "
                    + "are refused.",
            ],
            Diff.OfField(looser, stricter)
        );
        Assert.Equal(
            [$"- `x`: `{keyword}` {loose} instead of {strict} (`{constant}`). Values that were refused are valid."],
            Diff.OfField(stricter, looser)
        );
    }

    [Theory]
    [InlineData("minItems", 1, 2, "XMinItems")]
    [InlineData("maxItems", 5, 4, "XMaxItems")]
    public void A_stricter_limit_of_a_list_is_breaking_and_a_looser_one_is_not(
        string keyword,
        int loose,
        int strict,
        string constant
    )
    {
        string looser = $$"""{ "type": "array", "items": {{Text}}, "{{keyword}}": {{loose}} }""";
        string stricter = $$"""{ "type": "array", "items": {{Text}}, "{{keyword}}": {{strict}} }""";

        Assert.Equal(
            [
                $"- **Breaking:** `x`: `{keyword}` {strict} instead of {loose} (`{constant}`). Values that were valid "
                    + "are refused.",
            ],
            Diff.OfField(looser, stricter)
        );
        Assert.Equal(
            [$"- `x`: `{keyword}` {loose} instead of {strict} (`{constant}`). Values that were refused are valid."],
            Diff.OfField(stricter, looser)
        );
    }

    [Fact]
    public void A_limit_of_a_lists_items_is_compared_too() =>
        Assert.Equal(
            ["- **Breaking:** `x`: `maxLength` 4 instead of 5 (`XMaxLength`). Values that were valid are refused."],
            Diff.OfField(
                """{ "type": "array", "items": { "type": "string", "maxLength": 5 } }""",
                """{ "type": "array", "items": { "type": "string", "maxLength": 4 } }"""
            )
        );

    [Fact]
    public void A_limit_where_there_was_none_is_breaking() =>
        Assert.Equal(
            ["- **Breaking:** `x`: `maxLength` 9 (`XMaxLength`). Values that were valid are refused."],
            Diff.OfField(Text, """{ "type": "string", "maxLength": 9 }""")
        );

    [Fact]
    public void A_lifted_limit_takes_its_constant_along_and_is_breaking() =>
        Assert.Equal(
            ["- **Breaking:** `x`: `maxLength` lifted, was `9`. The constant `XMaxLength` is gone."],
            Diff.OfField("""{ "type": "string", "maxLength": 9 }""", Text)
        );

    [Fact]
    public void A_default_where_there_was_none_breaks_nothing() =>
        Assert.Equal(
            ["- `x`: absent means `false` (`XDefault`)."],
            Diff.OfField("""{ "type": "boolean" }""", """{ "type": "boolean", "default": false }""")
        );

    [Fact]
    public void Another_default_is_breaking() =>
        Assert.Equal(
            [
                "- **Breaking:** `x`: absent means `true` instead of `false` (`XDefault`). Messages without it mean "
                    + "something else.",
            ],
            Diff.OfField("""{ "type": "boolean", "default": false }""", """{ "type": "boolean", "default": true }""")
        );

    [Fact]
    public void A_lifted_default_takes_its_constant_along_and_is_breaking() =>
        Assert.Equal(
            ["- **Breaking:** `x`: `default` lifted, was `false`. The constant `XDefault` is gone."],
            Diff.OfField("""{ "type": "boolean", "default": false }""", """{ "type": "boolean" }""")
        );

    [Fact]
    public void Fields_in_another_order_are_no_difference() =>
        Assert.Empty(
            Diff.OfNote(Diff.Note($"\"x\": {Text}, \"y\": {Text}"), Diff.Note($"\"y\": {Text}, \"x\": {Text}"))
        );

    [Fact]
    public void Keywords_that_demand_nothing_are_no_difference() =>
        Assert.Empty(
            Diff.OfNote(Diff.Note(""), Diff.Note("", """ "$id": "urn:note", "comment": "second", "title": "Note", """))
        );
}
