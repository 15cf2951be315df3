using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Ocpp.Generators.Tests.Driving;

/// <summary>A run of the generator over schemas, with what came of it.</summary>
internal sealed class Generation
{
    private static readonly GeneratorDriverOptions s_tracked = new(
        IncrementalGeneratorOutputKind.None,
        trackIncrementalGeneratorSteps: true
    );

    private readonly CSharpCompilation _input;
    private readonly Compilation _output;
    private readonly GeneratorDriver _driver;

    private Generation(CSharpCompilation input, GeneratorDriver driver)
    {
        _input = input;
        _driver = driver.RunGeneratorsAndUpdateCompilation(input, out _output, out _);
        GeneratorRunResult result = _driver.GetRunResult().Results.Single();

        // A generator that throws shows only as a warning, and as missing types.
        Assert.Null(result.Exception);
        Result = result;
    }

    public GeneratorRunResult Result { get; }

    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>The project with the generated sources.</summary>
    public Compilation Output => _output;

    public IEnumerable<string> HintNames => Result.GeneratedSources.Select(source => source.HintName);

    /// <summary>The sources by their hint names.</summary>
    public IReadOnlyDictionary<string, string> Sources =>
        Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    public static Generation Of(params IEnumerable<SchemaText> schemas) => Of(Projects.WithSdk, schemas);

    public static Generation Of(CSharpCompilation project, IEnumerable<SchemaText> schemas) =>
        new(
            project,
            CSharpGeneratorDriver.Create(
                [new OcppGenerator().AsSourceGenerator()],
                schemas,
                (CSharpParseOptions)project.SyntaxTrees.First().Options,
                SchemaOptions.Instance,
                s_tracked
            )
        );

    /// <summary>Runs again, as after an edit to C#.</summary>
    public Generation After(Func<CSharpCompilation, CSharpCompilation> edit) => new(edit(_input), _driver);

    /// <summary>Runs again, as after an edit to one schema.</summary>
    public Generation After(SchemaText before, SchemaText after) =>
        new(_input, _driver.ReplaceAdditionalText(before, after));

    /// <summary>Runs again with nothing edited.</summary>
    public Generation Again() => new(_input, _driver);

    public string SourceOf(string hintName)
    {
        Assert.Empty(Diagnostics.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info));
        return Sources[hintName];
    }

    /// <summary>
    /// Asserts that neither the generator nor the compiler has anything to say, but that secrets are recognized by
    /// their names: most schemas of tests mark none.
    /// </summary>
    public Generation Compiles()
    {
        Assert.Empty(Diagnostics.Where(diagnostic => diagnostic.Id != "OCPP020"));

        string found = string.Join('\n', CompilerDiagnostics());
        Assert.True(found.Length == 0, found);
        return this;
    }

    /// <summary>What the compiler says of the project with the generated sources, hidden remarks left out.</summary>
    public IEnumerable<string> CompilerDiagnostics() =>
        _output
            .GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => diagnostic.ToString());

    /// <summary>Why each output of a step is what it is.</summary>
    public IEnumerable<IncrementalStepRunReason> Reasons(string trackingName) =>
        Result.TrackedSteps.TryGetValue(trackingName, out ImmutableArray<IncrementalGeneratorRunStep> steps)
            ? steps.SelectMany(step => step.Outputs).Select(output => output.Reason)
            : [];

    /// <summary>The values of a step's outputs that were made anew and differ from those before.</summary>
    public IEnumerable<object> Changed(string trackingName) =>
        Result
            .TrackedSteps[trackingName]
            .SelectMany(step => step.Outputs)
            .Where(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
            .Select(output => output.Value);

    /// <summary>Why each source was handed to the compiler, or was not again.</summary>
    public IEnumerable<IncrementalStepRunReason> OutputReasons() =>
        Result
            .TrackedOutputSteps.SelectMany(pair => pair.Value)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);
}
