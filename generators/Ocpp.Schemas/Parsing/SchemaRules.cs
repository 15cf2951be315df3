using System.Globalization;
using Ocpp.Schemas.Diagnostics;

namespace Ocpp.Schemas.Parsing;

/// <summary>
/// Checks a schema file before it is resolved: that each keyword is one whose demand the generated code meets, and that
/// its value makes sense. What NJsonSchema would drop in silence is found here, at its place.
/// </summary>
internal sealed class SchemaRules(JsonObjectSyntax root, Action<DefectKind, SourceSpan, string[]> report)
{
    /// <summary>
    /// The keyword that keeps what a property holds out of wire logs. OCPP's own schema files lack it.
    /// </summary>
    public const string SensitiveKeyword = "x-sensitive";

    /// <summary>The keyword that names a type that is declared in place. OCPP's own schema files lack it.</summary>
    public const string NameKeyword = "x-name";

    private const string PlainNames =
        "a name has 1 to 255 characters, and no quotes, backslashes, control characters, format characters and "
        + "line separators";

    private const string DefinitionPrefix = "#/definitions/";

    /// <summary>One bit of the mask of properties seen is the reader's own.</summary>
    private const int MaxProperties = 63;

    public void Check()
    {
        if ((root["type"] as JsonStringSyntax)?.Value != "object")
        {
            Report(DefectKinds.RootNotObject, root.Member("type")?.Value.Span ?? new SourceSpan(root.Span.Start, 1));
        }

        CheckSchema(root, SchemaRole.Payload);
    }

    private void CheckSchema(JsonSyntax syntax, SchemaRole role)
    {
        if (syntax is not JsonObjectSyntax schema)
        {
            Report(DefectKinds.InvalidKeywordValue, syntax.Span, "a schema", "it must be an object");
            return;
        }

        foreach (JsonMemberSyntax member in schema.Members)
        {
            if (schema.Member(member.Name) != member)
            {
                continue; // the last duplicate; reported as such
            }

            CheckKeyword(schema, member, role);
        }

        CheckCombination(schema);
    }

    private void CheckKeyword(JsonObjectSyntax schema, JsonMemberSyntax keyword, SchemaRole role)
    {
        JsonSyntax value = keyword.Value;
        switch (keyword.Name)
        {
            case "$schema" or "$id" or "id" or "comment" or "$comment" or "title" or "javaType" or "description":
                Expect(value is JsonStringSyntax, keyword, "it must be a text");
                break;

            case Sender.Keyword when schema == root:
                Expect(Sender.Read(root) is not null, keyword, "it must be ChargingStation, CSMS or both");
                break;

            case SensitiveKeyword when role == SchemaRole.Property:
                Expect(value is JsonLiteralSyntax { Value: true }, keyword, "it must be true");
                Expect(!HoldsObjects(schema), keyword, "the properties of the object are to be marked instead");
                break;

            case NameKeyword:
                CheckName(schema, keyword, role);
                break;

            case "type":
                CheckType(keyword);
                break;

            case "$ref":
                CheckReference(keyword);
                break;

            case "definitions"
            or "properties":
                CheckMembers(keyword);
                break;

            case "items":
                CheckSchema(value, SchemaRole.Item);
                break;

            case "required":
                CheckRequired(schema, keyword);
                break;

            case "enum":
                CheckEnum(keyword);
                break;

            case "additionalProperties":
                Expect(value is JsonLiteralSyntax { Value: not null }, keyword, "only true and false are supported");
                break;

            case "additionalItems":
                Expect(value is JsonLiteralSyntax { Value: not null }, keyword, "only true and false are supported");
                break;

            case "maxLength"
            or "minItems"
            or "maxItems":
                Expect(TryGetCount(value, out _), keyword, "it must be an integer from 0 to 2147483647");
                break;

            case "minimum"
            or "maximum":
                CheckBound(schema, keyword);
                break;

            case "multipleOf":
                Expect(
                    TryGetDecimal(value, out decimal multipleOf) && multipleOf > 0,
                    keyword,
                    "it must be a number greater than zero that fits into a decimal"
                );
                break;

            case "format":
                Expect(
                    (value as JsonStringSyntax)?.Value is "date-time" or "uri",
                    keyword,
                    "only date-time and uri are supported"
                );
                break;

            case "default":
                CheckDefault(schema, keyword);
                break;

            default:
                Report(DefectKinds.UnknownKeyword, keyword.NameSpan, keyword.Name);
                break;
        }
    }

