using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

/// <summary>Writes an enumeration, its names on the wire and its converter.</summary>
internal static class EnumEmitter
{
    public static SourceCode Emit(EnumModel model) =>
        $$"""
            {{Enumeration(model)}}

            {{NamesClass(model)}}

            {{Converter(model)}}
            """;

    private static SourceCode Enumeration(EnumModel model) =>
        $$"""
        {{DocComment.Summary(DocComment.Escape(model.Description.Length > 0 ? model.Description : $"The values of {model.Name}."))}}
        {{Names.GeneratedCode}}
        {{Names.JsonConverter(model.Name + "Converter")}}
        public enum {{model.Name}}
        {
            {{SourceCode.Paragraphs(model.Values, static value => $"""
                {DocComment.Summary($"<c>{DocComment.Escape(value.JsonName)}</c> on the wire.")}
                {value.Name},
                """)}}
        }
        """;

    private static SourceCode NamesClass(EnumModel model) =>
        $$"""
            {{DocComment.Summary($"The names of <see cref=\"{model.Name}\"/> on the wire.")}}
            {{Names.GeneratedCode}}
            public static class {{model.Name}}Names
            {
                /// <summary>The value's name on the wire.</summary>
                /// <exception cref="global::System.ArgumentOutOfRangeException">The enumeration does not declare the value.</exception>
                public static string ToWireName(this {{model.Name}} value) => value switch
                {
                    {{SourceCode.Lines(model.Values, value => $"{model.Name}.{value.Name} => \"{value.JsonName}\",")}}
                    _ => throw new global::System.ArgumentOutOfRangeException(nameof(value)),
                };

                /// <summary>Finds the value with a name on the wire, exactly spelled.</summary>
                public static bool TryParse(global::System.ReadOnlySpan<byte> utf8Name, out {{model.Name}} value)
                {
                    switch (utf8Name.Length)
                    {
                        {{SourceCode.Lines(ByLength(model), values => Case(model, values))}}
                    }

                    value = default;
                    return false;
                }

                internal static {{model.Name}}? Read(ref {{Names.Reader}} reader)
                {
                    if (TryParse(reader.ReadName(), out {{model.Name}} value))
                    {
                        return value;
                    }

                    reader.UnknownName();
                    return null;
                }

                internal static global::System.ReadOnlySpan<byte> ToQuotedUtf8({{model.Name}} value) => value switch
                {
                    {{SourceCode.Lines(
                model.Values,
                value => $"{model.Name}.{value.Name} => \"\\\"{value.JsonName}\\\"\"u8,"
            )}}
                    _ => default,
                };
            }
            """;

    private static SourceCode Case(EnumModel model, IGrouping<int, EnumValueModel> values) =>
        $$"""
        case {{values.Key}}:
            {{SourceCode.Paragraphs(values, value => $$"""
                if (global::System.MemoryExtensions.SequenceEqual(utf8Name, "{{value.JsonName}}"u8))
                {
                    value = {{model.Name}}.{{value.Name}};
                    return true;
                }
                """)}}

            break;
        """;

    private static SourceCode Converter(EnumModel model) =>
        $$"""
            {{DocComment.Summary($"Reads and writes <see cref=\"{model.Name}\"/> by its names on the wire.")}}
            {{Names.GeneratedCode}}
            public sealed class {{model.Name}}Converter : global::Ocpp.Json.OcppEnumConverter<{{model.Name}}>
            {
                /// <inheritdoc/>
                protected override bool TryParse(global::System.ReadOnlySpan<byte> utf8Name, out {{model.Name}} value) =>
                    {{model.Name}}Names.TryParse(utf8Name, out value);

                /// <inheritdoc/>
                protected override global::System.ReadOnlySpan<byte> GetQuotedUtf8Name({{model.Name}} value) =>
                    {{model.Name}}Names.ToQuotedUtf8(value);
            }
            """;

    private static IEnumerable<IGrouping<int, EnumValueModel>> ByLength(EnumModel model) =>
        model.Values.GroupBy(static value => value.JsonName.Length).OrderBy(static group => group.Key);
}
