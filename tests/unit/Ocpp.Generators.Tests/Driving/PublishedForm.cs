using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ocpp.Generators.Tests.Driving;

/// <summary>
/// Schemas in the form in which OCPP publishes them: a byte order mark, CRLF and tabs, no word on who sends a message
/// and what is secret, and descriptions full of entities and links, another in each file even where they describe the
/// same definition.
/// </summary>
internal static class PublishedForm
{
    private static readonly JsonWriterOptions s_layout = new()
    {
        Indented = true,
        IndentCharacter = '\t',
        IndentSize = 1,
        NewLine = "\r\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] s_descriptions =
    [
        "Part {0}. Of_ Model. Some_ Name\r\nurn:x-made-up:{0}\r\nThe &lt;&lt;cs-limit-{0},limit {0}&gt;&gt; in W/m&#178;. \r\n\r\nDefault =  &quot;none&quot;\r\n",
        "\r\nSee <<chapter-{0}>>,\t<<cs-{0}, chapter {0}>>; the value\u00A0is &amp;lt;&amp;lt;{0}&amp;gt;&amp;gt; &amp;amp; up.\r\n",
        "Number&nbsp;{0}&#58;\r\n\t* less &lt; more\r\n\t* <b>bold</b> ]]> */ // &amp;#38;\r\n\r\n",
        "(new) At &ge; {0} &micro;s &#x2014; 'single' and \"double\" quotes\u0085\u2028\v\u0000.   ",
    ];

    /// <summary>
    /// The file without the keywords that OCPP's own lack, and nothing else changed: what it says apart from its
    /// descriptions.
    /// </summary>
    public static SchemaText WithoutOwnKeywords(SchemaText schema) => Edit(schema, RemoveOwnKeywords, withMark: false);

    /// <summary>The file as published.</summary>
    public static SchemaText Of(SchemaText schema)
    {
        string name = Path.GetFileNameWithoutExtension(schema.Path);
        int number = name.Sum(c => c);
        return Edit(schema, Publish, withMark: true);

        void Publish(JsonObject root)
        {
            RemoveOwnKeywords(root);
            if (number % 3 == 0)
            {
                root.Remove("$id");
            }

            Describe(root);
        }

        void Describe(JsonObject syntax)
        {
            syntax["description"] = Description(number++);
            syntax["javaType"] = "Some" + name;
            if (syntax["type"]?.GetValue<string>() == "array")
            {
                syntax["additionalItems"] = false;
            }

            foreach (JsonObject part in Inner(syntax))
            {
                Describe(part);
            }
        }
    }

    private static void RemoveOwnKeywords(JsonObject syntax)
    {
        syntax.Remove("x-sender");
        syntax.Remove("x-sensitive");
        foreach (JsonObject part in Inner(syntax))
        {
            RemoveOwnKeywords(part);
        }
    }

    private static IEnumerable<JsonObject> Inner(JsonObject syntax) =>
        new[] { "definitions", "properties" }
            .SelectMany(key => syntax[key]?.AsObject().Select(member => member.Value) ?? [])
            .Append(syntax["items"])
            .OfType<JsonObject>();

    private static string Description(int number) =>
        s_descriptions[number % s_descriptions.Length].Replace("{0}", $"{number}", StringComparison.Ordinal);

    private static SchemaText Edit(SchemaText schema, Action<JsonObject> edit, bool withMark)
    {
        JsonObject root = JsonNode.Parse(schema.GetText()!.ToString())!.AsObject();
        edit(root);
        using var bytes = new MemoryStream();
        bytes.Write(withMark ? Encoding.UTF8.Preamble : []);
        using (var writer = new Utf8JsonWriter(bytes, s_layout))
        {
            root.WriteTo(writer);
        }

        bytes.Write("\r\n\r\n"u8);
        return new SchemaText(schema.Path, bytes.ToArray()) { Metadata = schema.Metadata };
    }
}
