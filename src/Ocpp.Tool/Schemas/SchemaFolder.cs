using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Diagnostics;
using Ocpp.Schemas.Model;
using Ocpp.Schemas.Parsing;
using Ocpp.Security;

namespace Ocpp.Tool.Schemas;

/// <summary>
/// The schemas of a folder, read by the generator's own parser: types and names are those of the generated code.
/// </summary>
internal sealed class SchemaFolder
{
    public const string DefaultNamespace = "Ocpp.V201";
    public const string DefaultProtocol = "ocpp2.0.1";

    private readonly Dictionary<string, PlacedType> _types;

    private SchemaFolder(SchemaSet set, IReadOnlyList<string> payloads)
    {
        Set = set;
        Payloads = payloads;
        _types = set.Types.ToDictionary(type => type.Type.Name, StringComparer.Ordinal);
    }

    public SchemaSet Set { get; }

    /// <summary>The C# names of the payloads, one a file, in ordinal order.</summary>
    public IReadOnlyList<string> Payloads { get; }

    /// <summary>Reads all <c>*.json</c> of a folder.</summary>
    /// <param name="path">The folder, spelled as defects shall show it.</param>
    /// <param name="error">Where each defect is written, with its file, line, column and id.</param>
    /// <returns>The schemas; none when there are none, or when one has a defect.</returns>
    public static SchemaFolder? Read(
        string path,
        TextWriter error,
        string @namespace = DefaultNamespace,
        string protocol = DefaultProtocol
    )
    {
        string[] paths = [.. Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)];
        string requestFiles = RequestFilesOf([.. paths.Select(file => Path.GetFileNameWithoutExtension(file))]);
        SchemaFile[] files =
        [
            .. paths.Select(file =>
                SchemaParser.Parse(
                    new SchemaInput(file, Path.GetFileNameWithoutExtension(file), TextOf(file), @namespace, protocol)
                    {
                        RequestFiles = requestFiles,
                    },
                    default
                )
            ),
        ];
        if (files.Length == 0)
        {
            error.WriteLine($"{PrintableText.Of(path, int.MaxValue)}: no schema (*.json) in this folder.");
            return null;
        }

        MergedSchemas merged = SchemaMerger.Merge([.. files]);
        Defect[] defects = [.. files.SelectMany(file => file.Defects).Concat(merged.Defects)];
        foreach (Defect defect in defects)
        {
            error.WriteLine(PrintableText.Of(defect.ToString(), int.MaxValue));
        }

        return defects.Any(defect => defect.Kind.IsError)
            ? null
            : new SchemaFolder(
                merged.Sets.Single(),
                [.. files.Select(file => Naming.ToPascalCase(file.Input.Payload)).Order(StringComparer.Ordinal)]
            );
    }

    /// <summary>
    /// How the folder names the files of requests: as OCPP 1.6 is published, <c>Foo.json</c> is the request beside
    /// <c>FooResponse.json</c>.
    /// </summary>
    private static string RequestFilesOf(HashSet<string> names)
    {
        const string Response = nameof(Response);
        return names.Any(name =>
            name.EndsWith(Response, StringComparison.Ordinal)
            && names.Contains(name[..^Response.Length])
            && !names.Contains($"{name[..^Response.Length]}Request")
        )
            ? SchemaInput.NamedAsAction
            : "";
    }

    public PlacedType Type(string name) => _types[name];

    public PlacedType? FindType(string name) => _types.GetValueOrDefault(name);

    /// <summary>The object that a property or an item of it holds.</summary>
    /// <returns>None when it holds no object.</returns>
    public ObjectModel? ObjectIn(ValueModel value) => TypeIn(value) as ObjectModel;

    /// <summary>Properties in the order of interest: required ones, those of substance, room for vendors.</summary>
    public IEnumerable<PropertyModel> InReadingOrder(ObjectModel model) =>
        model.Properties.OrderBy(property =>
            property.IsRequired ? 0
            : ObjectIn(property.Value) is { IsOpen: true } ? 2
            : 1
        );

    /// <summary>
    /// The types of the payloads and of all that is in them, each once, in the order in which a reader meets them.
    /// </summary>
    public IReadOnlyList<TypeModel> TypesWithin(params IEnumerable<string> payloads)
    {
        var met = new List<TypeModel>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string payload in payloads)
        {
            Meet(Type(payload).Type);
        }

        return met;

        void Meet(TypeModel type)
        {
            if (!seen.Add(type.Name))
            {
                return;
            }

            met.Add(type);
            foreach (PropertyModel property in type is ObjectModel model ? InReadingOrder(model) : [])
            {
                if (TypeIn(property.Value) is { } inner)
                {
                    Meet(inner);
                }
            }
        }
    }

    private TypeModel? TypeIn(ValueModel value) =>
        value switch
        {
            { Item: { } item } => TypeIn(item),
            { TypeName: { } name } => Type(name).Type,
            _ => null,
        };

    /// <returns>None when the file can't be read, which the parser reports as it reports all else.</returns>
    private static string? TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
