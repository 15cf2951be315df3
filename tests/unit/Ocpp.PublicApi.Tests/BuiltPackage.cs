using System.Reflection;
using System.Runtime.Loader;

namespace Ocpp.PublicApi.Tests;

/// <summary>A package's assembly for one framework, as it was built, with those of ours that it stands on.</summary>
internal sealed class BuiltPackage : AssemblyLoadContext
{
    private readonly string _folder;

    private BuiltPackage(string name, string framework)
        : base(isCollectible: true) =>
        _folder = Path.Combine(Metadata("SourceFolder"), name, "bin", Metadata("Configuration"), framework);

    public static Assembly Load(string name, string framework) =>
        new BuiltPackage(name, framework).LoadFromAssemblyName(new AssemblyName(name));

    public static string Metadata(string key) =>
        typeof(BuiltPackage)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Others are the framework's: it is the same types that both stand on.
        string file = Path.Combine(_folder, assemblyName.Name + ".dll");
        return assemblyName.Name!.StartsWith("Ocpp.", StringComparison.Ordinal) && File.Exists(file)
            ? LoadFromAssemblyPath(file)
            : null;
    }
}
