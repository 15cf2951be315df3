using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ocpp.TestKit;

/// <summary>A program that a document shows: what stands between the fences behind the comment that names it.</summary>
internal static class DocumentedProgram
{
    /// <summary>The usings that a project of Microsoft.NET.Sdk has unsaid.</summary>
    public static readonly string[] ConsoleUsings =
    [
        "System",
        "System.Collections.Generic",
        "System.IO",
        "System.Linq",
        "System.Net.Http",
        "System.Threading",
        "System.Threading.Tasks",
    ];

    /// <summary>Those of Microsoft.NET.Sdk.Web.</summary>
    public static readonly string[] WebUsings =
    [
        .. ConsoleUsings,
        "System.Net.Http.Json",
        "Microsoft.AspNetCore.Builder",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging",
    ];

    /// <summary>Reads a program out of a document that the tests have among their resources.</summary>
    public static string Read(string document, string name)
    {
        string[] lines = ReadLines(document);
        int mark = Array.IndexOf(lines, $"<!-- A test compiles it: {name} -->");
        Assert.True(mark >= 0, $"{document} has no program with the name {name}.");
        Assert.Equal("```csharp", lines[mark + 1]);
        return string.Join('\n', lines.Skip(mark + 2).TakeWhile(line => line != "```"));
    }

    /// <summary>Compiles a program, without a warning.</summary>
    /// <param name="program">Its text.</param>
    /// <param name="usings">The usings that it has unsaid.</param>
    public static void AssertCompiles(string program, IEnumerable<string> usings) =>
        Compile(program, usings, OutputKind.ConsoleApplication);

    /// <summary>Compiles types, without a warning, and loads them.</summary>
    public static Assembly Load(string types, IEnumerable<string> usings)
    {
        using var assembly = new MemoryStream();
        Assert.True(Compile(types, usings, OutputKind.DynamicallyLinkedLibrary).Emit(assembly).Success);
        return Assembly.Load(assembly.ToArray());
    }

    private static CSharpCompilation Compile(string program, IEnumerable<string> usings, OutputKind kind)
    {
        // What this test runs on: the framework, ASP.NET Core and the SDK.
        string assemblies = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;

        // CS1701 is a newer assembly in place of an older: the SDK says nothing either.
        CSharpCompilationOptions options = new CSharpCompilationOptions(
            kind,
            nullableContextOptions: NullableContextOptions.Enable
        ).WithSpecificDiagnosticOptions([KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress)]);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Program",
            [
                CSharpSyntaxTree.ParseText(program),
                CSharpSyntaxTree.ParseText(string.Concat(usings.Select(name => $"global using {name};\n"))),
            ],
            assemblies.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            options
        );
        Assert.Empty(
            compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
        );
        return compilation;
    }

    private static string[] ReadLines(string document)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(document)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
    }
}
