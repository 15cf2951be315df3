using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Ocpp.Analyzers;
using Ocpp.Generators.Tests.Driving;
using Xunit;

namespace Ocpp.Generators.Tests.Constants;

/// <summary>
/// Every diagnostic of constants has a row in the release files, a page that is true, and a link to it.
/// </summary>
public partial class ConstantPageTests
{
    private static readonly Dictionary<string, DiagnosticDescriptor> s_descriptors =
        new ConstantAnalyzer().SupportedDiagnostics.ToDictionary(descriptor => descriptor.Id);

    private static readonly CSharpCompilation s_project = Projects.WithSdkInNewestCSharp.AddReferences(
        MarkedCode.Compile([
            .. OfficialSchemas.All.Where(schema =>
                IsOneOf(schema, "BootNotificationRe", "NotifyEVChargingNeedsRe", "MeterValuesRe")
            ),
            .. OfficialSchemas.All16.Where(schema => IsOneOf(schema, "SetChargingProfileRe")),
        ])
    );

    public static TheoryData<string> Ids => new(s_descriptors.Keys);

    [Fact]
    public void Ids_are_numbered_from_101_without_a_gap() =>
        Assert.Equal(
            Enumerable.Range(101, s_descriptors.Count).Select(number => $"OCPP{number}"),
            s_descriptors.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_has_one_row_in_the_release_files_and_one_page_and_none_is_left_over()
    {
        IEnumerable<string> expected = s_descriptors.Values.Select(descriptor =>
            $"{descriptor.Id} | Ocpp.Values | Warning | {Title(descriptor)}"
        );

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            Directory
                .GetFiles(Path.Combine(AppContext.BaseDirectory, "ConstantReleases"), "*.md")
                .SelectMany(File.ReadAllLines)
                .Where(line => line.StartsWith("OCPP", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            s_descriptors.Keys.Order(StringComparer.Ordinal),
            Directory
                .GetFiles(Path.Combine(AppContext.BaseDirectory, "Pages"), "OCPP1*.md")
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Each_example_gives_what_its_page_says_and_what_it_offers_instead_gives_nothing(string id)
    {
        DiagnosticDescriptor descriptor = s_descriptors[id];
        string page = (
            await File.ReadAllTextAsync(
                Path.Combine(AppContext.BaseDirectory, "Pages", id + ".md"),
                CancellationToken.None
            )
        ).ReplaceLineEndings("\n");
        string[] parts = page.Split("\n## How to fix it\n");

        Assert.StartsWith($"# {id}: {Title(descriptor)}\n", page, StringComparison.Ordinal);
        Assert.EndsWith($"docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.Equal(
            WarningLine().Matches(parts[0]).Select(match => match.Value),
            await DiagnosticsAsync(CodeBlock().Match(parts[0]).Groups[1].Value)
        );
        Assert.Empty(await DiagnosticsAsync(CodeBlock().Match(parts[1]).Groups[1].Value));
        Assert.Contains(
            $"| [{id}]({id}.md) | {Title(descriptor)} |",
            await File.ReadAllTextAsync(
                Path.Combine(AppContext.BaseDirectory, "Pages", "README.md"),
                CancellationToken.None
            ),
            StringComparison.Ordinal
        );
    }

    private static async Task<string[]> DiagnosticsAsync(string statement)
    {
        Assert.NotEmpty(statement);
        string versions = statement.Contains("ChargingSchedulePeriod ", StringComparison.Ordinal) ? "V16" : "V201";
        CSharpCompilation project = s_project.WithSource(
            $"using System; using Ocpp.{versions}; internal static class Page {{ private static void Example() {{ "
                + $"{statement} }} }}"
        );
        Assert.Empty(
            project.GetDiagnostics(CancellationToken.None).Where(found => found.Severity == DiagnosticSeverity.Error)
        );
        return
        [
            .. (
                await project
                    .WithAnalyzers([new ConstantAnalyzer()])
                    .GetAnalyzerDiagnosticsAsync(CancellationToken.None)
            ).Select(found => $"warning {found.Id}: {found.GetMessage(CultureInfo.InvariantCulture)}"),
        ];
    }

    private static bool IsOneOf(SchemaText schema, params string[] names) =>
        names.Any(name => schema.Path.Contains("/" + name, StringComparison.Ordinal));

    private static string Title(DiagnosticDescriptor descriptor) =>
        descriptor.Title.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^warning OCPP\\d+: .+$", RegexOptions.Multiline)]
    private static partial Regex WarningLine();

    [GeneratedRegex("^```csharp\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
