using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ocpp.Architecture.Tests;

/// <summary>
/// The runtime, the endpoint, the core of certificate signing and that of stations name no version or message of OCPP.
/// </summary>
public sealed partial class NeutralityTests
{
    /// <summary>
    /// The files that have names as data: what the published versions do differently, the instances of variables that
    /// the specification defines, and what the event of a transaction is called in all versions.
    /// </summary>
    private static readonly string[] s_tables =
    [
        "KnownProtocolRules.cs",
        "StandardInstances.cs",
        "TransactionEventNames.cs",
    ];

    private static readonly HashSet<string> s_types = TypesOfTheSchemas();

    [Theory]
    [InlineData("src/Ocpp.Sdk")]
    [InlineData("src/Ocpp.Sdk.AspNetCore")]
    [InlineData("src/Ocpp.Sdk.Certificates")]
    [InlineData("src/Ocpp.Sdk.Stations")]
    public void No_code_names_a_version_or_a_message(string folder)
    {
        string[] files = [.. Repository.SourceFiles(folder).Where(file => !s_tables.Contains(Path.GetFileName(file)))];

        Assert.NotEmpty(files);
        Assert.Empty(
            files.SelectMany(file =>
                Named(File.ReadAllText(file)).Select(name => $"{Path.GetRelativePath(Repository.Folder, file)}: {name}")
            )
        );
    }

    [Theory]
    [InlineData("using Ocpp.V201;", "V201")]
    [InlineData("var request = new BootNotificationRequest();", "BootNotificationRequest")]
    [InlineData("GenericStatusEnumType status;", "GenericStatusEnumType")]
    [InlineData("if (action == \"SignCertificate\") // a comment", "\"SignCertificate\"")]
    [InlineData("Accept(\"ocpp2.0.1\");", "\"ocpp2.0.1\"")]
    public void A_version_or_a_message_in_code_is_found(string code, string name) => Assert.Equal([name], Named(code));

    [Theory]
    [InlineData("/// <summary>As <c>BootNotificationRequest</c> does (OCPP 2.0.1 part 4).</summary>")]
    [InlineData("// BootNotificationRequest, V201")]
    [InlineData("string url = \"ws://host//ocpp\";")]
    [InlineData("Reset();")]
    [InlineData("OcppCloseReason Reason { get; }")]
    public void Comments_and_common_words_are_not_names_of_messages(string code) => Assert.Empty(Named(code));

    // Comments may explain by example; code may not depend on one.
    private static IEnumerable<string> Named(string source)
    {
        foreach (Match token in Tokens().Matches(source))
        {
            string text = token.Value;
            if (text.StartsWith("//", StringComparison.Ordinal) || text.StartsWith("/*", StringComparison.Ordinal))
            {
                continue;
            }

            bool isText = text[0] is '"';
            if (
                isText
                    ? Actions.Contains(text.Trim('"')) || Subprotocol().IsMatch(text)
                    : s_types.Contains(text) || VersionName().IsMatch(text)
            )
            {
                yield return text;
            }
        }
    }

    private static HashSet<string> Actions { get; } =
        SchemaFiles()
            .Select(file => Regex.Replace(Path.GetFileNameWithoutExtension(file), "(Request|Response)$", ""))
            .ToHashSet();

    private static HashSet<string> TypesOfTheSchemas()
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in SchemaFiles())
        {
            types.Add(Path.GetFileNameWithoutExtension(file));
            using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(file));
            if (schema.RootElement.TryGetProperty("definitions", out JsonElement definitions))
            {
                types.UnionWith(definitions.EnumerateObject().Select(definition => definition.Name));
            }
        }

        // A single word, such as Reason of OCPP 1.6, is a name that any code may use.
        types.RemoveWhere(type => !type.Skip(1).Any(char.IsUpper));
        return types;
    }

    private static IEnumerable<string> SchemaFiles() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Folder, "schemas"), "*.json", SearchOption.AllDirectories);

    [GeneratedRegex(
        """//[^\r\n]*|/\*[\s\S]*?\*/|"{3}[\s\S]*?"{3}|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\])'|[A-Za-z_][A-Za-z0-9_]*"""
    )]
    private static partial Regex Tokens();

    [GeneratedRegex("^V[0-9]{2,3}$|^Ocpp[0-9]+")]
    private static partial Regex VersionName();

    [GeneratedRegex(@"ocpp[0-9]+\.[0-9]")]
    private static partial Regex Subprotocol();
}
