using Microsoft.CodeAnalysis;
using Ocpp.Generators.Emitting;
using Ocpp.Schemas.Model;
using Ocpp.Schemas.Parsing;

namespace Ocpp.Generators;

/// <summary>
/// Turns JSON schemas into records, enumerations, a serializer context and a protocol registry. Each file is parsed by
/// itself, all are merged, each type is emitted by itself: an edit to one schema re-runs only what it changes, an edit
/// to C# nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class OcppGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<SchemaInput> inputs = context
            .AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => SchemaInputReader.IsSchema(pair.Left, pair.Right))
            .Select(static (pair, cancellation) => SchemaInputReader.Read(pair.Left, pair.Right, cancellation))
            .WithTrackingName(TrackingNames.Inputs);

        IncrementalValuesProvider<SchemaFile> files = inputs
            .Select(static (input, cancellation) => SchemaParser.Parse(input, cancellation))
            .WithTrackingName(TrackingNames.Parsed);

        IncrementalValueProvider<MergedSchemas> merged = files
            .Collect()
            .Select(static (all, _) => SchemaMerger.Merge(all))
            .WithTrackingName(TrackingNames.Merged);

        IncrementalValueProvider<SdkReference> sdk = context
            .CompilationProvider.Select(static (compilation, _) => SdkReference.Find(compilation))
            .WithTrackingName(TrackingNames.Sdk);

        IncrementalValuesProvider<GeneratedSource> types = merged
            .SelectMany(static (all, _) => all.Sets.SelectMany(static set => set.Types))
            .WithTrackingName(TrackingNames.Types)
            .Select(static (type, _) => TypeEmitter.Emit(type))
            .WithTrackingName(TrackingNames.Sources);

        IncrementalValuesProvider<GeneratedSource> sets = merged
            .SelectMany(static (all, _) => all.Sets.SelectMany(static set => SetEmitter.Emit(set)))
            .WithTrackingName(TrackingNames.Sets);

        context.RegisterSourceOutput(files, static (output, file) => output.ReportAll(file.Defects));
        context.RegisterSourceOutput(
            merged.Combine(sdk),
            static (output, pair) => output.ReportAll(pair.Left, pair.Right)
        );
        context.RegisterSourceOutput(types.Combine(sdk), static (output, pair) => output.Add(pair.Left, pair.Right));
        context.RegisterSourceOutput(sets.Combine(sdk), static (output, pair) => output.Add(pair.Left, pair.Right));
    }
}
