using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Ocpp.Schemas.Model;

namespace Ocpp.Generators;

/// <summary>Takes the schema files from among the build's additional files.</summary>
internal static class SchemaInputReader
{
    private const string Metadata = "build_metadata.AdditionalFiles.";

    public static bool IsSchema(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        string.Equals(Read(options.GetOptions(file), "OcppSchema"), "true", StringComparison.OrdinalIgnoreCase);

    public static SchemaInput Read(
        AdditionalText file,
        AnalyzerConfigOptionsProvider options,
        CancellationToken cancellation
    )
    {
        AnalyzerConfigOptions metadata = options.GetOptions(file);
        return new SchemaInput(
            file.Path,
            Path.GetFileNameWithoutExtension(file.Path),
            file.GetText(cancellation)?.ToString(),
            Read(metadata, "OcppNamespace"),
            Read(metadata, "OcppProtocol")
        )
        {
            RequestFiles = Read(metadata, "OcppRequestFiles"),
            Secrets = Read(metadata, "OcppSecrets"),
        };
    }

    private static string Read(AnalyzerConfigOptions metadata, string name) =>
        metadata.TryGetValue(Metadata + name, out string? value) ? value.Trim() : "";
}
