using Xunit.Abstractions;

namespace Ocpp.Architecture.Tests;

/// <summary>Project files and compiled assemblies reference only what <see cref="AllowedArrows"/> allows.</summary>
public sealed class ReferenceTests(ITestOutputHelper output)
{
    public static TheoryData<string> ProjectNames => new(Repository.Projects.Keys);

    [Fact]
    public void The_projects_and_their_references_are_printed()
    {
        var lines = new List<string>();
        foreach (Project project in Repository.Projects.Values)
        {
            string references = string.Join(", ", project.References);
            string packages = string.Join(", ", project.Packages);
            lines.Add(
                $"{project.Name} -> {(references.Length == 0 ? "none" : references)}; packages: "
                    + $"{(packages.Length == 0 ? "none" : packages)}"
            );
        }

        lines.ForEach(output.WriteLine);
        Assert.Equal(Repository.Projects.Count, lines.Count);
        Assert.Contains("Ocpp.Sdk", Repository.Projects.Keys);
    }

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void A_project_has_exactly_one_row_in_the_table(string name) =>
        Assert.Single(AllowedArrows.Table, arrow => arrow.IsFor(name));

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void A_project_file_references_only_allowed_projects_and_packages(string name)
    {
        Project project = Repository.Projects[name];
        Arrow arrow = AllowedArrows.For(name);

        Assert.Empty(project.References.Where(reference => !arrow.AllowsProject(name, reference)).Select(Named));
        Assert.Empty(project.Packages.Where(package => !arrow.AllowsPackage(name, package)).Select(Named));

        string Named(string reference) => $"{name} -> {reference}";
    }

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void A_compiled_assembly_references_only_what_is_reached_by_allowed_arrows(string name)
    {
        IReadOnlyList<string> assemblies = Repository.Projects[name].Assemblies();
        IReadOnlySet<string> reached = AllowedArrows.Reached(name);

        Assert.NotEmpty(assemblies);
        Assert.All(assemblies, assembly => Assert.DoesNotContain(Project.ReferencesOf(assembly), IsForbidden));

        bool IsForbidden(string reference) =>
            Repository.Projects.ContainsKey(reference)
                ? !reached.Contains(reference)
                : !IsOfTheRuntime(reference)
                    && !reached
                        .Append(name)
                        .Any(project => AllowedArrows.For(project).AllowsPackage(project, reference));
    }

    [Theory]
    [InlineData("Ocpp.Sdk", "Ocpp.Sdk.V201")]
    [InlineData("Ocpp.Sdk", "Ocpp.Sdk.Testing")]
    [InlineData("Ocpp.Sdk.V201", "Ocpp.Sdk.V21")]
    [InlineData("Ocpp.Sdk.AspNetCore", "Ocpp.Sdk.V201")]
    [InlineData("Ocpp.Sdk.AspNetCore", "Ocpp.Sdk.Certificates")]
    [InlineData("Ocpp.Sdk.Certificates", "Ocpp.Sdk.V201")]
    [InlineData("Ocpp.Sdk.Certificates", "Ocpp.Sdk.AspNetCore")]
    [InlineData("Ocpp.Sdk.Certificates", "Ocpp.Sdk.Certificates.Sqlite")]
    [InlineData("Ocpp.Sdk.Certificates", "Ocpp.Sdk.Testing")]
    [InlineData("Ocpp.Sdk.Certificates.V16", "Ocpp.Sdk.V201")]
    [InlineData("Ocpp.Sdk.Certificates.V201", "Ocpp.Sdk.V21")]
    [InlineData("Ocpp.Sdk.Certificates.V21", "Ocpp.Sdk.V201")]
    [InlineData("Ocpp.Sdk.Certificates.Sqlite", "Ocpp.Sdk.Certificates.V201")]
    [InlineData("Ocpp.Sdk.Certificates.PostgreSql", "Ocpp.Sdk.Certificates.Sqlite")]
    [InlineData("Ocpp.Sdk.Stations", "Ocpp.Sdk.V201")]
    [InlineData("Ocpp.Sdk.Stations", "Ocpp.Sdk.AspNetCore")]
    [InlineData("Ocpp.Sdk.Stations.V16", "Ocpp.Sdk.V201")]
    [InlineData("Ocpp.Sdk.Stations.V201", "Ocpp.Sdk.V21")]
    [InlineData("Ocpp.Sdk.Stations.V21", "Ocpp.Sdk.V201")]
    [InlineData("Ocpp.Generators", "Ocpp.Sdk")]
    [InlineData("Station", "Ocpp.Sdk.Certificates.Sqlite")]
    [InlineData("Station", "Ocpp.Sdk.AspNetCore")]
    public void An_arrow_the_wrong_way_is_not_in_the_table(string from, string to) =>
        Assert.False(AllowedArrows.For(from).AllowsProject(from, to));

    [Theory]
    [InlineData("Ocpp.Sdk.Certificates", "Microsoft.Data.Sqlite")]
    [InlineData("Ocpp.Sdk.Certificates", "Npgsql")]
    [InlineData("Ocpp.Sdk.Certificates", "Microsoft.AspNetCore.App")]
    [InlineData("Ocpp.Sdk", "Microsoft.AspNetCore.App")]
    [InlineData("Ocpp.Sdk.V201", "NJsonSchema")]
    public void A_package_that_belongs_elsewhere_is_not_in_the_table(string from, string package) =>
        Assert.False(AllowedArrows.For(from).AllowsPackage(from, package));

    [Fact]
    public void An_unknown_project_has_no_row() =>
        Assert.DoesNotContain(AllowedArrows.Table, arrow => arrow.IsFor("Ocpp.Sdk.Unknown"));

    private static bool IsOfTheRuntime(string reference) =>
        reference is "netstandard" or "mscorlib"
        || reference.StartsWith("System.", StringComparison.Ordinal)
        || reference.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);
}
