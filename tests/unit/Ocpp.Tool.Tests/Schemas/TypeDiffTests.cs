using Ocpp.Security;
using Xunit;

namespace Ocpp.Tool.Tests.Schemas;

/// <summary>Each rule about types, enumerations, messages and senders, once; and the whole of a difference.</summary>
public class TypeDiffTests
{
    [Fact]
    public void An_object_that_closes_is_breaking() =>
        Assert.Equal(
            [
                "- **Breaking:** takes no further properties. `AdditionalProperties` is gone, and a payload with one "
                    + "is refused.",
            ],
            Diff.OfNote("""{ "type": "object" }""", Diff.Note(""))
        );

    [Fact]
    public void Between_two_versions_nothing_is_called_breaking() =>
        Assert.Equal(
            new CommandResult(
                1,
                "### Changed\n\n- `Note`\n  - `y` added: `int Y`, required.\n  - `x` removed, `int? X`.\n",
                ""
            ),
            Diff.Of(
                [("Note", Diff.Note("\"x\": {\"type\": \"integer\"}", "\"description\": \"Old.\","))],
                [
                    (
                        "Note",
                        Diff.Note("\"y\": {\"type\": \"integer\"}", "\"description\": \"New.\", \"required\": [\"y\"],")
                    ),
                ],
                "--versions"
            )
        );

    [Fact]
    public void An_object_that_opens_breaks_nothing() =>
        Assert.Equal(
            ["- takes further properties, in `AdditionalProperties`."],
            Diff.OfNote(Diff.Note(""), """{ "type": "object" }""")
        );

    [Fact]
    public void An_added_enumeration_value_breaks_nothing_but_is_named() =>
        Assert.Equal(
            ["- `C.c` (`CC`) added. A `switch` over all values does not know it."],
            OfLevel("A", "B", "to", "A", "B", "C.c")
        );

    [Fact]
    public void A_removed_enumeration_value_is_breaking() =>
        Assert.Equal(
            ["- **Breaking:** `B` removed. Code that names it no longer compiles, and a payload with it is refused."],
            OfLevel("A", "B", "to", "A")
        );

    [Fact]
    public void Enumeration_values_that_move_are_told() =>
        Assert.Equal(
            [
                "- `Z` added. A `switch` over all values does not know it.",
                "- other numbers from `B` on. Code that is compiled anew does not notice; numbers that were stored "
                    + "mean other values.",
            ],
            OfLevel("A", "B", "C", "to", "A", "Z", "B", "C")
        );

    [Fact]
    public void An_enumeration_in_place_of_an_object_is_breaking() =>
        Assert.Equal(
            ["- **Breaking:** an enumeration instead of an object. Another type in C# and on the wire."],
            OfDefinition("""{ "type": "object" }""", Level("A"))
        );

    [Fact]
    public void A_renamed_type_is_removed_and_added_and_its_fields_have_another_type() =>
        Assert.Equal(
            new CommandResult(
                1,
                """
                ### Added

                - `Grade`, an enumeration: `A`.

                ### Changed

                - `Note`
                  - **Breaking:** `x`: `Grade` instead of `Level`. Another type in C#.

                ### Removed

                - **Breaking:** `Level`, an enumeration: `A`. Code that names it no longer compiles.

                """,
                ""
            ),
            Diff.Of([("Note", WithDefinition("Level", Level("A")))], [("Note", WithDefinition("Grade", Level("A")))])
        );

    [Theory]
    [InlineData(
        "CSMS",
        "ChargingStation",
        "- **Breaking:** sent by the charging station instead of the CSMS. A side that could send it no longer may."
    )]
    [InlineData(
        "both",
        "CSMS",
        "- **Breaking:** sent by the CSMS instead of either side. A side that could send it no longer may."
    )]
    [InlineData("CSMS", "both", "- sent by either side instead of the CSMS.")]
    public void Another_sender_is_breaking_unless_nobody_loses(string old, string @new, string expected) =>
        Assert.Equal([expected], Diff.OfNote(SentBy(old), SentBy(@new)));

    [Fact]
    public void Senders_that_were_not_named_are_one_line_for_all_messages() =>
        Assert.Equal(
            new CommandResult(
                1,
                """
                ### Changed

                - `x-sender` added to 3 messages, which did not say who sends them.

                """,
                ""
            ),
            Diff.Of(
                [
                    ("ARequest", SentBy(null)),
                    ("AResponse", SentBy(null)),
                    ("Note", SentBy(null)),
                    ("Other", SentBy("both")),
                ],
                [
                    ("ARequest", SentBy("CSMS")),
                    ("AResponse", SentBy("ChargingStation")),
                    ("Note", SentBy("both")),
                    ("Other", SentBy("both")),
                ]
            )
        );

