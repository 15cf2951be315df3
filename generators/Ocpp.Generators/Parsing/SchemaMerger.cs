using System.Collections.Immutable;
using Ocpp.Generators.Diagnostics;
using Ocpp.Generators.Model;

namespace Ocpp.Generators.Parsing;

/// <summary>
/// Merges the files of each namespace and protocol: one type a name, and the actions that the payloads make.
/// Takes the files in the order of their names, so that the result does not depend on the build's order.
/// </summary>
internal static class SchemaMerger
{
    private const string Request = nameof(Request);
    private const string Response = nameof(Response);

    /// <summary>The context has a property of each type's name, beside these members.</summary>
    private static readonly HashSet<string> s_contextMembers = new(StringComparer.Ordinal)
    {
        "Default", "Options", "Get", "Create", "GetTypeInfo", "GeneratedSerializerOptions", "Equals", "GetHashCode", "GetType",
        "ToString", "ReferenceEquals", "MemberwiseClone", "Finalize",
    };

    public static MergedSchemas Merge(ImmutableArray<SchemaFile> files)
    {
        var defects = new List<Defect>();
        var protocols = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        SchemaSet[] sets = files
            .Where(static file => MetadataForm.IsComplete(file.Input))
            .GroupBy(static file => (file.Input.Namespace, file.Input.Protocol))
            .OrderBy(static group => group.Key.Namespace, StringComparer.Ordinal)
            .ThenBy(static group => group.Key.Protocol, StringComparer.Ordinal)
            .Select(static group => (group.Key, Files: group
                .OrderBy(static file => file.Input.Name, StringComparer.Ordinal)
                .ThenBy(static file => file.Input.Path, StringComparer.Ordinal)
                .ToArray()))
            .Where(set => ClaimNamespace(set.Key.Namespace, set.Key.Protocol, set.Files[0]))
            .Select(set => MergeSet(set.Key.Namespace, set.Key.Protocol, set.Files, defects))
            .ToArray();
        return new MergedSchemas(sets.ToEquatableArray(), defects.ToEquatableArray());

        // Two protocols in one namespace would each have their own StatusInfoType, and so on.
        bool ClaimNamespace(string @namespace, string protocol, SchemaFile file)
        {
            if (protocols.TryGetValue(@namespace, out string? other))
            {
                defects.Add(new Defect(Descriptors.NameCollision, file.RootPlace, protocol, $"'{other}'", @namespace));
                return false;
            }

            protocols.Add(@namespace, protocol);
            return true;
        }
    }

