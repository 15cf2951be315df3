using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Ocpp.Generators;
using Ocpp.Generators.Tests.Driving;

namespace Ocpp.Benchmarks.Building;

/// <summary>Compiles the messages in this process, with the generator or from what it wrote before.</summary>
internal static class Generating
{
    public const string WithGenerator = "with";
    public const string WithoutGenerator = "without";

    public static CSharpCompilation Project => Projects.WithSdkInNewestCSharp;

    public static GeneratorDriver Driver(IEnumerable<AdditionalText> schemas) =>
        CSharpGeneratorDriver.Create(
            [new OcppGenerator().AsSourceGenerator()],
            schemas,
            (CSharpParseOptions)Project.SyntaxTrees.First().Options,
            SchemaOptions.Instance
        );

    /// <summary>Runs once, cold, and prints the milliseconds: of the generator, and of all with the compiler.</summary>
    public static void Run(string how, string folder)
    {
        CSharpCompilation project = Project;
        IReadOnlyList<SchemaText> schemas = OfficialSchemas.All;
        string[] sources = how == WithoutGenerator ? [.. Directory.GetFiles(folder).Select(File.ReadAllText)] : [];

        var clock = Stopwatch.StartNew();
        Compilation compilation =
            how == WithGenerator
                ? Generated(project, schemas)
                : sources.Aggregate(project, static (compilation, source) => compilation.WithSource(source));
        double generated = clock.Elapsed.TotalMilliseconds;
        DemandSuccess(compilation.Emit(Stream.Null));
        Console.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{generated} {clock.Elapsed.TotalMilliseconds}")
        );
    }

    /// <summary>
    /// Runs the generator once, cold, and prints its milliseconds of processor time; what it writes is not compiled.
    /// </summary>
    public static void RunAlone(IReadOnlyList<SchemaText> schemas)
    {
        CSharpCompilation project = Project;
        TimeSpan start = Environment.CpuUsage.TotalTime;
        GeneratorDriverRunResult result = Driver(schemas).RunGenerators(project).GetRunResult();
        double generated = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
        if (!result.Diagnostics.IsEmpty)
        {
            throw new InvalidOperationException($"{result.Diagnostics.Length} diagnostics; nothing is measured.");
        }

        Console.Out.WriteLine(generated.ToString(CultureInfo.InvariantCulture));
    }

    private static Compilation Generated(CSharpCompilation project, IEnumerable<SchemaText> schemas)
    {
        Driver(schemas).RunGeneratorsAndUpdateCompilation(project, out Compilation compilation, out _);
        return compilation;
    }

    private static void DemandSuccess(Microsoft.CodeAnalysis.Emit.EmitResult result)
    {
        if (!result.Success)
        {
            throw new InvalidOperationException(
                $"The messages do not compile: {result.Diagnostics.Length} diagnostics; nothing is measured."
            );
        }
    }
}
