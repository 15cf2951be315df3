using Ocpp.Generators.Tests.Driving;

namespace Ocpp.Benchmarks.Building;

/// <summary>Schemas that are generated together: those of one version of OCPP, or of all.</summary>
/// <param name="Argument">The argument with which a new process selects them.</param>
/// <param name="Schemas">The files, in a fixed order.</param>
internal sealed record SchemaCollection(string Argument, IReadOnlyList<SchemaText> Schemas)
{
    /// <summary>The base of the ratios.</summary>
    public const string Base = "2.0.1";

    public static IReadOnlyList<SchemaCollection> All { get; } =
    [
        new("1.6", OfficialSchemas.All16),
        new(Base, OfficialSchemas.All),
        new("2.1", OfficialSchemas.All21),
        new("all", [.. OfficialSchemas.All16, .. OfficialSchemas.All, .. OfficialSchemas.All21]),
    ];

    public string Contender =>
        Argument == "all" ? $"all versions, {Schemas.Count} files" : $"OCPP {Argument}, {Schemas.Count} files";

    /// <summary>A file with a limit, which each version has.</summary>
    public SchemaText SignCertificateRequest =>
        Schemas.Last(schema => schema.Path.EndsWith("/SignCertificateRequest.json", StringComparison.Ordinal));

    public static SchemaCollection Find(string argument) => All.Single(set => set.Argument == argument);
}