    private static SchemaSet MergeSet(string @namespace, string protocol, SchemaFile[] files, List<Defect> defects)
    {
        string prefix = Naming.ToClassPrefix(protocol);
        var declared = new Dictionary<string, (DeclaredType Type, string File)>(StringComparer.OrdinalIgnoreCase)
        {
            [prefix + "JsonContext"] = default,
            [prefix + "Protocol"] = default,
        };

        files = WithoutTwins(files, defects);
        foreach (SchemaFile file in files)
        {
            foreach (DeclaredType type in file.Types)
            {
                Declare(type, file.Input.Name + ".json");
            }
        }

        foreach ((DeclaredType Type, string File) entry in declared.Values.ToArray())
        {
            CheckName(entry.Type);
        }

        ActionModel[] actions = FindActions(files, defects);
        var requests = actions.ToDictionary(static action => action.Request, StringComparer.Ordinal);
        var senders = files.ToDictionary(static file => Naming.ToPascalCase(file.Input.Name), static file => file.Sender, StringComparer.Ordinal);
        PlacedType[] types = declared.Values
            .Where(static entry => entry.Type is not null)
            .Select(static entry => entry.Type.Type)
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(type => requests.TryGetValue(type.Name, out ActionModel? action)
                ? new PlacedType(@namespace, type, action.Name, action.Response, senders[type.Name])
                : new PlacedType(@namespace, type, null, null, senders.TryGetValue(type.Name, out string? sender) ? sender : null))
            .ToArray();
        return new SchemaSet(@namespace, protocol, prefix, types.ToEquatableArray(), actions.ToEquatableArray());

        void CheckName(DeclaredType? type)
        {
            if (type is not null && s_contextMembers.Contains(type.Type.Name))
            {
                defects.Add(new Defect(Descriptors.NameCollision, type.Place, type.Type.Name, "a member of the serializer context", type.Type.Name));
            }
            else if (type is not null && (Naming.IsTakenByRecord(type.Type.Name) || type.Type.Name is "ToWireName" or "TryParse" or "ToQuotedUtf8"))
            {
                defects.Add(new Defect(Descriptors.NameCollision, type.Place, type.Type.Name, "a member of generated types", type.Type.Name));
            }

            foreach (string name in type?.Type is EnumModel model ? new[] { model.Name + "Names", model.Name + "Converter" } : [])
            {
                if (declared.TryGetValue(name, out (DeclaredType Type, string File) other) && other.Type?.Type.Name == name)
                {
                    defects.Add(new Defect(Descriptors.NameCollision, other.Type.Place, name, $"a class of the enumeration {type!.Type.Name}", name));
                }
            }
        }

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

    /// <summary>Leaves out the files whose payload has the C# name of one before.</summary>
    private static SchemaFile[] WithoutTwins(SchemaFile[] files, List<Defect> defects)
    {
        var first = new Dictionary<string, SchemaFile>(StringComparer.OrdinalIgnoreCase);
        var kept = new List<SchemaFile>(files.Length);
        foreach (SchemaFile file in files)
        {
            string name = Naming.ToPascalCase(file.Input.Name);
            if (!first.TryGetValue(name, out SchemaFile? other))
            {
                first.Add(name, file);
                kept.Add(file);
                continue;
            }

            string subject = other.Input.Name == file.Input.Name ? "another file" : $"'{other.Input.Name}'";
            defects.Add(new Defect(Descriptors.NameCollision, file.RootPlace, file.Input.Name, subject, name));
        }

        return kept.ToArray();
    }

    /// <summary>A request and a response of one name make an action; so does a message that is named as neither.</summary>
    private static ActionModel[] FindActions(SchemaFile[] files, List<Defect> defects)
    {
        var byName = files.ToDictionary(static file => file.Input.Name, StringComparer.Ordinal);
        var actions = new List<ActionModel>();
        foreach (SchemaFile file in files)
        {
            string name = file.Input.Name;
            if (name.EndsWith(Response, StringComparison.Ordinal))
            {
                FindRequest(file, name.Substring(0, name.Length - Response.Length));
            }
            else if (!name.EndsWith(Request, StringComparison.Ordinal))
            {
                AddOneWay(file, name);
            }
        }

        return actions.OrderBy(static action => action.Name, StringComparer.Ordinal).ToArray();

        void FindRequest(SchemaFile response, string action)
        {
            if (byName.TryGetValue(action + Request, out SchemaFile? request))
            {
                Add(action, request, response);
            }
            else
            {
                defects.Add(new Defect(Descriptors.ResponseWithoutRequest, response.RootPlace, action + Response, action + Request));
            }
        }

        void AddOneWay(SchemaFile message, string action)
        {
            if (byName.ContainsKey(action + Request) && byName.ContainsKey(action + Response))
            {
                defects.Add(new Defect(
                    Descriptors.ConflictingDefinitions, message.RootPlace, action, $"{action}.json", $"{action}{Request}.json"));
            }
            else
            {
                Add(action, message, null);
            }
        }

        // A file with a defect has no types: its action is left out, so that the compiler does not report it once more.
        void Add(string action, SchemaFile request, SchemaFile? response)
        {
            if (request.Types.Count > 0 && response?.Types.Count != 0)
            {
                string? responseName = response is null ? null : Naming.ToPascalCase(response.Input.Name);
                actions.Add(new ActionModel(action, Naming.ToPascalCase(request.Input.Name), responseName, request.Sender));
            }
        }
    }
}
