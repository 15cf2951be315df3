using Ocpp.Generators.Model;
using Ocpp.Generators.Parsing;

namespace Ocpp.Generators.Emitting;

internal static partial class RecordEmitter
{
    /// <summary>
    /// Writes the reader. Each pass of its loop tries the names in the order of the schema, so that a payload in that order
    /// is read in one pass with one comparison a property, and any other order in more of them.
    /// </summary>
    private static void EmitRead(SourceWriter source, ObjectModel model)
    {
        source.Open($"internal static {model.Name}? Read(ref {Names.Reader} reader)");
        source.Open("if (!reader.BeginObject())");
        source.Line("return null;");
        source.Close();
        source.Line();
        foreach (PropertyModel property in model.Properties)
        {
            source.Line($"{TypeOf(property.Value)}? {Naming.ToLocal(property.Name)} = null;");
        }

        if (model.IsOpen)
        {
            source.Line($"{Names.FurtherProperties} additionalProperties = default;");
        }

        source.Line("ulong seen = 0;");
        source.Line("int start;");
        source.Open("do");
        source.Line("start = reader.Position;");
        for (int i = 0; i < model.Properties.Count; i++)
        {
            EmitReadProperty(source, model.Properties[i], 1UL << i);
        }

        source.Close();
        source.Line($"while (reader.Position != start || reader.OtherProperty({(model.IsOpen ? "ref additionalProperties" : "")}));");
        source.Line();
        if (model.IsOpen)
        {
            source.Line("reader.EndOtherProperties(ref additionalProperties);");
        }

        EmitEnd(source, model);
        source.Line();
        source.Open($"return new {model.Name}");
        foreach (PropertyModel property in model.Properties)
        {
            string local = Naming.ToLocal(property.Name);
            string value = !property.IsRequired ? local : IsStruct(property.Value) ? local + ".GetValueOrDefault()" : local + "!";
            source.Line($"{property.Name} = {value},");
        }

        if (model.IsOpen)
        {
            source.Line("AdditionalProperties = additionalProperties.Values,");
        }

        source.Close(";");
        source.Close();
    }

    private static void EmitReadProperty(SourceWriter source, PropertyModel property, ulong bit)
    {
        source.Line();
        source.Open($"if (reader.IsNext(\"\\\"{property.JsonName}\\\":\"u8))");
        source.Line($"{Naming.ToLocal(property.Name)} = {Read(property.Value, property.Name, "reader")};");
        string required = property.IsRequired ? ", required: true" : "";
        source.Open($"if (!reader.MoveNext(\"{property.JsonName}\", {Bits(bit)}, ref seen{required}))");
        source.Line("break;");
        source.Close();
        source.Close();
    }

    private static void EmitEnd(SourceWriter source, ObjectModel model)
    {
        ulong required = 0;
        for (int i = 0; i < model.Properties.Count; i++)
        {
            required |= model.Properties[i].IsRequired ? 1UL << i : 0;
        }

        source.Open($"if (!reader.EndObject(seen, {Bits(required)}))");
        for (int i = 0; i < model.Properties.Count; i++)
        {
            if (model.Properties[i].IsRequired)
            {
                source.Line($"reader.Missing(\"{model.Properties[i].JsonName}\", {Bits(1UL << i)}, seen);");
            }
        }

        source.Line("return null;");
        source.Close();
    }

    /// <summary>The expression that reads a value; null when there is none to be had.</summary>
    /// <param name="constants">What the names of the property's constants begin with.</param>
    private static string Read(ValueModel value, string constants, string reader) => value.Kind switch
    {
        ValueKind.Text => $"{reader}.ReadString({(value.MaxLength is null ? "" : constants + "MaxLength")})",
        ValueKind.Integer => $"{reader}.ReadInt32({Bounds(value, constants)})",
        ValueKind.Decimal => $"{reader}.ReadDecimal({Bounds(value, constants)})",
        ValueKind.Boolean => $"{reader}.ReadBoolean()",
        ValueKind.DateTime => $"{reader}.ReadDateTimeOffset()",
        ValueKind.Any => $"{reader}.ReadAny()",
        ValueKind.Object => $"{value.TypeName}.Read(ref {reader})",
        ValueKind.Enum => $"{value.TypeName}Names.Read(ref {reader})",
        _ => $"{reader}.ReadArray(static (ref {Names.Reader} r) => {ReadItem(value.Item!, constants)}{ItemBounds(value, constants)})",
    };

    private static string ReadItem(ValueModel item, string constants) =>
        Read(item, ConstantModel.PrefixOfItem(item, constants), "r") + (IsStruct(item) ? ".GetValueOrDefault()" : "!");

    private static string Bounds(ValueModel value, string constants)
    {
        string minimum = value.Minimum is null ? "" : $"minimum: {constants}Minimum";
        string maximum = value.Maximum is null ? "" : $"maximum: {constants}Maximum";
        return minimum + (minimum.Length > 0 && maximum.Length > 0 ? ", " : "") + maximum;
    }

    private static string ItemBounds(ValueModel value, string constants) =>
        (value.MinItems is null ? "" : $", minItems: {constants}MinItems")
        + (value.MaxItems is null ? "" : $", maxItems: {constants}MaxItems");

    private static string Bits(ulong mask) => "0x" + mask.ToString("X", s_invariant);
}
