using Ocpp.Tool.Reference;
using Ocpp.Tool.Schemas;
using Xunit;

namespace Ocpp.Tool.Tests.Reference;

/// <summary>What a page says of schemas in forms that OCPP 2.0.1 has not.</summary>
public class MessagePageTests
{
    [Fact]
    public void An_action_that_nothing_answers_has_a_page_with_its_SEND() =>
        Assert.Equal(
            """
            <!-- Written by `ocpp docs` from the schemas: change those. -->

            # Announcement

            [All messages](README.md) · sent by either side

            Tells \*all\*, once.

            ## Payload

            In C# `Announcement`.

            | field |  | type | C# | meaning |
            |---|---|---|---|---|
            | `levels` | required | list of [Level](#level), 2 to 3 items | `IReadOnlyList<Level> Levels` | a \| b |
            | `unit-2` | optional | string, at most 3 characters, absent means `"kWh"` | `string? Unit_2` |  |
            | `level` | optional | [Level](#level), absent means `L.1` | `Level? Level` |  |
            | `factor` | optional | number, at least 2.5, absent means `3.5` | `decimal? Factor` |  |

            An example:

            ```json
            {
              "unit-2": "tex",
              "levels": [
                "L.1",
                "L.1"
              ],
              "level": "L.1",
              "factor": 2.5
            }
            ```

            In its frame:

            ```json
            [6,"msg-001","Announcement",{"unit-2":"tex","levels":["L.1","L.1"],"level":"L.1","factor":2.5}]
            ```

            ## Enumerations

            ### Level

            `L.1` (C# `L_1`), `High`

            ## Errors

            Beside the [errors of every message](README.md#errors), a message can break these rules. A SEND is never answered, but its violations carry the codes:

            | rule | violated if | answered with |
            |---|---|---|
            | `Required` | `/levels` is missing | OccurrenceConstraintViolation |
            | `MinItems` | `/levels` has fewer than 2 items | OccurrenceConstraintViolation |
            | `MaxItems` | `/levels` has more than 3 items | OccurrenceConstraintViolation |
            | `Type` | `/levels` is not a JSON array; `/levels/0` is not a JSON string; `/unit-2` is not a JSON string; `/level` is not a JSON string; 1 more | TypeConstraintViolation |
            | `NumberRange` | `/factor` is beyond what `decimal` holds | TypeConstraintViolation |
            | `Enum` | `/levels/0` is not a value of [Level](#level); `/level` is not a value of [Level](#level) | TypeConstraintViolation |
            | `MaxLength` | `/unit-2` is longer than 3 characters | PropertyConstraintViolation |
            | `Minimum` | `/factor` is less than 2.5 | PropertyConstraintViolation |

            """,
            PageOf(
                "Announcement",
                """
                {
                  "type": "object", "additionalProperties": false, "x-sender": "both", "description": "Tells *all*, once.",
                  "definitions": { "Level": { "type": "string", "enum": ["L.1", "High"] } },
                  "properties": {
                    "unit-2": { "type": "string", "maxLength": 3, "default": "kWh" },
                    "levels": { "type": "array", "items": { "$ref": "#/definitions/Level" }, "minItems": 2, "maxItems": 3, "description": "a | b" },
                    "level": { "$ref": "#/definitions/Level", "default": "L.1" },
                    "factor": { "type": "number", "minimum": 2.5, "default": 3.5 }
                  },
                  "required": ["levels"]
                }
                """
            )
        );

    [Fact]
    public void A_payload_within_other_messages_has_a_page_without_a_frame() =>
        Assert.Equal(
            """
            <!-- Written by `ocpp docs` from the schemas: change those. -->

            # TariffRequest

            [All messages](README.md)

            ## Payload

            In C# `TariffRequest`.

            No fields.

            An example:

            ```json
            {}
            ```

            """,
            PageOf("TariffRequest", """{ "type": "object", "additionalProperties": false }""")
        );

    [Fact]
    public void The_first_page_tells_actions_from_actions_that_nothing_answers_and_from_payloads()
    {
        const string schema = """{ "type": "object", "additionalProperties": false }""";
        string page = PagesOf(
            ("PingRequest", schema),
            ("PingResponse", schema),
            ("Note", schema),
            ("TariffRequest", schema)
        )["README.md"];

        Assert.StartsWith(
            """
            <!-- Written by `ocpp docs` from the schemas: change those. -->

            # Messages

            Subprotocol `ocpp2.0.1`, 2 actions. The types are in the namespace `Ocpp.V201`, the actions in `Ocpp201Protocol.Instance`.

            | action | sent by | what it is for |
            |---|---|---|
            | [Ping](Ping.md) |  |  |

            ## Actions that nothing answers

            | action | sent by | what it is for |
            |---|---|---|
            | [Note](Note.md) |  |  |

            ## Payloads within other messages

            | payload | sent by | what it is for |
            |---|---|---|
            | [TariffRequest](TariffRequest.md) |  |  |

            ## Reading the pages

            """,
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_type_that_holds_itself_is_opened_once_in_the_example() =>
        Assert.Contains(
            """
            ```json
            {
              "tree": {
                "name": "text",
                "branches": []
              }
            }
            ```
            """,
            PageOf(
                "Forest",
                """
                {
                  "type": "object",
                  "definitions": {
                    "Tree": {
                      "type": "object", "additionalProperties": false,
                      "properties": {
                        "name": { "type": "string" },
                        "branches": { "type": "array", "items": { "$ref": "#/definitions/Tree" } },
                        "parent": { "$ref": "#/definitions/Tree" }
                      },
                      "required": ["name", "branches"]
                    }
                  },
                  "properties": { "tree": { "$ref": "#/definitions/Tree" } }
                }
                """
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("a*b_c`d[e]<f>|&~$\\", @"a\*b\_c\`d\[e\]\<f\>|\&\~\$\\")]
    [InlineData("# no heading", @"\# no heading")]
    [InlineData("1. no list", @"1\. no list")]
    [InlineData("- no list", @"\- no list")]
    [InlineData("3.5 kW is a number", @"3\.5 kW is a number")]
    public void Text_is_no_markup(string text, string markdown) => Assert.Equal(markdown, Markdown.Text(text));

    [Theory]
    [InlineData("a", "`a`")]
    [InlineData("a`b``c", "``` a`b``c ```")]
    public void Code_may_hold_backticks(string text, string markdown) => Assert.Equal(markdown, Markdown.Code(text));

    [Fact]
    public void A_pipe_ends_no_cell() => Assert.Equal(@"| `a\|b` | c\|d |", Markdown.Row("`a|b`", "c|d"));

    private static string PageOf(string name, string schema) => PagesOf((name, schema))[name + ".md"];

    private static IReadOnlyDictionary<string, string> PagesOf(params IEnumerable<(string Name, string Schema)> files)
    {
        using var folder = new TemporaryFolder();
        foreach ((string name, string schema) in files)
        {
            folder.Write(name + ".json", schema);
        }

        return ReferencePages.Write(SchemaFolder.Read(folder.Path, TextWriter.Null)!, "Messages");
    }
}
