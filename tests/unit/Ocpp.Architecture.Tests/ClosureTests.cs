using System.Text.Json;
using Xunit.Abstractions;

namespace Ocpp.Architecture.Tests;

/// <summary>
/// All packages that a project brings along, directly and through others, as its lock file has them: what several
/// nodes need is only for applications that run on several.
/// </summary>
public sealed class ClosureTests(ITestOutputHelper output)
{
    private static readonly string[] s_engines = ["Orleans", "Npgsql", "Redis"];

    // They analyze, and are not part of an application.
    private static readonly string[] s_buildTools =
    [
        "Microsoft.CodeAnalysis.BannedApiAnalyzers",
        "Microsoft.NET.ILLink.Tasks",
    ];

    [Theory]
    [InlineData("net8.0", "System.IO.Pipelines, System.Text.Encodings.Web, System.Text.Json")]
    [InlineData("net10.0", "")]
    public void The_endpoint_brings_no_package_that_its_framework_does_not_have(string framework, string expected) =>
        Assert.Equal(expected, string.Join(", ", Packages("Ocpp.Sdk.AspNetCore", framework)));

    [Theory]
    [InlineData("Ocpp.Sdk.AspNetCore")]
    [InlineData("Ocpp.Sdk.V16")]
    [InlineData("Ocpp.Sdk.V201")]
    [InlineData("Ocpp.Sdk.V21")]
    [InlineData("Ocpp.Sdk.Certificates")]
    [InlineData("Ocpp.Sdk.Certificates.Hosting")]
    [InlineData("Ocpp.Sdk.Certificates.Sqlite")]
    [InlineData("Csms")]
    [InlineData("Station")]
    public void An_application_on_one_node_gets_nothing_of_what_several_need(string project)
    {
        foreach (string framework in Frameworks(project))
        {
            string[] packages = Packages(project, framework);
            output.WriteLine($"{project}, {framework}: {packages.Length} packages: {string.Join(", ", packages)}");
            Assert.DoesNotContain(packages, IsEngine);
        }
    }

    [Fact]
    public void An_application_on_several_nodes_gets_all_of_it()
    {
        string[] packages = Packages("Cluster", "net10.0");
        output.WriteLine($"Cluster: {packages.Length} packages: {string.Join(", ", packages)}");
        Assert.All(
            s_engines,
            engine => Assert.Contains(packages, package => package.Contains(engine, StringComparison.Ordinal))
        );
    }

    private static bool IsEngine(string package) =>
        s_engines.Any(engine => package.Contains(engine, StringComparison.OrdinalIgnoreCase));

    private static string[] Frameworks(string project) => [.. Read(project).Select(framework => framework.Name)];

    private static string[] Packages(string project, string framework) =>
        [
            .. Read(project)
                .Single(one => one.Name == framework)
                .Value.EnumerateObject()
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Select(package => package.Name)
                .Except(s_buildTools)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The target frameworks of a project's lock file, which the gate restores without change.</summary>
    private static JsonProperty[] Read(string project)
    {
        string folder = Path.GetDirectoryName(Repository.Projects[project].File)!;
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "packages.lock.json")));
        return [.. document.RootElement.Clone().GetProperty("dependencies").EnumerateObject()];
    }
}
