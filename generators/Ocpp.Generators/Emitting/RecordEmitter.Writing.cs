using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

internal static partial class RecordEmitter
{
    /// <summary>
    /// The writer. Required properties come first: then every comma is part of a constant. An object without required
    /// properties begins with a comma too, which then becomes its brace.
    /// </summary>
    private static SourceCode WriteMethod(ObjectModel model)
    {
        PropertyModel[] required = model.Properties.Where(static property => property.IsRequired).ToArray();
        return $$"""
            internal static void Write(ref {{Names.Writer}} writer, {{model.Name}}? value)
            {
                if (value is null)
                {
                    writer.WriteMissing();
                    return;
                }

                {{SourceCode.If(required.Length == 0, $"int start = writer.Position;")}}
                {{SourceCode.Lines(required, property => WriteRequired(property, isFirst: property == required[0]))}}
                {{SourceCode.Paragraphs(
                model.Properties.Where(static property => !property.IsRequired),
                WriteOptional
            )}}

                {{SourceCode.If(model.IsOpen, $"writer.WriteOthers(value.AdditionalProperties, {KnownNames(model)});")}}
                {{(required.Length == 0 ? "writer.EndObject(start);" : "writer.WriteRaw(\"}\"u8);")}}
            }
            """;
    }

    private static SourceCode WriteRequired(PropertyModel property, bool isFirst) =>
        $$"""
            writer.WriteRaw("{{(isFirst ? "{" : ",")}}\"{{property.JsonName}}\":"u8);
            {{WriteValue(property, "value." + property.Name)}}
            """;

    private static SourceCode WriteOptional(PropertyModel property) =>
        $$"""
            if (value.{{property.Name}} is { } {{Local(property)}})
            {
                writer.WriteRaw(",\"{{property.JsonName}}\":"u8);
                {{WriteValue(property, Local(property))}}
            }
            """;

    private static SourceCode WriteValue(PropertyModel property, string expression)
    {
        string write = Write(property.Value, expression, property.Name, "writer");
        if (!property.IsSensitive || HoldsObjects(property.Value))
        {
            return $"{write};";
        }

        return $$"""
            if (!writer.WriteRedacted())
            {
                {{write}};
            }
            """;
    }

    /// <summary>Whether the value is an object or a list of them: their own properties are sensitive or not.</summary>
    private static bool HoldsObjects(ValueModel value) =>
        value.Kind == ValueKind.Object || (value.Item is { } item && HoldsObjects(item));

    private static string Write(ValueModel value, string expression, string constants, string writer) =>
        value.Kind switch
        {
            ValueKind.Text => $"{writer}.{(value.IsUri ? "WriteUri" : "WriteString")}"
                + $"({expression}{(value.MaxLength is null ? "" : $", {constants}MaxLength")})",
            ValueKind.Integer => $"{writer}.WriteInt32({Join(expression, Bounds(value, constants))})",
            ValueKind.Decimal => $"{writer}.{(value.MultipleOf is null ? "WriteDecimal" : "WriteMultiple")}"
                + $"({Join(expression, Bounds(value, constants))})",
            ValueKind.Boolean => $"{writer}.WriteBoolean({expression})",
            ValueKind.DateTime => $"{writer}.WriteDateTimeOffset({expression})",
            ValueKind.Any => $"{writer}.WriteAny({expression})",
            ValueKind.Object => $"{value.TypeName}.Write(ref {writer}, {expression})",
            ValueKind.Enum => $"{writer}.WriteName({value.TypeName}Names.ToQuotedUtf8({expression}))",
            _ => $"{writer}.WriteArray({expression}, static "
                + $"(ref {Names.Writer} w, {CSharpType.Of(value.Item!)} item) => "
                + Write(value.Item!, "item", ConstantModel.PrefixOfItem(value.Item!, constants), "w")
                + ItemBounds(value, constants)
                + ")",
        };

    private static string Join(string first, string second) => second.Length == 0 ? first : first + ", " + second;

    private static string KnownNames(ObjectModel model) =>
        $"[{string.Join(", ", model.Properties.Select(property => $"\"{property.JsonName}\""))}]";
}
