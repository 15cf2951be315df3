using Ocpp.Generators.Model;

namespace Ocpp.Generators.Emitting;

/// <summary>Writes an enumeration, its names on the wire and its converter.</summary>
internal static class EnumEmitter
{
    public static void Emit(SourceWriter source, EnumModel model)
    {
        EmitEnum(source, model);
        source.Line();
        EmitNames(source, model);
        source.Line();
        EmitConverter(source, model);
    }

    private static void EmitEnum(SourceWriter source, EnumModel model)
    {
        source.Doc("summary", model.Description.Length > 0 ? model.Description : $"The values of {model.Name}.");
        source.Line(Names.GeneratedCode);
        source.Line(Names.JsonConverter(model.Name + "Converter"));
        source.Open($"public enum {model.Name}");
        for (int i = 0; i < model.Values.Count; i++)
        {
            EnumValueModel value = model.Values[i];
            if (i > 0)
            {
                source.Line();
            }

            source.DocXml("summary", $"<c>{DocComment.Escape(value.JsonName)}</c> on the wire.");
            source.Line(value.Name + ",");
        }

        source.Close();
    }

    private static void EmitNames(SourceWriter source, EnumModel model)
    {
        source.DocXml("summary", $"The names of <see cref=\"{model.Name}\"/> on the wire.");
        source.Line(Names.GeneratedCode);
        source.Open($"public static class {model.Name}Names");
        source.Line("/// <summary>The value's name on the wire.</summary>");
        source.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The enumeration does not declare the value.</exception>");
        source.Open($"public static string ToWireName(this {model.Name} value) => value switch");
        foreach (EnumValueModel value in model.Values)
        {
            source.Line($"{model.Name}.{value.Name} => \"{value.JsonName}\",");
        }

        source.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(value)),");
        source.Close(";");
        source.Line();
        source.Line("/// <summary>Finds the value with a name on the wire, exactly spelled.</summary>");
        source.Open($"public static bool TryParse(global::System.ReadOnlySpan<byte> utf8Name, out {model.Name} value)");
        source.Open("switch (utf8Name.Length)");
        foreach (IGrouping<int, EnumValueModel> length in model.Values.GroupBy(value => value.JsonName.Length).OrderBy(group => group.Key))
        {
            source.Line($"case {length.Key}:");
            source.Indent();
            foreach (EnumValueModel value in length)
            {
                source.Open($"if (global::System.MemoryExtensions.SequenceEqual(utf8Name, \"{value.JsonName}\"u8))");
                source.Line($"value = {model.Name}.{value.Name};");
                source.Line("return true;");
                source.Close();
                source.Line();
            }

            source.Line("break;");
            source.Unindent();
        }

        source.Close();
        source.Line();
        source.Line("value = default;");
        source.Line("return false;");
        source.Close();
        source.Line();
        source.Open($"internal static {model.Name}? Read(ref {Names.Reader} reader)");
        source.Open($"if (TryParse(reader.ReadName(), out {model.Name} value))");
        source.Line("return value;");
        source.Close();
        source.Line();
        source.Line("reader.UnknownName();");
        source.Line("return null;");
        source.Close();
        source.Line();
        source.Open($"internal static global::System.ReadOnlySpan<byte> ToQuotedUtf8({model.Name} value) => value switch");
        foreach (EnumValueModel value in model.Values)
        {
            source.Line($"{model.Name}.{value.Name} => \"\\\"{value.JsonName}\\\"\"u8,");
        }

        source.Line("_ => default,");
        source.Close(";");
        source.Close();
    }

    private static void EmitConverter(SourceWriter source, EnumModel model)
    {
        source.DocXml("summary", $"Reads and writes <see cref=\"{model.Name}\"/> by its names on the wire.");
        source.Line(Names.GeneratedCode);
        source.Open($"public sealed class {model.Name}Converter : global::Ocpp.Json.OcppEnumConverter<{model.Name}>");
        source.Line("/// <inheritdoc/>");
        source.Line($"protected override bool TryParse(global::System.ReadOnlySpan<byte> utf8Name, out {model.Name} value) =>");
        source.Line($"    {model.Name}Names.TryParse(utf8Name, out value);");
        source.Line();
        source.Line("/// <inheritdoc/>");
        source.Line($"protected override global::System.ReadOnlySpan<byte> GetQuotedUtf8Name({model.Name} value) =>");
        source.Line($"    {model.Name}Names.ToQuotedUtf8(value);");
        source.Close();
    }
}
