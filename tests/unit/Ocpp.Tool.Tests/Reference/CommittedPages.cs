using System.Reflection;
using System.Text.RegularExpressions;

namespace Ocpp.Tool.Tests.Reference;

/// <summary>The reference as it stands in this repository.</summary>
internal static partial class CommittedPages
{
    public static string Folder { get; } = Metadata("ReferenceFolder");

    public static string Schemas { get; } = Metadata("SchemaFolder");

    /// <summary>The folder of the generator's own test schemas, in which each keyword stands.</summary>
    public static string EveryKeyword { get; } = Metadata("EveryKeywordFolder");

    /// <summary>The names of the files, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>
    /// The JSON of a page's code blocks, in their order: request, its frame; response, its frame, where there is one.
    /// </summary>
    public static string[] ExamplesOf(string action) =>
        [.. JsonBlock().Matches(Read(action + ".md")).Select(match => match.Groups[1].Value)];

    private static string Metadata(string key) =>
        typeof(CommittedPages)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;

    [GeneratedRegex("\n```json\n(.*?)\n```\n", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
