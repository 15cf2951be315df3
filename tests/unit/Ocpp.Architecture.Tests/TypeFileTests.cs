using System.Text.RegularExpressions;

namespace Ocpp.Architecture.Tests;

/// <summary>
/// A file has one type and its name, and a folder has one namespace and its name. Nested types are part of their type.
/// </summary>
public sealed partial class TypeFileTests
{
    /// <summary>
    /// Files with more than one type, each with the reason: the types are read together or not at all.
    /// </summary>
    private static readonly Dictionary<string, string> s_several = new()
    {
        ["generators/Ocpp.Schemas/Model/SchemaFile.cs"] = "a schema file and what it declares",
        ["generators/Ocpp.Schemas/Model/SchemaSet.cs"] = "the result of a merge and its rows",
        ["generators/Ocpp.Schemas/Model/TypeModel.cs"] = "a closed hierarchy of immutable records",
        ["generators/Ocpp.Schemas/Model/ValueModel.cs"] = "a record and the enumeration that distinguishes it",
        ["generators/Ocpp.Schemas/Parsing/JsonSyntax.cs"] = "a closed hierarchy of immutable records",
    };

    /// <summary>
    /// Namespaces of others that types are put into: extension methods where .NET's own are found, and types that the
    /// compiler looks for.
    /// </summary>
    private static readonly HashSet<string> s_foreignNamespaces =
    [
        "Microsoft.AspNetCore.Builder",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.Extensions.DependencyInjection",
        "Orleans.Hosting",
        "System.Runtime.CompilerServices",
    ];

    public static TheoryData<string> ProjectFolders =>
        new(
            Repository
                .Projects.Values.Select(project => Path.GetRelativePath(Repository.Folder, project.File))
                .Where(file => !file.StartsWith("samples", StringComparison.Ordinal))
                .Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/'))
        );

    [Theory]
    [MemberData(nameof(ProjectFolders))]
    public void A_file_has_one_type_that_it_is_named_after(string folder)
    {
        var faults = new List<string>();
        foreach ((string file, string code) in Files(folder))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            string[] types = [.. TypesIn(code)];
            if (s_several.ContainsKey(file) ? !types.Contains(name) : !(types is [string type] && IsNamed(name, type)))
            {
                faults.Add($"{file}: {string.Join(", ", types)}");
            }
        }

        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(ProjectFolders))]
    public void A_namespace_is_that_of_its_folder(string folder)
    {
        string[] faults =
        [
            .. Files(folder)
                .Where(file => NamespaceIn(file.Code) != NamespaceOf(file.Path))
                .Where(file => !s_foreignNamespaces.Contains(NamespaceIn(file.Code)))
                .Select(file => $"{file.Path}: {NamespaceIn(file.Code)} in place of {NamespaceOf(file.Path)}"),
        ];

        Assert.Empty(faults);
    }

    [Fact]
    public void A_file_that_is_listed_for_several_types_has_several()
    {
        Assert.All(
            s_several.Keys,
            file =>
                Assert.NotEqual(1, TypesIn(File.ReadAllText(Path.Combine(Repository.Folder, file))).Distinct().Count())
        );
    }

    [Theory]
    [InlineData("public sealed class A\n{\n    private sealed class B;\n}\n\ninternal enum C\n{\n}", "A C")]
    [InlineData("public delegate T A<out T>(ref B b);\npublic readonly record struct C(int D);", "A C")]
    [InlineData("public ref partial struct A\n{\n}\n\n// class B\nfile static class C;", "A C")]
    [InlineData("internal interface IA<TB>\n    where TB : class;", "IA")]
    public void Types_are_found_and_nested_ones_are_not(string code, string names) =>
        Assert.Equal(names.Split(' '), TypesIn(code));

    // The top-level program of a command declares no type.
    private static IEnumerable<(string Path, string Code)> Files(string folder) =>
        Repository
            .SourceFiles(folder)
            .Where(file => Path.GetFileName(file) != "Program.cs")
            .Select(file => (Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/'), File.ReadAllText(file)));

    private static IEnumerable<string> TypesIn(string code) =>
        Declaration().Matches(code).Select(match => match.Groups["name"].Value);

    // Parts of a type are Type.Part.cs, and the generic neighbour of a type is TypeOfT.cs.
    private static bool IsNamed(string file, string type) =>
        file == type || file == type + "OfT" || file.StartsWith(type + ".", StringComparison.Ordinal);

    private static string NamespaceIn(string code) => NamespaceDeclaration().Match(code).Groups["name"].Value;

    private static string NamespaceOf(string file)
    {
        string[] folders = Path.GetDirectoryName(file)!.Replace('\\', '/').Split('/');
        return string.Join('.', folders.Skip(1)).Replace(".Sdk", "", StringComparison.Ordinal);
    }

    // Formatting puts declarations of a namespace at the start of a line, and nested ones never.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*"
            + @"(?:class|struct|interface|enum|record(?: struct| class)?|delegate [^(\n]+?) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NamespaceDeclaration();
}
