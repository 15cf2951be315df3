using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Ocpp.Generators.Tests.Driving;

/// <summary>A schema file that exists in memory only.</summary>
internal sealed class SchemaText(string path, SourceText? text) : AdditionalText
{
    public SchemaText(string path, string? text)
        : this(path, text is null ? null : SourceText.From(text)) { }

    /// <summary>A file's bytes, from which the compiler takes a byte order mark before anyone sees the text.</summary>
    public SchemaText(string path, byte[] utf8)
        : this(path, SourceText.From(new MemoryStream(utf8), Encoding.UTF8)) { }

    public override string Path => path;

    /// <summary>The item's metadata, as the build hands it over.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = Describe("Acme.Charging", "acme1.0");

    public static IReadOnlyDictionary<string, string> Describe(
        string @namespace,
        string protocol,
        string isSchema = "true",
        string requestFiles = "",
        string secrets = ""
    ) =>
        new Dictionary<string, string>
        {
            ["build_metadata.AdditionalFiles.OcppSchema"] = isSchema,
            ["build_metadata.AdditionalFiles.OcppNamespace"] = @namespace,
            ["build_metadata.AdditionalFiles.OcppProtocol"] = protocol,
            ["build_metadata.AdditionalFiles.OcppRequestFiles"] = requestFiles,
            ["build_metadata.AdditionalFiles.OcppSecrets"] = secrets,
        };

    public override SourceText? GetText(CancellationToken cancellationToken = default) => text;
}