    [Fact]
    public void A_sender_that_is_no_longer_named_is_breaking() =>
        Assert.Equal(
            new CommandResult(
                1,
                """
                ### Changed

                - **Breaking:** `x-sender` removed from 1 message. Code that asks who sends them gets no answer.

                """,
                ""
            ),
            Diff.Of([("Note", SentBy("CSMS"))], [("Note", SentBy(null))])
        );

    [Fact]
    public void A_message_that_gets_a_response_becomes_an_action() =>
        Assert.Equal(
            new CommandResult(
                1,
                """
                ### Added

                - `PingResponse`, a message.

                ### Changed

                - `PingRequest`
                  - now the request of the action `Ping`.

                """,
                ""
            ),
            Diff.Of([("PingRequest", Diff.Note(""))], [("PingRequest", Diff.Note("")), ("PingResponse", Diff.Note(""))])
        );

    [Fact]
    public void An_action_that_loses_its_response_is_breaking() =>
        Assert.Equal(
            new CommandResult(
                1,
                """
                ### Changed

                - `PingRequest`
                  - **Breaking:** no longer the request of an action, `Ping`. Code that calls the action no longer compiles.

                ### Removed

                - **Breaking:** `PingResponse`, a message. Code that names it no longer compiles.

                """,
                ""
            ),
            Diff.Of([("PingRequest", Diff.Note("")), ("PingResponse", Diff.Note(""))], [("PingRequest", Diff.Note(""))])
        );

    [Fact]
    public void An_action_that_loses_its_answer_is_another_action() =>
        Assert.Equal(
            new CommandResult(
                1,
                """
                ### Added

                - `Ping`, an action sent by the CSMS: nothing answers it.

                ### Removed

                - **Breaking:** `Ping`, an action sent by the CSMS: `PingRequest`, `PingResponse`. Code that names it no longer compiles.

                """,
                ""
            ),
            Diff.Of(
                [("PingRequest", SentBy("CSMS")), ("PingResponse", SentBy("ChargingStation"))],
                [("Ping", SentBy("CSMS"))]
            )
        );

    [Fact]
    public void Descriptions_are_counted() =>
        Assert.Equal(
            new CommandResult(1, "### Changed\n\n- Descriptions of types and fields: 2.\n", ""),
            Diff.Of(
                [
                    (
                        "Note",
                        Diff.Note(
                            """ "x": { "type": "string", "description": "one" } """,
                            """ "description": "one", """
                        )
                    ),
                ],
                [
                    (
                        "Note",
                        Diff.Note(
                            """ "x": { "type": "string", "description": "two" } """,
                            """ "description": "two", """
                        )
                    ),
                ]
            )
        );

    [Fact]
    public void Equal_schemas_end_with_0_and_no_word()
    {
        string note = Diff.Note(""" "x": { "type": "string" } """);

        Assert.Equal(new CommandResult(0, "", ""), Diff.Of([("Note", note)], [("Note", note)]));
    }

    [Fact]
    public void A_type_that_messages_share_is_reported_once_among_all_else()
    {
        string oldState = Level("Idle", "Busy");
        string newState = Level("Idle", "Busy", "Faulted");
        CommandResult run = Diff.Of(
            [
                ("ClearRequest", SentBy("CSMS")),
                ("ClearResponse", SentBy("ChargingStation")),
                ("NoticeRequest", WithDefinition("State", oldState)),
                ("NoticeResponse", WithDefinition("State", oldState)),
            ],
            [
                ("NoticeRequest", WithDefinition("State", newState)),
                ("NoticeResponse", WithDefinition("State", newState)),
                ("PingRequest", SentBy("both")),
                ("PingResponse", SentBy("both")),
            ]
        );

        Assert.Equal(
            new CommandResult(
                1,
                """
                ### Added

                - `Ping`, an action sent by either side: `PingRequest`, `PingResponse`.

                ### Changed

                - `State`, in 2 messages
                  - `Faulted` added. A `switch` over all values does not know it.

                ### Removed

                - **Breaking:** `Clear`, an action sent by the CSMS: `ClearRequest`, `ClearResponse`. Code that names it no longer compiles.

                """,
                ""
            ),
            run
        );
    }

