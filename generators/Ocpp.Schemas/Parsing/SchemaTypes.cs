using System.Globalization;
using NJsonSchema;
using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Diagnostics;
using Ocpp.Schemas.Model;

namespace Ocpp.Schemas.Parsing;

/// <summary>
/// Makes the models of a file's types from the schema that NJsonSchema has resolved. The text beside it gives the
/// places, and the default values, in which NJsonSchema sees dates where there are none.
/// </summary>
internal sealed class SchemaTypes(
    JsonSchema root,
    JsonObjectSyntax rootSyntax,
    Func<SourceSpan, SourcePlace> place,
    Action<DefectKind, SourceSpan, string[]> report
)
{
    private readonly List<DeclaredType> _types = [];
    private readonly Dictionary<JsonSchema, string> _definitionNames = [];
    private readonly Dictionary<JsonSchema, JsonObjectSyntax> _definitionSyntax = [];
    private readonly HashSet<JsonSchema> _openArrays = [];
    private int _declarations;

    public IReadOnlyList<DeclaredType> Build(string rootName)
    {
        // Without those that only refer to another: NJsonSchema has put the other in their place.
        (JsonSchema Schema, JsonMemberSyntax Syntax)[] definitions = root
            .Definitions.Select(definition =>
                (definition.Value, Syntax: ((JsonObjectSyntax)rootSyntax["definitions"]!).Member(definition.Key)!)
            )
            .Where(static definition => ((JsonObjectSyntax)definition.Syntax.Value)["$ref"] is null)
            .ToArray();
        foreach ((JsonSchema schema, JsonMemberSyntax syntax) in definitions)
        {
            _definitionNames.Add(schema, Naming.ToPascalCase(syntax.Name));
            _definitionSyntax.Add(schema, (JsonObjectSyntax)syntax.Value);
        }

        foreach ((JsonSchema schema, JsonMemberSyntax syntax) in definitions)
        {
            Declare(schema, _definitionNames[schema], (JsonObjectSyntax)syntax.Value, syntax.NameSpan);
        }

        Declare(root, rootName, rootSyntax, new SourceSpan(rootSyntax.Span.Start, 1));
        return _types;
    }

    /// <summary>
    /// Declares a type of its own for an object or enumeration; anything else is declared where it is used.
    /// </summary>
    private void Declare(
        JsonSchema schema,
        string name,
        JsonObjectSyntax syntax,
        SourceSpan nameSpan,
        NameSource source = NameSource.Own
    )
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

        string description = Description.Clean(schema.Description);
        if (schema.IsEnumeration)
        {
            var model = new EnumModel(name, description, Values(schema, syntax));
            _types.Add(new DeclaredType(model, place(nameSpan), source));
        }
        else if (schema.Type == JsonObjectType.Object)
        {
            var model = new ObjectModel(
                name,
                description,
                Properties(schema, name, syntax),
                schema.AllowAdditionalProperties
            );
            _types.Add(new DeclaredType(model, place(nameSpan), source));
        }
    }

    /// <summary>
    /// Declares a type in place: a name that is given makes it the same as a definition of that name.
    /// </summary>
    private string DeclareInPlace(JsonSchema schema, string nameInPlace, JsonObjectSyntax syntax, SourceSpan nameSpan)
    {
        if (syntax[SchemaRules.NameKeyword] is JsonStringSyntax given)
        {
            string name = Naming.ToPascalCase(given.Value);
            Declare(schema, name, syntax, given.Span, NameSource.Given);
            return name;
        }

        Declare(schema, nameInPlace, syntax, nameSpan, NameSource.Place);
        return nameInPlace;
    }

    private EquatableArray<EnumValueModel> Values(JsonSchema schema, JsonObjectSyntax syntax)
    {
        var places = ((JsonArraySyntax)syntax["enum"]!).Items.ToDictionary(
            item => ((JsonStringSyntax)item).Value,
            item => item.Span
        );
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var values = new List<EnumValueModel>();
        foreach (string jsonName in schema.Enumeration.Cast<string>())
        {
            string name = Naming.ToPascalCase(jsonName);
            Claim(names, name, jsonName, places[jsonName]);
            values.Add(new EnumValueModel(jsonName, name));
        }

        return values.ToEquatableArray();
    }

    private EquatableArray<PropertyModel> Properties(JsonSchema schema, string owner, JsonObjectSyntax syntax)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var properties = new List<PropertyModel>();
        foreach (JsonMemberSyntax member in (syntax["properties"] as JsonObjectSyntax)?.Members ?? [])
        {
            JsonSchemaProperty property = schema.Properties[member.Name];
            var memberSyntax = (JsonObjectSyntax)member.Value;
            string name = Naming.ToPascalCase(member.Name);
            if (name == owner || Naming.IsTakenByRecord(name))
            {
                string other = name == owner ? "the type that holds it" : "a member of every record";
                report(DefectKinds.NameCollision, member.NameSpan, [member.Name, other, name]);
            }

            Claim(names, name, member.Name, member.NameSpan);
            ValueModel value = Value(property, owner + name, memberSyntax, member.NameSpan);
            JsonSyntax? ofDefinition = property.IsRequired
                ? null
                : Syntax(property.ActualSchema, memberSyntax)["default"];
            string? defaultValue = Default(memberSyntax["default"] ?? ofDefinition, value);
            var model = new PropertyModel(
                member.Name,
                name,
                Description.Clean(property.Description),
                property.IsRequired,
                value,
                defaultValue,
                memberSyntax[SchemaRules.SensitiveKeyword] is not null
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

    private ValueModel Value(JsonSchema schema, string nameInPlace, JsonObjectSyntax syntax, SourceSpan nameSpan)
    {
        JsonSchema actual = schema.ActualSchema;
        bool isNamed = _definitionNames.TryGetValue(actual, out string? typeName);
        if (actual.IsEnumeration || actual.Type == JsonObjectType.Object)
        {
            return new ValueModel(actual.IsEnumeration ? ValueKind.Enum : ValueKind.Object)
            {
                TypeName = isNamed ? typeName : DeclareInPlace(actual, nameInPlace, syntax, nameSpan),
            };
        }

        if (actual.Type == JsonObjectType.Array)
        {
            if (!_openArrays.Add(actual))
            {
                throw new InvalidOperationException("An array can't hold itself.");
            }

            if (_openArrays.Count > SchemaLimits.MaxListDepth)
            {
                report(DefectKinds.InvalidKeywordValue, nameSpan, ["items", "lists within each other are at most 8"]);
                _openArrays.Remove(actual);
                return new ValueModel(ValueKind.Any);
            }
        }

        ValueModel value = actual.Type switch
        {
            JsonObjectType.String when actual.Format == "date-time" => new ValueModel(ValueKind.DateTime),
            JsonObjectType.String => new ValueModel(ValueKind.Text)
            {
                MaxLength = actual.MaxLength,
                IsUri = actual.Format == "uri",
            },
            JsonObjectType.Integer => new ValueModel(ValueKind.Integer)
            {
                Minimum = actual.Minimum is { } minimum ? decimal.Ceiling(minimum) : null,
                Maximum = actual.Maximum is { } maximum ? decimal.Floor(maximum) : null,
            },
            JsonObjectType.Number => new ValueModel(ValueKind.Decimal)
            {
                Minimum = actual.Minimum,
                Maximum = actual.Maximum,
                MultipleOf = Syntax(actual, syntax)["multipleOf"] is JsonNumberSyntax multipleOf
                    ? Number(multipleOf)
                    : null,
            },
            JsonObjectType.Boolean => new ValueModel(ValueKind.Boolean),
            JsonObjectType.Array => new ValueModel(ValueKind.Array)
            {
                MinItems = actual.MinItems > 0 ? actual.MinItems : null,
                MaxItems = Syntax(actual, syntax)["maxItems"] is null ? null : actual.MaxItems,
                Item = Value(
                    actual.Item!,
                    nameInPlace + "Item",
                    (JsonObjectSyntax)Syntax(actual, syntax)["items"]!,
                    nameSpan
                ),
            },
            _ => new ValueModel(ValueKind.Any),
        };
        _openArrays.Remove(actual);
        return value;
    }

    /// <summary>The text of a schema that is allowed among the definitions.</summary>
    private JsonObjectSyntax Syntax(JsonSchema actual, JsonObjectSyntax syntax) =>
        _definitionSyntax.TryGetValue(actual, out JsonObjectSyntax? definition) ? definition : syntax;

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
