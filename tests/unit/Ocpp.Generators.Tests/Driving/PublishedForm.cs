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
        "Part {0}. Of_ Model. Some_ Name\r\nurn:x-made-up:{0}\r\nThe &lt;&lt;cs-limit-{0},limit {0}&gt;&gt; in "
            + "W/m&#178;. \r\n\r\nDefault =  &quot;none&quot;\r\n",
        "\r\nSee <<chapter-{0}>>,\t<<cs-{0}, chapter {0}>>; the value\u00A0is &amp;lt;&amp;lt;{0}&amp;gt;&amp;gt; "
            + "&amp;amp; up.\r\n",
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

    /// <summary>The file of OCPP 1.6 in the form in which it is published.</summary>
    /// <param name="allInPlace">
    /// Whether the files of the security extension have no definitions, either; as published, they do.
    /// </param>
    /// <param name="nameOf">Gives a definition that is put in place its <c>x-name</c>; null for none.</param>
    public static SchemaText Of16(SchemaText schema, bool allInPlace = false, Func<string, string?>? nameOf = null)
    {
        string name = Path.GetFileNameWithoutExtension(schema.Path);
        string file = name.EndsWith("Request", StringComparison.Ordinal) ? name[..^"Request".Length] : name;
        SchemaText published = Edit(schema, Publish, withMark: false);
        return new SchemaText($"/schemas/ocpp-1.6/{file}.json", published.GetText())
        {
            Metadata = SchemaText.Describe("Ocpp.V16", "ocpp1.6", requestFiles: "Action", secrets: "ByName"),
        };

        void Publish(JsonObject root)
        {
            bool isOfSecurity = root["comment"]!.GetValue<string>().Contains("security", StringComparison.Ordinal);
            RemoveOwnKeywords(root);
            root.Remove("comment");
            if (isOfSecurity && !allInPlace)
            {
                root.Remove("description");
                return;
            }

            string id = root["$id"]!.GetValue<string>();
            root.Remove("$id");
            root["$schema"] = "http://json-schema.org/draft-04/schema#";
            root.Insert(1, "id", id);
            root.Insert(2, "title", name);
            JsonNode? definitions = root["definitions"];
            root.Remove("definitions");
            PutInPlace(root, definitions);
        }

        void PutInPlace(JsonObject syntax, JsonNode? definitions)
        {
            syntax.Remove("description");
            syntax.Remove("additionalItems");
            if (syntax["$ref"] is { } reference)
            {
                string definition = reference.GetValue<string>()["#/definitions/".Length..];
                syntax.Remove("$ref");
                foreach ((string keyword, JsonNode? value) in definitions![definition]!.AsObject())
                {
                    syntax[keyword] = value!.DeepClone();
                }

                syntax.Remove("description");
                if (nameOf?.Invoke(definition) is { } given)
                {
                    syntax["x-name"] = given;
                }
            }

            foreach (JsonObject part in Inner(syntax))
            {
                PutInPlace(part, definitions);
            }
        }
    }

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
