using System.Reflection;

namespace Ocpp.Generators.Diagnostics;

/// <summary>Where the page of a diagnostic is.</summary>
internal static class HelpLink
{
    private const string Folder = "docs/diagnostics/";

    private static readonly string s_root =
        typeof(HelpLink)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(static attribute => attribute.Key == "DiagnosticsRoot")
            ?.Value
        ?? "";

    /// <summary>
    /// The address of the page in the repository that the build names as its <c>RepositoryUrl</c>; where it names none,
    /// the path of the page within the repository, which is its path within the package too.
    /// </summary>
    public static string Of(string id) => $"{s_root}{Folder}{id}.md";
}
