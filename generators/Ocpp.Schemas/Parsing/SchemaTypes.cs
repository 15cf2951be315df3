using System.Globalization;
using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Diagnostics;
using Ocpp.Schemas.Model;

namespace Ocpp.Schemas.Parsing;

/// <summary>
/// Makes the models of a file's types from its schema, which keeps the rules of <see cref="SchemaRules"/>.
/// </summary>
internal sealed class SchemaTypes(
    JsonObjectSyntax root,
    Func<SourceSpan, SourcePlace> place,
    Action<DefectKind, SourceSpan, string[]> report
)
{
    private readonly List<DeclaredType> _types = [];
    private readonly Dictionary<JsonObjectSyntax, string> _definitionNames = [];
    private readonly HashSet<JsonObjectSyntax> _openArrays = [];
    private int _declarations;
    private bool _hasCircle;

    public IReadOnlyList<DeclaredType> Build(string rootName)
    {
        // Without those that only refer to another, which takes their place where they are used.
        JsonMemberSyntax[] definitions =
        [
            .. ((root["definitions"] as JsonObjectSyntax)?.Members ?? []).Where(static definition =>
                Reference((JsonObjectSyntax)definition.Value) is null
            ),
        ];
        foreach (JsonMemberSyntax definition in definitions)
        {
            _definitionNames.Add((JsonObjectSyntax)definition.Value, Naming.ToPascalCase(definition.Name));
        }

        foreach (JsonMemberSyntax definition in definitions)
        {
            var schema = (JsonObjectSyntax)definition.Value;
            Declare(schema, _definitionNames[schema], definition.NameSpan);
        }

        Declare(root, rootName, new SourceSpan(root.Span.Start, 1));
        return _types;
    }

    /// <summary>
    /// Declares a type of its own for an object or enumeration; anything else is declared where it is used.
    /// </summary>
    private void Declare(JsonObjectSyntax schema, string name, SourceSpan nameSpan, NameSource source = NameSource.Own)
    {
        if (++_declarations > SchemaLimits.MaxTypes)
        {
            if (_declarations == SchemaLimits.MaxTypes + 1)
            {
                report(
                    DefectKinds.TooLarge,
                    nameSpan,
                    ["2000 types, those declared in place counted for each use of the list that they are in"]
                );
            }

            return;
        }

        string description = Description.Clean(Text(schema, "description"));
        if (schema["enum"] is JsonArraySyntax values)
        {
            var model = new EnumModel(name, description, Values(values));
            _types.Add(new DeclaredType(model, place(nameSpan), source));
        }
        else if (Text(schema, "type") == "object")
        {
            bool isOpen = schema["additionalProperties"] is not JsonLiteralSyntax { Value: false };
            var model = new ObjectModel(name, description, Properties(schema, name), isOpen);
            _types.Add(new DeclaredType(model, place(nameSpan), source));
        }
    }

    /// <summary>
    /// Declares a type in place: a name that is given makes it the same as a definition of that name.
    /// </summary>
    private string DeclareInPlace(JsonObjectSyntax schema, string nameInPlace, SourceSpan nameSpan)
    {
        if (schema[SchemaRules.NameKeyword] is JsonStringSyntax given)
        {
            string name = Naming.ToPascalCase(given.Value);
            Declare(schema, name, given.Span, NameSource.Given);
            return name;
        }

        Declare(schema, nameInPlace, nameSpan, NameSource.Place);
        return nameInPlace;
    }

    private EquatableArray<EnumValueModel> Values(JsonArraySyntax jsonNames)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var values = new List<EnumValueModel>();
        foreach (JsonStringSyntax jsonName in jsonNames.Items.Cast<JsonStringSyntax>())
        {
            string name = Naming.ToPascalCase(jsonName.Value);
            Claim(names, name, jsonName.Value, jsonName.Span);
            values.Add(new EnumValueModel(jsonName.Value, name));
        }

        return values.ToEquatableArray();
    }

    private EquatableArray<PropertyModel> Properties(JsonObjectSyntax schema, string owner)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var properties = new List<PropertyModel>();
        foreach (JsonMemberSyntax member in (schema["properties"] as JsonObjectSyntax)?.Members ?? [])
        {
            var property = (JsonObjectSyntax)member.Value;
            bool isRequired = (schema["required"] as JsonArraySyntax)?.Contains(member.Name) ?? false;
            string name = Naming.ToPascalCase(member.Name);
            if (name == owner || Naming.IsTakenByRecord(name))
            {
                string other = name == owner ? "the type that holds it" : "a member of every record";
                report(DefectKinds.NameCollision, member.NameSpan, [member.Name, other, name]);
            }

            Claim(names, name, member.Name, member.NameSpan);
            ValueModel value = Value(property, owner + name, member.NameSpan);
            JsonSyntax? ofDefinition = isRequired ? null : Resolve(property)["default"];
            string? defaultValue = Default(property["default"] ?? ofDefinition, value);
            var model = new PropertyModel(
                member.Name,
                name,
                Description.Clean(Text(property, "description")),
                isRequired,
                value,
                defaultValue,
                property[SchemaRules.SensitiveKeyword] is not null
            );
            foreach (ConstantModel constant in ConstantModel.Of(model))
            {
                if (constant.Name == owner)
                {
                    report(
                        DefectKinds.NameCollision,
                        member.NameSpan,
                        [member.Name, "the type that holds it", constant.Name]
                    );
                }

                Claim(names, constant.Name, member.Name, member.NameSpan);
            }

            properties.Add(model);
        }

        return properties.ToEquatableArray();
    }

    private ValueModel Value(JsonObjectSyntax schema, string nameInPlace, SourceSpan nameSpan)
    {
        JsonObjectSyntax actual = Resolve(schema);
        string? type = Text(actual, "type");
        bool isEnum = actual["enum"] is not null;
        if (isEnum || type == "object")
        {
            return new ValueModel(isEnum ? ValueKind.Enum : ValueKind.Object)
            {
                TypeName = _definitionNames.TryGetValue(actual, out string? typeName)
                    ? typeName
                    : DeclareInPlace(actual, nameInPlace, nameSpan),
            };
        }

        return type switch
        {
            "string" when Text(actual, "format") == "date-time" => new ValueModel(ValueKind.DateTime),
            "string" => new ValueModel(ValueKind.Text)
            {
                MaxLength = Count(actual, "maxLength"),
                IsUri = Text(actual, "format") == "uri",
            },
            "integer" => new ValueModel(ValueKind.Integer)
            {
                Minimum = Number(actual, "minimum") is { } minimum ? decimal.Ceiling(minimum) : null,
                Maximum = Number(actual, "maximum") is { } maximum ? decimal.Floor(maximum) : null,
            },
            "number" => new ValueModel(ValueKind.Decimal)
            {
                Minimum = Number(actual, "minimum"),
                Maximum = Number(actual, "maximum"),
                MultipleOf = Number(actual, "multipleOf"),
            },
            "boolean" => new ValueModel(ValueKind.Boolean),
            "array" => List(actual, nameInPlace, nameSpan),
            _ => new ValueModel(ValueKind.Any),
        };
    }

    private ValueModel List(JsonObjectSyntax schema, string nameInPlace, SourceSpan nameSpan)
    {
        if (!_openArrays.Add(schema))
        {
            ReportCircle("an array can't hold itself");
            return new ValueModel(ValueKind.Any);
        }

        var list = new ValueModel(ValueKind.Any);
        if (_openArrays.Count > SchemaLimits.MaxListDepth)
        {
            report(DefectKinds.InvalidKeywordValue, nameSpan, ["items", "lists within each other are at most 8"]);
        }
        else
        {
            list = new ValueModel(ValueKind.Array)
            {
                MinItems = Count(schema, "minItems") is > 0 and var minItems ? minItems : null,
                MaxItems = Count(schema, "maxItems"),
                Item = Value((JsonObjectSyntax)schema["items"]!, nameInPlace + "Item", nameSpan),
            };
        }

        _openArrays.Remove(schema);
        return list;
    }

    /// <summary>Follows references to the definition at their end, or to none where they go in a circle.</summary>
    private JsonObjectSyntax Resolve(JsonObjectSyntax schema)
    {
        for (int followed = 0; Reference(schema) is { } target; followed++)
        {
            // A rule limits how many there are one after the other, so more of them go in a circle.
            if (followed > SchemaLimits.MaxReferences)
            {
                ReportCircle("references go in a circle");
                return new JsonObjectSyntax(schema.Span, []);
            }

            schema = (JsonObjectSyntax)SchemaRules.Definition(root, target)!;
        }

        return schema;
    }

    private void ReportCircle(string problem)
    {
        if (!_hasCircle)
        {
            _hasCircle = true;
            report(DefectKinds.NotResolved, new SourceSpan(root.Span.Start, 1), [problem]);
        }
    }

    private static string? Reference(JsonObjectSyntax schema) => Text(schema, "$ref");

    private static string? Text(JsonObjectSyntax schema, string keyword) =>
        (schema[keyword] as JsonStringSyntax)?.Value;

    private static int? Count(JsonObjectSyntax schema, string keyword) => (int?)Number(schema, keyword);

    private static decimal? Number(JsonObjectSyntax schema, string keyword) =>
        schema[keyword] is JsonNumberSyntax number ? Number(number) : null;

    /// <summary>The default as a C# literal.</summary>
    private static string? Default(JsonSyntax? syntax, ValueModel value) =>
        (syntax, value.Kind) switch
        {
            (null, _) => null,
            (JsonLiteralSyntax literal, _) => literal.Value == true ? "true" : "false",
            (JsonNumberSyntax number, ValueKind.Integer) => Number(number).ToString("0", CultureInfo.InvariantCulture),
            (JsonNumberSyntax number, _) => Number(number).ToString(CultureInfo.InvariantCulture) + "m",
            (JsonStringSyntax text, ValueKind.Enum) => $"{value.TypeName}.{Naming.ToPascalCase(text.Value)}",
            (JsonStringSyntax text, _) => CSharpLiteral.Of(text.Value),
            _ => null,
        };

    private static decimal Number(JsonNumberSyntax number) =>
        decimal.Parse(number.Digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    private void Claim(Dictionary<string, string> names, string name, string jsonName, SourceSpan span)
    {
        if (names.TryGetValue(name, out string? other))
        {
            report(DefectKinds.NameCollision, span, [jsonName, $"'{other}'", name]);
        }
        else
        {
            names.Add(name, jsonName);
        }
    }
}
