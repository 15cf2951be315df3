using Ocpp.Generators.Model;
using Ocpp.Generators.Parsing;

namespace Ocpp.Generators.Emitting;

internal static partial class RecordEmitter
{
    /// <summary>
    /// Writes the writer. Required properties come first: then every comma is part of a constant. An object without any
    /// writes its commas all the same, and the first of them becomes its brace.
    /// </summary>
    private static void EmitWrite(SourceWriter source, ObjectModel model)
    {
        source.Open($"internal static void Write(ref {Names.Writer} writer, {model.Name}? value)");
        source.Open("if (value is null)");
        source.Line("writer.WriteMissing();");
        source.Line("return;");
        source.Close();
        source.Line();
        PropertyModel[] required = model.Properties.Where(property => property.IsRequired).ToArray();
        if (required.Length == 0)
        {
            source.Line("int start = writer.Position;");
        }

        for (int i = 0; i < required.Length; i++)
        {
            string separator = i == 0 ? "{" : ",";
            source.Line($"writer.WriteRaw(\"{separator}\\\"{required[i].JsonName}\\\":\"u8);");
            EmitWriteValue(source, required[i], "value." + required[i].Name);
        }

        foreach (PropertyModel property in model.Properties.Where(property => !property.IsRequired))
        {
            string local = Naming.ToLocal(property.Name);
            source.Open($"if (value.{property.Name} is {{ }} {local})");
            source.Line($"writer.WriteRaw(\",\\\"{property.JsonName}\\\":\"u8);");
            EmitWriteValue(source, property, local);
            source.Close();
            source.Line();
        }

        if (model.IsOpen)
        {
            source.Line($"writer.WriteOthers(value.AdditionalProperties, {KnownNames(model)});");
        }

        source.Line(required.Length == 0 ? "writer.EndObject(start);" : "writer.WriteRaw(\"}\"u8);");
        source.Close();
    }

    private static void EmitWriteValue(SourceWriter source, PropertyModel property, string expression)
    {
        string write = Write(property.Value, expression, property.Name, "writer") + ";";
        if (!property.IsSensitive || HoldsObjects(property.Value))
        {
            source.Line(write);
            return;
        }

        source.Open("if (!writer.WriteRedacted())");
        source.Line(write);
        source.Close();
    }

    /// <summary>Whether the value is an object or a list of them: their own properties are sensitive or not.</summary>
    private static bool HoldsObjects(ValueModel value) =>
        value.Kind == ValueKind.Object || (value.Item is { } item && HoldsObjects(item));

    private static string Write(ValueModel value, string expression, string constants, string writer) => value.Kind switch
    {
        ValueKind.Text => $"{writer}.WriteString({expression}{(value.MaxLength is null ? "" : $", {constants}MaxLength")})",
        ValueKind.Integer => $"{writer}.WriteInt32({Join(expression, Bounds(value, constants))})",
        ValueKind.Decimal => $"{writer}.WriteDecimal({Join(expression, Bounds(value, constants))})",
        ValueKind.Boolean => $"{writer}.WriteBoolean({expression})",
        ValueKind.DateTime => $"{writer}.WriteDateTimeOffset({expression})",
        ValueKind.Any => $"{writer}.WriteAny({expression})",
        ValueKind.Object => $"{value.TypeName}.Write(ref {writer}, {expression})",
        ValueKind.Enum => $"{writer}.WriteName({value.TypeName}Names.ToQuotedUtf8({expression}))",
        _ => $"{writer}.WriteArray({expression}, static (ref {Names.Writer} w, {TypeOf(value.Item!)} item) => "
            + Write(value.Item!, "item", ConstantModel.PrefixOfItem(value.Item!, constants), "w") + ItemBounds(value, constants) + ")",
    };

    private static string Join(string first, string second) => second.Length == 0 ? first : first + ", " + second;

    private static string KnownNames(ObjectModel model) =>
        $"[{string.Join(", ", model.Properties.Select(property => $"\"{property.JsonName}\""))}]";
}
