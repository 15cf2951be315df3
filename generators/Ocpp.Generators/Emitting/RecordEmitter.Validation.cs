using Ocpp.Generators.Model;

namespace Ocpp.Generators.Emitting;

internal static partial class RecordEmitter
{
    private static void EmitValidate(SourceWriter source, ObjectModel model)
    {
        source.Line("/// <inheritdoc/>");
        source.Open($"public {Names.List}<{Names.Violation}> Validate()");
        source.Line($"var validator = default({Names.Validator});");
        foreach (PropertyModel property in model.Properties)
        {
            string name = $"\"{property.JsonName}\"";
            if (property.IsRequired && !IsStruct(property.Value))
            {
                source.Line($"validator.Required({property.Name}, {name});");
            }

            if (Check(property.Value, property.Name, name, property.Name, "validator") is { } check)
            {
                source.Line(check + ";");
            }
        }

        if (model.IsOpen)
        {
            source.Line($"validator.Others(AdditionalProperties, {KnownNames(model)});");
        }

        source.Line("return validator.Violations;");
        source.Close();
    }

    /// <summary>The statement that checks a value; none where every value is valid.</summary>
    private static string? Check(ValueModel value, string expression, string name, string constants, string validator) => value.Kind switch
    {
        ValueKind.Text => $"{validator}.Text({expression}, {name}{(value.MaxLength is null ? "" : $", {constants}MaxLength")})",
        ValueKind.Integer or ValueKind.Decimal when value.Minimum is null && value.Maximum is null => null,
        ValueKind.Integer or ValueKind.Decimal => $"{validator}.Number({expression}, {name}, {Bounds(value, constants)})",
        ValueKind.Boolean or ValueKind.DateTime => null,
        ValueKind.Any => $"{validator}.Any({expression}, {name})",
        ValueKind.Object => $"{validator}.Object({expression}, {name})",
        ValueKind.Enum => $"{validator}.Enum<{value.TypeName}>({expression}, {name})",
        _ => $"{validator}.List({expression}, {name}, static (ref {Names.Validator} v, {TypeOf(value.Item!)} item, string index) => "
            + CheckItem(value.Item!, ConstantModel.PrefixOfItem(value.Item!, constants)) + ItemBounds(value, constants) + ")",
    };

    private static string CheckItem(ValueModel item, string constants)
    {
        string check = Check(item, "item", "index", constants, "v") ?? "{ }";
        return IsStruct(item) ? check : $"{{ v.Required(item, index); {check}; }}";
    }
}
