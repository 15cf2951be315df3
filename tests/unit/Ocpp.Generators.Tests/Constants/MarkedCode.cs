using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Ocpp.Analyzers;
using Ocpp.Generators.Tests.Driving;
using Xunit;

namespace Ocpp.Generators.Tests.Constants;

/// <summary>
/// C# that uses generated messages, in which <c>[|</c> and <c>|]</c> are around each constant that the analyzer
/// reports.
/// </summary>
internal static class MarkedCode
{
    private const string Open = "[|";
    private const string Close = "|]";

    /// <summary>Compiles messages to an assembly, as those of a package.</summary>
    public static MetadataReference Compile(params IEnumerable<SchemaText> schemas)
    {
        using var image = new MemoryStream();
        Assert.True(Generation.Of(schemas).Compiles().Output.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>Asserts that the analyzer reports these at the marks, in their order, and nothing else.</summary>
    public static Task AssertAsync(MetadataReference messages, string marked, params string[] expected) =>
        AssertAsync(project => project.AddReferences(messages), marked, expected);

    /// <inheritdoc cref="AssertAsync(MetadataReference, string, string[])"/>
    public static async Task AssertAsync(
        Func<CSharpCompilation, Compilation> withMessages,
        string marked,
        params string[] expected
    )
    {
        (string code, List<TextSpan> places) = Parse(marked);
        CSharpCompilation project = Projects.WithSdkInNewestCSharp.WithSource(code);
        Compilation compilation = withMessages(project);
        Assert.Empty(
            compilation
                .GetDiagnostics(CancellationToken.None)
                .Where(found => found.Severity == DiagnosticSeverity.Error)
        );

        ImmutableArray<Diagnostic> diagnostics = await compilation
            .WithAnalyzers([new ConstantAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(CancellationToken.None);

        Assert.Equal(
            places.Zip(expected, (place, message) => $"{code.Substring(place.Start, place.Length)}: {message}"),
            diagnostics
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Length)
                .Select(diagnostic =>
                    $"{code.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}: "
                    + $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"
                )
        );
        Assert.Equal(places.Count, expected.Length);
        Assert.All(diagnostics, diagnostic => Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity));
    }

    private static (string Code, List<TextSpan> Places) Parse(string marked)
    {
        var places = new List<TextSpan>();
        string code = marked;
        for (int start; (start = code.IndexOf(Open, StringComparison.Ordinal)) >= 0; )
        {
            code = code.Remove(start, Open.Length);
            int end = code.IndexOf(Close, start, StringComparison.Ordinal);
            code = code.Remove(end, Close.Length);
            places.Add(TextSpan.FromBounds(start, end));
        }

        return (code, places);
    }
}
