using System.Reflection;
using System.Text.RegularExpressions;
using Ocpp.V16;
using Ocpp.V201;
using Ocpp.V21;

namespace Ocpp.Tool.Tests.Reference;

/// <summary>The reference of one version as it is in this repository.</summary>
/// <param name="Protocol">The messages that it is about.</param>
/// <param name="Folder">The folder of its pages.</param>
/// <param name="Schemas">The folder of the schemas that it is written from.</param>
/// <param name="Options">The further arguments that it is written with.</param>
internal sealed partial record CommittedPages(
    OcppProtocol Protocol,
    string Folder,
    string Schemas,
    IReadOnlyList<string> Options
)
{
    public static CommittedPages Of201 { get; } =
        new(Ocpp201Protocol.Instance, Document("messages"), Schema("ocpp-2.0.1"), []);

    public static CommittedPages Of16 { get; } =
        new(
            Ocpp16Protocol.Instance,
            Document("messages-1.6"),
            Schema("ocpp-1.6"),
            ["--namespace", "Ocpp.V16", "--protocol", "ocpp1.6"]
        );

    public static CommittedPages Of21 { get; } =
        new(
            Ocpp21Protocol.Instance,
            Document("messages-2.1"),
            Schema("ocpp-2.1"),
            ["--namespace", "Ocpp.V21", "--protocol", "ocpp2.1"]
        );

    public static IReadOnlyList<CommittedPages> All { get; } = [Of16, Of201, Of21];

    /// <summary>The folder of the generator's own test schemas, which have each keyword.</summary>
    public static string EveryKeyword { get; } = Metadata("EveryKeywordFolder");

    /// <summary>The names of the files, in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; } =
    [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>The reference of the version with this subprotocol.</summary>
    public static CommittedPages Of(string subprotocol) =>
        All.Single(pages => pages.Protocol.Subprotocol == subprotocol);

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>
    /// The JSON of a page's code blocks, in their order: request, its frame; response, its frame, where there is one.
    /// </summary>
    public string[] ExamplesOf(string action) =>
        [.. JsonBlock().Matches(Read(action + ".md")).Select(match => match.Groups[1].Value)];

    private static string Document(string folder) => Path.Combine(Metadata("DocumentsFolder"), folder);

    private static string Schema(string folder) => Path.Combine(Metadata("SchemasFolder"), folder);

    private static string Metadata(string key) =>
        typeof(CommittedPages)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;

    [GeneratedRegex("\n```json\n(.*?)\n```\n", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
