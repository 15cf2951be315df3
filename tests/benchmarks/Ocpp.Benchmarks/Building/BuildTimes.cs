using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Ocpp.Benchmarks.FreshProcesses;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Reporting;
using Ocpp.Generators.Tests.Driving;

namespace Ocpp.Benchmarks.Building;

/// <summary>
/// What the generator adds to a build, and to each edit in an editor, over all schemas of OCPP 2.0.1.
/// </summary>
internal static class BuildTimes
{
    public const string Name = "generator";

    private const string Cold = "cold build of all messages";
    private const string Edit = "edit in an editor";
    private const string Compiler = "the compiler, from sources that were generated before";
    private const string Both = "the generator and the compiler";
    private const string Generator = "the generator alone";
    private const string SchemaEdit = "a limit in one schema";
    private const string SourceEdit = "a C# file";
    private const double MostCold = 1500;
    private const double MostEdit = 50;

    public static IReadOnlyList<Row> Measure(int rounds) => [.. MeasureCold(rounds), .. MeasureEdits(rounds)];

    public static IEnumerable<Goal> Goals(IReadOnlyList<Row> rows)
    {
        yield return AtMost($"{Name}: {Cold}, {Generator}", MostCold, Find(Generator));
        yield return AtMost($"{Name}: {Edit}, {SchemaEdit}", MostEdit, Find(SchemaEdit));

        Row Find(string contender) => rows.Single(row => row.Contender == contender);
        static Goal AtMost(string text, double milliseconds, Row row) =>
            Goal.AtMost(text + ", ms", milliseconds, row.MedianNs / 1e6);
    }

    private static IReadOnlyList<Row> MeasureCold(int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("ocpp-generated-").FullName;
        try
        {
            foreach (
                GeneratedSourceResult source in Generating
                    .Driver(OfficialSchemas.All)
                    .RunGenerators(Generating.Project)
                    .GetRunResult()
                    .Results.Single()
                    .GeneratedSources
            )
            {
                File.WriteAllText(Path.Combine(folder, source.HintName), source.SourceText.ToString());
            }

            var without = new List<double>();
            var with = new List<double>();
            var alone = new List<double>();
            for (int round = 0; round < rounds; round++)
            {
                without.Add(FreshProcess.Run(Name, Generating.WithoutGenerator, folder)[1]);
                double[] generated = FreshProcess.Run(Name, Generating.WithGenerator, folder);
                alone.Add(generated[0]);
                with.Add(generated[1]);
            }

            return
            [
                RowOf(Cold, Compiler, without, without),
                RowOf(Cold, Both, with, without),
                RowOf(Cold, Generator, alone, without),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One driver lives on, as in an editor: each edit is handed to it, and it runs again.</summary>
    private static IReadOnlyList<Row> MeasureEdits(int rounds)
    {
        const string Limit = "\"maxLength\": ";
        IReadOnlyList<SchemaText> schemas = OfficialSchemas.All;
        SchemaText schema = schemas.Single(schema =>
            schema.Path.EndsWith("/SignCertificateRequest.json", StringComparison.Ordinal)
        );
        string text = OfficialSchemas.TextOf("SignCertificateRequest");
        CSharpCompilation project = Generating.Project;
        GeneratorDriver driver = Generating.Driver(schemas).RunGenerators(project);
        var schemaEdits = new List<double>();
        var sourceEdits = new List<double>();
        for (int round = 0; round < rounds * 5; round++)
        {
            SchemaText edited = OfficialSchemas.Make(
                "SignCertificateRequest",
                text.Replace(Limit + "5500", $"{Limit}{5501 + round}", StringComparison.Ordinal)
            );
            long start = Stopwatch.GetTimestamp();
            driver = driver.ReplaceAdditionalText(schema, edited).RunGenerators(project);
            schemaEdits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            schema = edited;

            project = project.WithSource($"internal static class Edited{round};");
            start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(project);
            sourceEdits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return [RowOf(Edit, SchemaEdit, schemaEdits, schemaEdits), RowOf(Edit, SourceEdit, sourceEdits, schemaEdits)];
    }

    private static Row RowOf(
        string operation,
        string contender,
        List<double> milliseconds,
        List<double> byMilliseconds
    ) =>
        new(
            Name,
            operation,
            null,
            contender,
            Median.Of(milliseconds) * 1e6,
            Median.Of(milliseconds.Zip(byMilliseconds, static (own, theirs) => own / theirs)),
            null,
            [.. milliseconds.Select(time => time * 1e6)]
        );
}