    [Fact]
    public void The_defects_of_both_folders_are_named_with_their_places() =>
        Assert.Equal(
            new CommandResult(
                2,
                "",
                """
                OLD/Note.json(2,34): error OCPP004: 'strin' is none of the types object, array, string, integer, number and boolean
                NEW/Note.json(1,1): error OCPP001: Malformed JSON: a value is expected, but the file ends

                """
            ),
            Diff.Of(
                [("Note", "{ \"type\": \"object\",\n  \"properties\": { \"x\": { \"type\": \"strin\" } } }")],
                [("Note", "")]
            )
        );

    [Fact]
    public void A_folder_without_schemas_is_misuse() =>
        Assert.Equal(
            new CommandResult(2, "", "NEW: no schema (*.json) in this folder.\n"),
            Diff.Of([("Note", Diff.Note(""))], [])
        );

    [Fact]
    public void What_a_schema_and_a_folder_are_named_can_not_act_on_a_terminal()
    {
        string field = Diff.Note("\"x\": { \"type\": \"string\", \"default\": \"\\u001b[2J\\u202E\\u2028\uE000\" }");
        CommandResult difference = Diff.Of([("Note", Diff.Note(""))], [("Note", field)]);
        CommandResult defect = Diff.Of(
            [("Note", Diff.Note("\"\\u001b[2J\\u2028\": { \"type\": \"\\u001b]0;x\\u0007\" }"))],
            [("No\u001b[2Jte", "{}")]
        );

        Assert.Equal(2, defect.ExitCode);
        Assert.Contains("NEW/No\\u001B[2Jte.json(1,1): error OCPP016", defect.Error, StringComparison.Ordinal);
        Assert.Contains("'U+001B]0;xU+0007'", defect.Error, StringComparison.Ordinal);
        foreach (string text in new[] { difference.Output, defect.Error })
        {
            Assert.NotEmpty(text);
            Assert.All(text.Split('\n'), line => Assert.True(PrintableText.IsPrintable(line), line));
        }
    }

    [Fact]
    public void Schemas_that_mark_no_secrets_are_compared_all_the_same()
    {
        CommandResult run = Diff.Of(
            [("Note", Diff.Note("\"password\": { \"type\": \"string\" }"))],
            [("Note", Diff.Note("\"password\": { \"type\": \"string\", \"x-sensitive\": true }"))]
        );

        Assert.Equal(
            new CommandResult(
                0,
                "",
                "OLD/Note.json(1,1): info OCPP020: No schema of Ocpp.V201 marks secrets with x-sensitive; kept out of "
                    + "logs by name: password\n"
            ),
            run
        );
    }

    private static string SentBy(string? sender) =>
        Diff.Note("", sender is null ? "" : $""" "x-sender": "{sender}", """);

    private static string Level(params IEnumerable<string> values) =>
        $$"""{ "type": "string", "enum": [{{string.Join(", ", values.Select(value => $"\"{value}\""))}}] }""";

    private static string WithDefinition(string name, string definition) =>
        Diff.Note(
            $$""" "x": { "$ref": "#/definitions/{{name}}" } """,
            $$""" "definitions": { "{{name}}": {{definition}} }, """
        );

    /// <summary>The lines for an enumeration with the values before and behind <c>to</c>.</summary>
    private static string[] OfLevel(params string[] values)
    {
        int to = Array.IndexOf(values, "to");
        return OfDefinition(Level(values[..to]), Level(values[(to + 1)..]));
    }

    private static string[] OfDefinition(string old, string @new)
    {
        CommandResult run = Diff.Of(
            [("Note", WithDefinition("Level", old))],
            [("Note", WithDefinition("Level", @new))]
        );
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        string[] lines = run.Output.Split('\n');
        Assert.Equal(["### Changed", "", "- `Level`, in 1 message"], lines[..3]);
        Assert.Equal("", lines[^1]);
        return [.. lines[3..^1].Select(line => line.TrimStart())];
    }

    [Fact]
    public void A_folder_whose_requests_are_named_as_their_actions_holds_the_same_messages()
    {
        string note = Diff.Note("\"x\": {\"type\": \"string\"}");

        CommandResult run = Diff.Of(
            [("Note", note), ("NoteResponse", Diff.Note(""))],
            [("NoteRequest", note), ("NoteResponse", Diff.Note(""))]
        );

        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
    }
}
