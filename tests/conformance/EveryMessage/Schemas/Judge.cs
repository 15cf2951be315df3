using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>
/// A second opinion on a payload: System.Text.Json on whether it is JSON, NJsonSchema on whether it fits the schema.
/// </summary>
/// <remarks>
/// NJsonSchema reads four things otherwise than JSON Schema draft-06 and RFC 3339 do; they are translated before it
/// sees them: it counts UTF-16 units where characters are to be counted; it takes 1.0 for no integer; of the date-times
/// it refuses those with a lower-case t or z or more than seven fractional digits; and it compares bounds as decimals,
/// so that huge numbers overflow.
/// </remarks>
internal sealed partial class Judge(ObjectNode root, string schemaText)
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    // The schemas refer to their own definitions only, so that nothing is fetched and the task is complete.
    private readonly Lazy<JsonSchema> _schema = new(() =>
        JsonSchema.FromJsonAsync(schemaText).GetAwaiter().GetResult()
    );

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex UriScheme();

    public Verdict Ask(ReadOnlyMemory<byte> utf8Json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8Json, s_options);
        }
        catch (JsonException)
        {
            return new Verdict(IsJson: false, FitsSchema: false, new HashSet<Stricter>());
        }

        using (document)
        {
            var stricter = new HashSet<Stricter>();
            JToken token = Translate(document.RootElement, root, stricter);
            return new Verdict(IsJson: true, _schema.Value.Validate(token).Count == 0, stricter);
        }
    }

    private static JToken Translate(JsonElement json, SchemaNode? schema, HashSet<Stricter> stricter) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => TranslateObject(json, schema as ObjectNode, stricter),
            JsonValueKind.Array => new JArray(
                json.EnumerateArray()
                    .Select(item => Translate(item, (schema as ListNode)?.Item, stricter))
                    .ToArray<object>()
            ),
            JsonValueKind.String => TranslateText(json, schema, stricter),
            JsonValueKind.Number => TranslateNumber(json.GetRawText(), schema, stricter),
            JsonValueKind.True or JsonValueKind.False => new JValue(json.GetBoolean()),
            _ => JValue.CreateNull(),
        };

    private static JObject TranslateObject(JsonElement json, ObjectNode? schema, HashSet<Stricter> stricter)
    {
        var result = new JObject();
        foreach (JsonProperty property in json.EnumerateObject())
        {
            string name = ReadText(property, static property => property.Name, stricter);
            if (result.ContainsKey(name))
            {
                stricter.Add(Stricter.DuplicateProperty);
            }

            result[name] = Translate(property.Value, schema?.Find(name)?.Value, stricter);
        }

        return result;
    }

    private static JValue TranslateText(JsonElement json, SchemaNode? schema, HashSet<Stricter> stricter)
    {
        string text = ReadText(json, static json => json.GetString()!, stricter);
        switch (schema)
        {
            case TextNode when text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'):
                return new JValue(
                    string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp ? rune.ToString() : "x"))
                );
            case UriNode when !UriScheme().IsMatch(text):
                stricter.Add(Stricter.UriForm);
                return new JValue(text);
            case DateTimeNode when Rfc3339Grammar.IsDateTime(text):
                return new JValue("2026-01-31T12:34:56Z");
            case DateTimeNode:
                stricter.Add(Stricter.DateTimeForm);
                return new JValue(text);
            default:
                return new JValue(text);
        }
    }

    private static JValue TranslateNumber(string number, SchemaNode? schema, HashSet<Stricter> stricter)
    {
        if (schema is NumberNode && !decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            stricter.Add(Stricter.NumberRange);
        }

        if (!TryReadInteger(number, out BigInteger integer))
        {
            return new JValue(double.Parse(number, CultureInfo.InvariantCulture));
        }

        if (schema is IntegerNode && (integer < int.MinValue || integer > int.MaxValue))
        {
            stricter.Add(Stricter.NumberRange);
        }

        // Everything beyond these is as far out of any bounds.
        return new JValue((long)BigInteger.Max(long.MinValue, BigInteger.Min(long.MaxValue, integer)));
    }

    /// <summary>Reads a number exactly; whether it is an integer depends on its value, not its form.</summary>
    public static bool TryReadInteger(string number, out BigInteger value)
    {
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long plain))
        {
            value = plain;
            return true;
        }

        string[] parts = number.Split('e', 'E');
        string[] mantissa = parts[0].Split('.');
        string digits = mantissa[0] + (mantissa.Length > 1 ? mantissa[1] : "");
        BigInteger exponent =
            (parts.Length > 1 ? BigInteger.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            - (mantissa.Length > 1 ? mantissa[1].Length : 0);
        value = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        while (!value.IsZero && exponent < 0 && value % 10 == 0)
        {
            value /= 10;
            exponent++;
        }

        value *= BigInteger.Pow(10, (int)BigInteger.Max(0, BigInteger.Min(exponent, 100)));
        return value.IsZero || exponent >= 0;
    }

    /// <summary>A text that is no Unicode throws when it is asked for.</summary>
    private static string ReadText<T>(T json, Func<T, string> read, HashSet<Stricter> stricter)
    {
        try
        {
            return read(json);
        }
        catch (InvalidOperationException)
        {
            stricter.Add(Stricter.InvalidText);
            return "\uFFFD";
        }
    }
}
