using System.Text.RegularExpressions;

namespace Ocpp.Architecture.Tests;

/// <summary>
/// A row of the table of allowed references: projects whose name matches <paramref name="From"/> may reference
/// projects and packages whose name matches one of the patterns. <c>$1</c> in a pattern is the first group of
/// <paramref name="From"/>.
/// </summary>
internal sealed record Arrow(string From, string[] Projects, string[] Packages)
{
    public bool IsFor(string project) => Matches(project, From);

    public bool AllowsProject(string from, string to) => Allows(from, to, Projects);

    public bool AllowsPackage(string from, string package) => Allows(from, package, Packages);

    private bool Allows(string from, string to, string[] patterns)
    {
        string group = Regex.Escape(Regex.Match(from, $"^(?:{From})$").Groups[1].Value);
        return patterns.Any(pattern => Matches(to, pattern.Replace("$1", group, StringComparison.Ordinal)));
    }

    private static bool Matches(string name, string pattern) =>
        Regex.IsMatch(name, $"^(?:{pattern})$", RegexOptions.CultureInvariant);
}
