using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ocpp.AspNetCore.Tests.Readme;

public class ReadmeProgramTests
{
    private const int MaxLines = 24;

    /// <summary>The usings that a project has unsaid: those of Microsoft.NET.Sdk, then those that Microsoft.NET.Sdk.Web adds.</summary>
    private static readonly string[] s_consoleUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    private static readonly string[] s_webUsings =
    [
        .. s_consoleUsings,
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    [Fact]
    public void A_csms_compiles_in_less_than_25_lines() => AssertCompiles(ReadmeProgram.Read("CSMS"), s_webUsings);

    [Fact]
    public void A_station_compiles_in_less_than_25_lines() => AssertCompiles(ReadmeProgram.Read("station"), s_consoleUsings);

    private static void AssertCompiles(string program, IEnumerable<string> usings)
    {
        Assert.InRange(program.Split('\n').Length, 5, MaxLines);

        // What this test runs on: the framework, ASP.NET Core and the SDK.
        string assemblies = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Program",
            [CSharpSyntaxTree.ParseText(program), CSharpSyntaxTree.ParseText(string.Concat(usings.Select(name => $"global using {name};\n")))],
            assemblies.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            options);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }
}
