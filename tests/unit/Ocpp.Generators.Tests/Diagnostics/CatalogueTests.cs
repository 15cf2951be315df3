using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Ocpp.Generators.Tests.Driving;
using Xunit;

namespace Ocpp.Generators.Tests.Diagnostics;

/// <summary>Every diagnostic has a row in the release files, a page, and a test in this folder.</summary>
public partial class CatalogueTests
{
    public static TheoryData<string> Ids => new(MarkedSchema.AllDescriptors.Select(descriptor => descriptor.Id));

    [Fact]
    public void Ids_are_numbered_without_a_gap() =>
        Assert.Equal(
            Enumerable.Range(1, MarkedSchema.AllDescriptors.Count()).Select(number => $"OCPP{number:000}"),
            MarkedSchema.AllDescriptors.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_has_one_row_in_the_release_files(string id)
    {
        DiagnosticDescriptor descriptor = Get(id);
        string[] rows = ReadLines("Releases")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells[0] == id)
            .Select(cells => string.Join(" | ", cells))
            .ToArray();

        Assert.Equal([$"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {Title(descriptor)}"], rows);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_has_a_page_with_its_title_an_example_and_a_way_to_mend_it(string id)
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", id + ".md"));

        Assert.StartsWith($"# {id}: {Title(Get(id))}\n", page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\n## Example\n", page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\n## How to fix it\n", page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"{Word(Get(id).DefaultSeverity)} {id}: ", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_is_linked_from_the_index(string id) =>
        Assert.Contains(
            $"| [{id}]({id}.md) | {Title(Get(id))} |",
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", "README.md")),
            StringComparison.Ordinal
        );

    [Fact]
    public void No_page_and_no_row_is_left_of_a_diagnostic_that_is_gone()
    {
        string[] ids = MarkedSchema
            .AllDescriptors.Select(descriptor => descriptor.Id)
            .Order(StringComparer.Ordinal)
            .ToArray();

        IEnumerable<string> rows = ReadLines("Releases")
            .Select(line => RowId().Match(line).Value)
            .Where(row => row.Length > 0);
        IEnumerable<string?> pages = Directory
            .GetFiles(Path.Combine(AppContext.BaseDirectory, "Pages"), "OCPP0*.md")
            .Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(ids, rows.Order(StringComparer.Ordinal));
        Assert.Equal(ids, pages.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_links_to_its_page(string id) =>
        Assert.EndsWith($"docs/diagnostics/{id}.md", Get(id).HelpLinkUri, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_is_an_error_that_is_on_but_for_what_is_left_to_the_author(string id)
    {
        // A schema with a defect gives types that check less than it demands: nobody should ship them by overlooking a
        // warning.
        Assert.Equal(id == "OCPP020" ? DiagnosticSeverity.Info : DiagnosticSeverity.Error, Get(id).DefaultSeverity);
        Assert.True(Get(id).IsEnabledByDefault);
        Assert.False(Title(Get(id)).EndsWith('.'));
    }

    /// <summary>
    /// What a page says of its example is what the generator says, in the words of a build's output; and what it offers
    /// instead compiles.
    /// </summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_example_gives_what_its_page_says(string id)
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", id + ".md"))
            .ReplaceLineEndings("\n");
        string[] parts = page.Split("\n## How to fix it\n");
        SchemaText[] bad = Schemas(parts[0]);
        string[] expected = ErrorLine().Matches(parts[0]).Select(match => match.Value).ToArray();

        Generation generation = Generation.Of(id is "OCPP012" ? Projects.WithoutSdk : Projects.WithSdk, bad);

        Assert.NotEmpty(expected);

        // These are about the project, which ProjectTests has, or larger than a page, which BoundsTests has.
        if (id is not ("OCPP011" or "OCPP013" or "OCPP017" or "OCPP018" or "OCPP019" or "OCPP021"))
        {
            Assert.Equal(expected, generation.Diagnostics.Select(Show));
        }

        if (Schemas(parts[1]) is { Length: > 0 } mended)
        {
            Generation.Of(mended).Compiles();
        }
    }

    private static string Show(Diagnostic diagnostic)
    {
        string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        return diagnostic.Location == Location.None
            ? $"{Word(diagnostic.Severity)} {diagnostic.Id}: {message}"
            : $"{Path.GetFileName(place.Path)}({place.StartLinePosition.Line + 1}"
                + $",{place.StartLinePosition.Character + 1}): {Word(diagnostic.Severity)} {diagnostic.Id}: {message}";
    }

    private static string Word(DiagnosticSeverity severity) => severity == DiagnosticSeverity.Info ? "info" : "error";

    /// <summary>The JSON blocks of a page; the line above each names its file.</summary>
    private static SchemaText[] Schemas(string markdown) =>
        SchemaBlock()
            .Matches(markdown)
            .Select(match => new SchemaText($"/schemas/{match.Groups[1].Value}", match.Groups[2].Value))
            .ToArray();

    private static DiagnosticDescriptor Get(string id) =>
        MarkedSchema.AllDescriptors.Single(descriptor => descriptor.Id == id);

    private static string Title(DiagnosticDescriptor descriptor) =>
        descriptor.Title.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> ReadLines(string directory) =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, directory), "*.md").SelectMany(File.ReadAllLines);

    [GeneratedRegex(@"^OCPP\d+")]
    private static partial Regex RowId();

    [GeneratedRegex(@"^(.+\.json\(\d+,\d+\): )?(?:error|info) OCPP\d+: .+$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^`([^`\n]+\.json)`:\n\n```json\n(.*?)\n?```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex SchemaBlock();
}
