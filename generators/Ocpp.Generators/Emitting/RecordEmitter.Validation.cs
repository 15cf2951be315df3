using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

internal static partial class RecordEmitter
{
    private static SourceCode ValidateMethod(ObjectModel model) =>
        $$"""
            /// <inheritdoc/>
            public {{CSharpType.List}}<{{Names.Violation}}> Validate()
            {
                var validator = default({{Names.Validator}});
                {{SourceCode.Lines(model.Properties, Checks)}}
                {{SourceCode.If(model.IsOpen, $"validator.Others(AdditionalProperties, {KnownNames(model)});")}}
                return validator.Violations;
            }
            """;

    private static SourceCode Checks(PropertyModel property)
    {
        string name = $"\"{property.JsonName}\"";
        bool mayBeMissing = property.IsRequired && !IsStruct(property.Value);
        string? check = Check(property.Value, property.Name, name, property.Name, "validator");
        return $"""
            {SourceCode.If(mayBeMissing, $"validator.Required({property.Name}, {name});")}
            {SourceCode.If(check is not null, $"{check};")}
            """;
    }

    /// <summary>The statement that checks a value; null if every value is valid.</summary>
    private static string? Check(
        ValueModel value,
        string expression,
        string name,
        string constants,
        string validator
    ) =>
        value.Kind switch
        {
            ValueKind.Text => $"{validator}.{(value.IsUri ? "Uri" : "Text")}"
                + $"({expression}, {name}{(value.MaxLength is null ? "" : $", {constants}MaxLength")})",
            ValueKind.Decimal when value.MultipleOf is not null =>
                $"{validator}.Multiple({expression}, {name}, {Bounds(value, constants)})",
            ValueKind.Integer or ValueKind.Decimal when value.Minimum is null && value.Maximum is null => null,
            ValueKind.Integer or ValueKind.Decimal =>
                $"{validator}.Number({expression}, {name}, {Bounds(value, constants)})",
            ValueKind.Boolean or ValueKind.DateTime => null,
            ValueKind.Any => $"{validator}.Any({expression}, {name})",
            ValueKind.Object => $"{validator}.Object({expression}, {name})",
            ValueKind.Enum => $"{validator}.Enum<{value.TypeName}>({expression}, {name})",
            _ => $"{validator}.List({expression}, {name}, static "
                + $"(ref {Names.Validator} v, {CSharpType.Of(value.Item!)} item, string index) => "
                + CheckItem(value.Item!, ConstantModel.PrefixOfItem(value.Item!, constants))
                + ItemBounds(value, constants)
                + ")",
        };

    private static string CheckItem(ValueModel item, string constants)
    {
        string check = Check(item, "item", "index", constants, "v") ?? "{ }";
        return IsStruct(item) ? check : $"{{ v.Required(item, index); {check}; }}";
    }
}