    private void CheckName(JsonObjectSyntax schema, JsonMemberSyntax keyword, SchemaRole role)
    {
        bool isType =
            role is SchemaRole.Property or SchemaRole.Item
            && (schema["enum"] is not null || (schema["type"] as JsonStringSyntax)?.Value == "object");
        if (!isType && schema["$ref"] is null)
        {
            const string Problem = "it belongs on an object or enumeration that is declared in a property or in items";
            Report(DefectKinds.InvalidKeywordValue, keyword.NameSpan, keyword.Name, Problem);
        }

        Expect(keyword.Value is JsonStringSyntax name && IsPlainName(name.Value), keyword, PlainNames);
    }

    private void CheckBound(JsonObjectSyntax schema, JsonMemberSyntax keyword)
    {
        bool isNumber = TryGetDecimal(keyword.Value, out decimal bound);
        bool isInteger = (schema["type"] as JsonStringSyntax)?.Value == "integer";
        Expect(isNumber, keyword, "it must be a number that fits into a decimal");
        Expect(
            !isNumber || !isInteger || bound is >= int.MinValue and <= int.MaxValue,
            keyword,
            "an integer has 32 bits, so it must be a number from -2147483648 to 2147483647"
        );
    }

    private void CheckType(JsonMemberSyntax keyword)
    {
        if (keyword.Value is not JsonStringSyntax type)
        {
            Report(DefectKinds.InvalidKeywordValue, keyword.Value.Span, "type", "it must be the name of one type");
        }
        else if (type.Value is not ("object" or "array" or "string" or "integer" or "number" or "boolean"))
        {
            Report(DefectKinds.UnknownType, type.Span, type.Value);
        }
    }

    private void CheckReference(JsonMemberSyntax keyword)
    {
        string target = (keyword.Value as JsonStringSyntax)?.Value ?? "";
        if (Definition(target) is not { } definition)
        {
            Report(DefectKinds.InvalidReference, keyword.Value.Span, target);
            return;
        }

        // Those that go in a circle are NJsonSchema's to find.
        var seen = new HashSet<JsonSyntax>();
        while (
            seen.Count <= SchemaLimits.MaxReferences
            && definition is JsonObjectSyntax { } schema
            && seen.Add(schema)
            && (schema["$ref"] as JsonStringSyntax)?.Value is { } next
            && Definition(next) is { } referred
        )
        {
            definition = referred;
        }

        Expect(seen.Count <= SchemaLimits.MaxReferences, keyword, "it leads over more than 16 references");
    }

    /// <summary>What a reference leads to; none where it leads nowhere.</summary>
    private JsonSyntax? Definition(string target) =>
        target.StartsWith(DefinitionPrefix, StringComparison.Ordinal)
            ? (root["definitions"] as JsonObjectSyntax)?[target.Substring(DefinitionPrefix.Length)]
            : null;

    private void CheckMembers(JsonMemberSyntax keyword)
    {
        if (keyword.Value is not JsonObjectSyntax members)
        {
            Report(DefectKinds.InvalidKeywordValue, keyword.Value.Span, keyword.Name, "it must be an object");
            return;
        }

        if (keyword.Name == "properties" && members.Members.Count > MaxProperties)
        {
            Report(
                DefectKinds.InvalidKeywordValue,
                keyword.NameSpan,
                "properties",
                "an object has at most 63 properties"
            );
        }

        if (keyword.Name == "definitions" && members.Members.Count > SchemaLimits.MaxDefinitions)
        {
            Report(DefectKinds.TooLarge, keyword.NameSpan, "1000 definitions");
            return;
        }

        foreach (JsonMemberSyntax member in members.Members)
        {
            // A name that needs an escape in JSON or C# would have more than one plain form on the wire.
            if (!IsPlainName(member.Name))
            {
                Report(DefectKinds.InvalidKeywordValue, member.NameSpan, keyword.Name, PlainNames);
            }

            CheckSchema(member.Value, keyword.Name == "properties" ? SchemaRole.Property : SchemaRole.Definition);
        }
    }

