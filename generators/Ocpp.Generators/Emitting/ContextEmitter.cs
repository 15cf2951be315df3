using Ocpp.Generators.Model;

namespace Ocpp.Generators.Emitting;

/// <summary>
/// Writes the serializer context. System.Text.Json's own generator does not see the types that this one makes, and its
/// readers would not check: the context hands out our converters.
/// </summary>
internal static class ContextEmitter
{
    public static GeneratedSource Emit(SchemaSet set)
    {
        string name = set.ClassPrefix + "JsonContext";
        SourceWriter source = TypeEmitter.BeginFile(set.Namespace);
        source.DocXml("summary", $"Metadata by which <c>JsonSerializer</c> reads and writes the types of <c>{DocComment.Escape(set.Protocol)}</c> without reflection, and with every check.");
        source.Line(Names.GeneratedCode);
        source.Open($"public sealed partial class {name} : global::System.Text.Json.Serialization.JsonSerializerContext, global::System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver");
        source.Line($"private readonly {Names.ReadOptions}? _readOptions;");
        source.Line($"private readonly {Names.WriteOptions}? _writeOptions;");
        source.Line();
        source.Line("/// <summary>Makes a context with options of its own.</summary>");
        source.Line("/// <param name=\"options\">The serializer's options.</param>");
        source.Line($"/// <param name=\"readOptions\">How strictly payloads are read; defaults to <see cref=\"{Names.ReadOptions}.Strict\"/>.</param>");
        source.Line($"/// <param name=\"writeOptions\">How payloads are written; defaults to <see cref=\"{Names.WriteOptions}.Strict\"/>.</param>");
        source.Line("/// <exception cref=\"global::System.InvalidOperationException\">The options belong to another context.</exception>");
        source.Line($"public {name}(");
        source.Line($"    {Names.JsonOptions}? options = null, {Names.ReadOptions}? readOptions = null, {Names.WriteOptions}? writeOptions = null)");
        source.Line("    : base(options)");
        source.Open();
        source.Line("_readOptions = readOptions;");
        source.Line("_writeOptions = writeOptions;");
        source.Close();
        source.Line();
        source.Line("/// <summary>The context with default options: every rule is checked.</summary>");
        source.Line($"public static {name} Default {{ get; }} = new(new {Names.JsonOptions}());");
        source.Line();
        source.Line("/// <summary>");
        source.Line("/// The context for what was read leniently, to store it, to return it, and to read it back: limits are not checked.");
        source.Line("/// </summary>");
        source.Line($"public static {name} Relaxed {{ get; }} =");
        source.Line($"    new(new {Names.JsonOptions}(), {Names.ReadOptions}.Lenient, {Names.WriteOptions}.Lenient);");
        source.Line();
        foreach (PlacedType type in set.Types)
        {
            source.DocXml("summary", $"The metadata of <see cref=\"{Global(type)}\"/>.");
            source.Line($"public {Names.JsonTypeInfo}<{Global(type)}> {type.Type.Name} => Get<{Global(type)}>();");
            source.Line();
        }

        source.Line("/// <inheritdoc/>");
        source.Line($"protected override {Names.JsonOptions}? GeneratedSerializerOptions => Default.Options;");
        source.Line();
        source.Line("/// <inheritdoc/>");
        source.Line($"public override {Names.JsonTypeInfo}? GetTypeInfo(global::System.Type type) =>");
        source.Line($"    Options.TryGetTypeInfo(type, out {Names.JsonTypeInfo}? typeInfo) ? typeInfo : null;");
        source.Line();
        source.Line($"{Names.JsonTypeInfo}? global::System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver.GetTypeInfo(");
        source.Open($"    global::System.Type type, {Names.JsonOptions} options)");
        foreach (PlacedType type in set.Types)
        {
            string converter = type.Type is EnumModel
                ? $"global::{type.Namespace}.{type.Type.Name}Converter()"
                : $"global::Ocpp.Json.OcppJsonConverter<{Global(type)}>(_readOptions, _writeOptions)";
            source.Open($"if (type == typeof({Global(type)}))");
            source.Line($"return Create<{Global(type)}>(options, new {converter});");
            source.Close();
            source.Line();
        }

        source.Line("return null;");
        source.Close();
        source.Line();
        source.Line($"private {Names.JsonTypeInfo}<T> Get<T>() => ({Names.JsonTypeInfo}<T>)Options.GetTypeInfo(typeof(T));");
        source.Line();
        source.Open($"private {Names.JsonTypeInfo}<T> Create<T>({Names.JsonOptions} options, global::System.Text.Json.Serialization.JsonConverter<T> converter)");
        source.Line($"{Names.JsonTypeInfo}<T> typeInfo = global::System.Text.Json.Serialization.Metadata.JsonMetadataServices.CreateValueInfo<T>(options, converter);");
        source.Line("typeInfo.OriginatingResolver = this;");
        source.Line("return typeInfo;");
        source.Close();
        source.Close();
        return new GeneratedSource(TypeEmitter.HintName(set.Namespace, name), source.ToString());
    }

    // Within the context, a type's plain name means its metadata.
    private static string Global(PlacedType type) => $"global::{type.Namespace}.{type.Type.Name}";
}
