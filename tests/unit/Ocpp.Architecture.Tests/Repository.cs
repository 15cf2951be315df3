using System.Reflection;

namespace Ocpp.Architecture.Tests;

/// <summary>The folder of the repository that these tests were built in, and its projects.</summary>
internal static class Repository
{
    public static string Folder { get; } = Metadata("RepositoryFolder");

    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>All projects under src, generators and samples, by name.</summary>
    public static IReadOnlyDictionary<string, Project> Projects { get; } =
        new[] { "src", "generators", "samples" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.csproj", SearchOption.AllDirectories)
            )
            .Select(Project.Read)
            .OrderBy(project => project.Name, StringComparer.Ordinal)
            .ToDictionary(project => project.Name);

    /// <summary>The C# files that are written by hand in a folder of the repository.</summary>
    public static IEnumerable<string> SourceFiles(string folder)
    {
        string root = Path.Combine(Folder, folder);
        return Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
            )
            .Order(StringComparer.Ordinal);
    }

    private static string Metadata(string key) =>
        typeof(Repository)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;
}
