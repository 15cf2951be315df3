using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Ocpp.Architecture.Tests;

/// <summary>A project file, with what it references and what its compiled assemblies reference.</summary>
internal sealed record Project
{
    private Project(string file)
    {
        File = file;
        Name = Path.GetFileNameWithoutExtension(file);

        XDocument document = XDocument.Load(file);
        AssemblyName = document.Descendants("AssemblyName").SingleOrDefault()?.Value ?? Name;
        References = Included(document, "ProjectReference")
            .Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))
            .Order(StringComparer.Ordinal)
            .ToArray();
        Packages = Included(document, "PackageReference")
            .Concat(Included(document, "FrameworkReference"))
            .Order(StringComparer.Ordinal)
            .ToArray();
    }

    public string File { get; }

    public string Name { get; }

    public string AssemblyName { get; }

    /// <summary>The projects that the project file references, by name, analyzers among them.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>The packages and shared frameworks that the project file references.</summary>
    public IReadOnlyList<string> Packages { get; }

    public static Project Read(string file) => new(file);

    /// <summary>The assemblies that were built from the project, one for each target framework.</summary>
    public IReadOnlyList<string> Assemblies()
    {
        string output = Path.Combine(Path.GetDirectoryName(File)!, "bin", Repository.Configuration);
        return Directory.Exists(output)
            ? Directory
                .EnumerateDirectories(output)
                .Select(folder => Path.Combine(folder, AssemblyName + ".dll"))
                .Where(System.IO.File.Exists)
                .Order(StringComparer.Ordinal)
                .ToArray()
            : [];
    }

    /// <summary>The names of the assemblies that a compiled assembly references.</summary>
    public static IReadOnlyList<string> ReferencesOf(string assembly)
    {
        using var stream = System.IO.File.OpenRead(assembly);
        using var image = new PEReader(stream);
        MetadataReader metadata = image.GetMetadataReader();
        return metadata
            .AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Order(StringComparer.Ordinal)
            .ToArray();
    }

    private static IEnumerable<string> Included(XDocument document, string item) =>
        document.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
