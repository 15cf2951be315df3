using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

/// <summary>
/// Writes the serializer context. System.Text.Json's own generator does not see the types that this one makes, and its
/// readers would not validate, so the context provides the generated converters.
/// </summary>
internal static class ContextEmitter
{
    public static GeneratedSource Emit(SchemaSet set)
    {
        string name = set.ClassPrefix + "JsonContext";
        return TypeEmitter.File(set.Namespace, name, Context(set, name));
    }

    private static SourceCode Context(SchemaSet set, string name) =>
        $$"""
        {{DocComment.Summary(
            "Metadata by which <c>JsonSerializer</c> reads and writes the types of "
            + $"<c>{DocComment.Escape(set.Protocol)}</c> without reflection, and with every check.")}}
        {{Names.GeneratedCode}}
        public sealed partial class {{name}} : {{Names.JsonContext}}, {{Names.TypeInfoResolver}}
        {
            private readonly {{Names.ReadOptions}}? _readOptions;
            private readonly {{Names.WriteOptions}}? _writeOptions;

            /// <summary>Makes a context with options of its own.</summary>
            /// <param name="options">The serializer's options.</param>
            /// <param name="readOptions">How strictly payloads are read; defaults to <see cref="{{Names.ReadOptions}}.Strict"/>.</param>
            /// <param name="writeOptions">How payloads are written; defaults to <see cref="{{Names.WriteOptions}}.Strict"/>.</param>
            /// <exception cref="global::System.InvalidOperationException">The options belong to another context.</exception>
            public {{name}}(
                {{Names.JsonOptions}}? options = null, {{Names.ReadOptions}}? readOptions = null, {{Names.WriteOptions}}? writeOptions = null)
                : base(options)
            {
                _readOptions = readOptions;
                _writeOptions = writeOptions;
            }

            /// <summary>The context with default options: every rule is checked.</summary>
            public static {{name}} Default { get; } = new(new {{Names.JsonOptions}}());

            /// <summary>
            /// The context for what was read leniently, to store it, to return it, and to read it back: limits are not checked.
            /// </summary>
            public static {{name}} Relaxed { get; } =
                new(new {{Names.JsonOptions}}(), {{Names.ReadOptions}}.Lenient, {{Names.WriteOptions}}.Lenient);

            {{SourceCode.Paragraphs(set.Types, static type => $"""
                {DocComment.Summary($"The metadata of <see cref=\"{Global(type)}\"/>.")}
                public {Names.JsonTypeInfo}<{Global(type)}> {type.Type.Name} => Get<{Global(type)}>();
                """)}}

            /// <inheritdoc/>
            protected override {{Names.JsonOptions}}? GeneratedSerializerOptions => Default.Options;

            /// <inheritdoc/>
            public override {{Names.JsonTypeInfo}}? GetTypeInfo(global::System.Type type) =>
                Options.TryGetTypeInfo(type, out {{Names.JsonTypeInfo}}? typeInfo) ? typeInfo : null;

            {{Names.JsonTypeInfo}}? {{Names.TypeInfoResolver}}.GetTypeInfo(
                global::System.Type type, {{Names.JsonOptions}} options)
            {
                {{SourceCode.Paragraphs(set.Types, static type => $$"""
                    if (type == typeof({{Global(type)}}))
                    {
                        return Create<{{Global(type)}}>(options, new {{Converter(type)}});
                    }
                    """)}}

                return null;
            }

            private {{Names.JsonTypeInfo}}<T> Get<T>() => ({{Names.JsonTypeInfo}}<T>)Options.GetTypeInfo(typeof(T));

            private {{Names.JsonTypeInfo}}<T> Create<T>({{Names.JsonOptions}} options, {{Names.Json}}.JsonConverter<T> converter)
            {
                {{Names.JsonTypeInfo}}<T> typeInfo = {{Names.JsonMetadata}}.JsonMetadataServices.CreateValueInfo<T>(options, converter);
                typeInfo.OriginatingResolver = this;
                return typeInfo;
            }
        }
        """;

    private static string Converter(PlacedType type) =>
        type.Type is EnumModel
            ? $"{Global(type)}Converter()"
            : $"global::Ocpp.Json.OcppJsonConverter<{Global(type)}>(_readOptions, _writeOptions)";

    // Within the context, a type's plain name means its metadata.
    private static string Global(PlacedType type) => $"global::{type.Namespace}.{type.Type.Name}";
}