    private static bool IsPlainName(string name) =>
        name.Length is > 0 and <= SchemaLimits.MaxNameLength
        && Description.IsText(name)
        && name.All(static c =>
            c is not ('"' or '\\')
            && char.GetUnicodeCategory(c)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                )
        );

    private void CheckRequired(JsonObjectSyntax schema, JsonMemberSyntax keyword)
    {
        if (keyword.Value is not JsonArraySyntax names || names.Items.Any(name => name is not JsonStringSyntax))
        {
            Report(DefectKinds.InvalidKeywordValue, keyword.Value.Span, "required", "it must be a list of names");
            return;
        }

        var properties = schema["properties"] as JsonObjectSyntax;
        var counts = names
            .Items.Cast<JsonStringSyntax>()
            .GroupBy(static name => name.Value, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);
        foreach (JsonStringSyntax name in names.Items.Cast<JsonStringSyntax>())
        {
            if (properties?[name.Value] is null)
            {
                Report(
                    DefectKinds.InvalidKeywordValue,
                    name.Span,
                    "required",
                    $"'{name.Value}' is none of the properties"
                );
            }
            else if (counts[name.Value] > 1)
            {
                Report(DefectKinds.InvalidKeywordValue, name.Span, "required", $"'{name.Value}' is duplicated");
            }
        }
    }

    private void CheckEnum(JsonMemberSyntax keyword)
    {
        if (keyword.Value is not JsonArraySyntax { Items.Count: > 0 } values)
        {
            Report(
                DefectKinds.InvalidKeywordValue,
                keyword.Value.Span,
                "enum",
                "it must be a list of at least one text"
            );
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonSyntax value in values.Items)
        {
            if (value is not JsonStringSyntax text)
            {
                Report(DefectKinds.InvalidKeywordValue, value.Span, "enum", "only texts are supported");
            }
            else if (!seen.Add(text.Value))
            {
                Report(DefectKinds.InvalidKeywordValue, value.Span, "enum", $"'{text.Value}' is duplicated");
            }
            else if (text.Value.Length is 0 or > 255 || text.Value.Any(c => c is < ' ' or '"' or '\\' or >= '\x7F'))
            {
                Report(
                    DefectKinds.InvalidKeywordValue,
                    value.Span,
                    "enum",
                    "a value is 1 to 255 ASCII characters without quotes, backslashes and control characters"
                );
            }
        }
    }

    private void CheckDefault(JsonObjectSyntax schema, JsonMemberSyntax keyword)
    {
        JsonObjectSyntax resolved = Resolve(schema);
        bool isValid = ((resolved["type"] as JsonStringSyntax)?.Value, keyword.Value) switch
        {
            ("boolean", JsonLiteralSyntax { Value: not null }) => true,
            ("integer", JsonNumberSyntax number) => TryGetDecimal(number, out decimal value)
                && value == decimal.Truncate(value)
                && value is >= int.MinValue and <= int.MaxValue
                && IsWithinBounds(resolved, value),
            ("number", JsonNumberSyntax number) => TryGetDecimal(number, out decimal value)
                && IsWithinBounds(resolved, value),
            ("string", JsonStringSyntax text) => IsTextWithin(resolved, text.Value),
            _ => false,
        };
        Expect(isValid, keyword, "it must be a boolean, number or text that the property itself would take");
    }

    private static bool IsWithinBounds(JsonObjectSyntax schema, decimal value) =>
        !(TryGetDecimal(schema["minimum"], out decimal minimum) && value < minimum)
        && !(TryGetDecimal(schema["maximum"], out decimal maximum) && value > maximum)
        && !(TryGetDecimal(schema["multipleOf"], out decimal multipleOf) && multipleOf > 0 && value % multipleOf != 0);

    private static bool IsTextWithin(JsonObjectSyntax schema, string text) =>
        schema["format"] is null
        && !(
            TryGetCount(schema["maxLength"], out int maxLength) && text.Count(c => !char.IsLowSurrogate(c)) > maxLength
        )
        && (schema["enum"] is not JsonArraySyntax values || values.Contains(text));

    /// <summary>Whether a schema is an object, or a list of them.</summary>
    private bool HoldsObjects(JsonObjectSyntax schema)
    {
        JsonObjectSyntax resolved = Resolve(schema);
        JsonObjectSyntax value = resolved["items"] is JsonObjectSyntax items ? Resolve(items) : resolved;
        return (value["type"] as JsonStringSyntax)?.Value == "object";
    }

    /// <summary>
    /// Follows references to the end; those that go in a circle, and those that are too many, end anywhere.
    /// </summary>
    private JsonObjectSyntax Resolve(JsonObjectSyntax schema)
    {
        for (int i = 0; i <= SchemaLimits.MaxReferences; i++)
        {
            if (
                (schema["$ref"] as JsonStringSyntax)?.Value is not { } target
                || Definition(target) is not JsonObjectSyntax definition
            )
            {
                break;
            }

            schema = definition;
        }

        return schema;
    }

    /// <summary>Keywords that have no effect where they are, and bounds that contradict each other.</summary>
    private void CheckCombination(JsonObjectSyntax schema)
    {
        string? type = (schema["type"] as JsonStringSyntax)?.Value;
        foreach (JsonMemberSyntax keyword in schema.Members)
        {
            string? belongsTo = keyword.Name switch
            {
                "properties" or "required" => "object",
                "items" or "minItems" or "maxItems" or "additionalItems" => "array",
                "maxLength" or "format" or "enum" => "string",
                "minimum" or "maximum" => type == "integer" ? type : "number",
                "multipleOf" => "number",
                _ => null,
            };
            bool isReference = schema["$ref"] is not null;
            if (
                isReference
                && keyword.Name
                    is not (
                        "$ref"
                        or "description"
                        or "default"
                        or "comment"
                        or "$comment"
                        or "title"
                        or "javaType"
                        or SensitiveKeyword
                    )
            )
            {
                Report(
                    DefectKinds.InvalidKeywordValue,
                    keyword.NameSpan,
                    keyword.Name,
                    "beside a $ref it has no effect"
                );
            }
            else if (belongsTo is not null && !isReference && belongsTo != type)
            {
                Report(
                    DefectKinds.InvalidKeywordValue,
                    keyword.NameSpan,
                    keyword.Name,
                    $"it needs \"type\": \"{belongsTo}\" beside it"
                );
            }
        }

        if (type == "array" && schema["items"] is null)
        {
            Report(DefectKinds.InvalidKeywordValue, schema.Member("type")!.Value.Span, "type", "an array needs items");
        }

        if (schema["enum"] is not null && (schema["maxLength"] ?? schema["format"]) is not null)
        {
            Report(
                DefectKinds.InvalidKeywordValue,
                schema.Member("enum")!.NameSpan,
                "enum",
                "it takes no maxLength or format beside it"
            );
        }

        if ((schema["format"] as JsonStringSyntax)?.Value == "date-time" && schema["maxLength"] is not null)
        {
            Report(
                DefectKinds.InvalidKeywordValue,
                schema.Member("maxLength")!.NameSpan,
                "maxLength",
                "a date-time has none"
            );
        }

        CheckBounds(schema, "minimum", "maximum");
        CheckBounds(schema, "minItems", "maxItems");
    }

    private void CheckBounds(JsonObjectSyntax schema, string lower, string upper)
    {
        if (
            TryGetDecimal(schema[lower], out decimal minimum)
            && TryGetDecimal(schema[upper], out decimal maximum)
            && minimum > maximum
        )
        {
            Report(DefectKinds.ContradictingBounds, schema.Member(lower)!.Value.Span, lower, upper);
        }
    }

    private static bool TryGetCount(JsonSyntax? value, out int count)
    {
        count = 0;
        return value is JsonNumberSyntax number
            && int.TryParse(number.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }

    private static bool TryGetDecimal(JsonSyntax? value, out decimal number)
    {
        number = 0;
        return value is JsonNumberSyntax syntax
            && decimal.TryParse(syntax.Digits, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private void Expect(bool condition, JsonMemberSyntax keyword, string problem)
    {
        if (!condition)
        {
            Report(DefectKinds.InvalidKeywordValue, keyword.Value.Span, keyword.Name, problem);
        }
    }

    private void Report(DefectKind kind, SourceSpan place, params string[] arguments) => report(kind, place, arguments);
}
