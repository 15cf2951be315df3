using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Ocpp.Generators.Tests.Driving;

/// <summary>Hands the generator each file's metadata.</summary>
internal sealed class SchemaOptions : AnalyzerConfigOptionsProvider
{
    public static SchemaOptions Instance { get; } = new();

    public override AnalyzerConfigOptions GlobalOptions { get; } =
        new Options(ImmutableDictionary<string, string>.Empty);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        textFile is SchemaText schema ? new Options(schema.Metadata) : GlobalOptions;

    private sealed class Options(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}
