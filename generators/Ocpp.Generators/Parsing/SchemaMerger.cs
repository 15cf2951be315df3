using System.Collections.Immutable;
using Ocpp.Generators.Diagnostics;
using Ocpp.Generators.Model;

namespace Ocpp.Generators.Parsing;

/// <summary>
/// Merges the files of each namespace and protocol: one type a name, and the actions that requests and responses make.
/// Takes the files in the order of their names, so that the result does not depend on the build's order.
/// </summary>
internal static class SchemaMerger
{
    private const string Request = nameof(Request);
    private const string Response = nameof(Response);

    public static MergedSchemas Merge(ImmutableArray<SchemaFile> files)
    {
        var defects = new List<Defect>();
        SchemaSet[] sets = files
            .Where(static file => file.Input.Namespace.Length > 0 && file.Input.Protocol.Length > 0)
            .GroupBy(static file => (file.Input.Namespace, file.Input.Protocol))
            .OrderBy(static group => group.Key.Namespace, StringComparer.Ordinal)
            .ThenBy(static group => group.Key.Protocol, StringComparer.Ordinal)
            .Select(group => MergeSet(
                group.Key.Namespace, group.Key.Protocol, group.OrderBy(static file => file.Input.Name, StringComparer.Ordinal).ToArray(), defects))
            .ToArray();
        return new MergedSchemas(sets.ToEquatableArray(), defects.ToEquatableArray());
    }

    private static SchemaSet MergeSet(string @namespace, string protocol, SchemaFile[] files, List<Defect> defects)
    {
        string prefix = Naming.ToClassPrefix(protocol);
        var declared = new Dictionary<string, (DeclaredType Type, string File)>(StringComparer.OrdinalIgnoreCase)
        {
            [prefix + "JsonContext"] = default,
            [prefix + "Protocol"] = default,
        };

        foreach (SchemaFile file in files)
        {
            foreach (DeclaredType type in file.Types)
            {
                Declare(type, file.Input.Name + ".json");
            }
        }

        ActionModel[] actions = FindActions(files, defects);
        var requests = actions.ToDictionary(static action => action.Request, StringComparer.Ordinal);
        PlacedType[] types = declared.Values
            .Where(static entry => entry.Type is not null)
            .Select(static entry => entry.Type.Type)
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(type => requests.TryGetValue(type.Name, out ActionModel? action)
                ? new PlacedType(@namespace, type, action.Name, action.Response)
                : new PlacedType(@namespace, type, null, null))
            .ToArray();
        return new SchemaSet(@namespace, protocol, prefix, types.ToEquatableArray(), actions.ToEquatableArray());

        void Declare(DeclaredType type, string file)
        {
            string name = type.Type.Name;
            if (!declared.TryGetValue(name, out (DeclaredType Type, string File) first))
            {
                declared.Add(name, (type, file));
            }
            else if (first.Type is null || first.Type.Type.Name != name)
            {
                // The generated files' names compare without case, so names that differ only in case can't stand together.
                string other = first.Type?.Type.Name ?? "the generated class of the protocol";
                defects.Add(new Defect(Descriptors.NameCollision, type.Place, name, other, name));
            }
            else if (!first.Type.Type.WithoutDescriptions().Equals(type.Type.WithoutDescriptions()))
            {
                defects.Add(new Defect(Descriptors.ConflictingDefinitions, type.Place, name, first.File, file));
            }
        }
    }

    private static ActionModel[] FindActions(SchemaFile[] files, List<Defect> defects)
    {
        var names = new HashSet<string>(files.Select(static file => file.Input.Name), StringComparer.Ordinal);
        var actions = new List<ActionModel>();
        foreach (SchemaFile file in files)
        {
            string name = file.Input.Name;
            if (!name.EndsWith(Response, StringComparison.Ordinal))
            {
                continue;
            }

            string action = name.Substring(0, name.Length - Response.Length);
            if (names.Contains(action + Request))
            {
                actions.Add(new ActionModel(action, Naming.ToPascalCase(action + Request), Naming.ToPascalCase(name)));
            }
            else
            {
                defects.Add(new Defect(Descriptors.ResponseWithoutRequest, file.RootPlace, name, action + Request));
            }
        }

        return actions.ToArray();
    }
}
