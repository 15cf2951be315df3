using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ocpp.Generators.Tests.Driving;

/// <summary>The projects that schemas are generated into.</summary>
internal static class Projects
{
    private static readonly MetadataReference[] s_framework = FrameworkReferences();

    /// <summary>A library that references Ocpp.Sdk, in the oldest C# that a supported .NET defaults to.</summary>
    public static CSharpCompilation WithSdk { get; } =
        Create(LanguageVersion.CSharp12, MetadataReference.CreateFromFile(typeof(OcppJson).Assembly.Location));

    /// <summary>The same in the newest C# that the compiler knows.</summary>
    public static CSharpCompilation WithSdkInNewestCSharp { get; } =
        Create(LanguageVersion.Latest, MetadataReference.CreateFromFile(typeof(OcppJson).Assembly.Location));

    /// <summary>A library without Ocpp.Sdk.</summary>
    public static CSharpCompilation WithoutSdk { get; } = Create(LanguageVersion.CSharp12);

    public static CSharpCompilation Create(LanguageVersion version, params MetadataReference[] references)
    {
        // Doc comments are checked too: a reference in them that leads nowhere is a warning.
        CSharpParseOptions parse = CSharpParseOptions
            .Default.WithLanguageVersion(version)
            .WithDocumentationMode(DocumentationMode.Diagnose);
        CSharpCompilationOptions options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            .WithNullableContextOptions(NullableContextOptions.Enable)
            .WithWarningLevel(9999);
        return CSharpCompilation.Create(
            "Acme",
            [Parse("internal static class HandWritten;", parse)],
            [.. s_framework, .. references],
            options
        );
    }

    /// <summary>The same project with another hand-written source in it.</summary>
    public static CSharpCompilation WithSource(this CSharpCompilation project, string source) =>
        project.AddSyntaxTrees(Parse(source, (CSharpParseOptions)project.SyntaxTrees.First().Options));

    private static SyntaxTree Parse(string source, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(source, options);

    private static MetadataReference[] FrameworkReferences()
    {
        string directory = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == directory)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToArray();
    }
}
