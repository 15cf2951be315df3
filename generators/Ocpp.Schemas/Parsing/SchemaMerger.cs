using System.Globalization;
using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Diagnostics;
using Ocpp.Schemas.Model;

namespace Ocpp.Schemas.Parsing;

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
        "Default",
        "Relaxed",
        "Options",
        "Get",
        "Create",
        "GetTypeInfo",
        "GeneratedSerializerOptions",
        "Equals",
        "GetHashCode",
        "GetType",
        "ToString",
        "ReferenceEquals",
        "MemberwiseClone",
        "Finalize",
    };

    public static MergedSchemas Merge(IReadOnlyList<SchemaFile> files)
    {
        var defects = new List<Defect>();
        var protocols = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        SchemaSet[] sets = files
            .Where(static file => MetadataForm.IsComplete(file.Input))
            .GroupBy(static file => (file.Input.Namespace, file.Input.Protocol))
            .OrderBy(static group => group.Key.Namespace, StringComparer.Ordinal)
            .ThenBy(static group => group.Key.Protocol, StringComparer.Ordinal)
            .Select(static group =>
                (
                    group.Key,
                    Files: group
                        .OrderBy(static file => file.Input.Payload, StringComparer.Ordinal)
                        .ThenBy(static file => file.Input.Path, StringComparer.Ordinal)
                        .ToArray()
                )
            )
            .Where(set => ClaimNamespace(set.Key.Namespace, set.Key.Protocol, set.Files[0]))
            .Select(set => MergeSet(set.Key.Namespace, set.Key.Protocol, set.Files, defects))
            .ToArray();
        return new MergedSchemas(sets.ToEquatableArray(), defects.ToEquatableArray());

        // Two protocols in one namespace would each have their own StatusInfoType, and so on.
        bool ClaimNamespace(string @namespace, string protocol, SchemaFile file)
        {
            if (protocols.TryGetValue(@namespace, out string? other))
            {
                defects.Add(new Defect(DefectKinds.NameCollision, file.RootPlace, protocol, $"'{other}'", @namespace));
                return false;
            }

            protocols.Add(@namespace, protocol);
            return true;
        }
    }

    private static SchemaSet MergeSet(string @namespace, string protocol, SchemaFile[] files, List<Defect> defects)
    {
        string prefix = Naming.ToClassPrefix(protocol);

        // The generated files' names compare without case, so names that differ only in case collide.
        var declared = new Dictionary<string, List<Declaration>>(StringComparer.OrdinalIgnoreCase)
        {
            [prefix + "JsonContext"] = [],
            [prefix + "JsonSchemas"] = [],
            [prefix + "Protocol"] = [],
        };

        files = TypesInPlace.Unite(WithoutTwins(files, defects));
        foreach (SchemaFile file in files)
        {
            foreach (DeclaredType type in file.Types)
            {
                Declare(type, file.Input.Name + ".json");
            }
        }

        DeclaredType[] models = declared
            .Values.Where(static declarations => declarations.Count > 0)
            .Select(declarations => Unite(declarations, defects))
            .OrderBy(static type => type.Type.Name, StringComparer.Ordinal)
            .ToArray();
        foreach (DeclaredType type in models)
        {
            CheckName(type);
        }

        bool byName = files.Any(static file => file.Input.Secrets == SchemaInput.ByName);
        models = MarkSecrets(@namespace, models, byName, defects);
        ActionModel[] actions = FindActions(files, defects);
        var requests = actions.ToDictionary(static action => action.Request, StringComparer.Ordinal);
        var senders = files.ToDictionary(
            static file => Naming.ToPascalCase(file.Input.Payload),
            static file => file.Sender,
            StringComparer.Ordinal
        );
        PlacedType[] types = models
            .Select(static model => model.Type)
            .Select(type =>
                requests.TryGetValue(type.Name, out ActionModel? action)
                    ? new PlacedType(@namespace, type, action.Name, action.Response, senders[type.Name])
                    : new PlacedType(
                        @namespace,
                        type,
                        null,
                        null,
                        senders.TryGetValue(type.Name, out string? sender) ? sender : null
                    )
            )
            .ToArray();
        return new SchemaSet(@namespace, protocol, prefix, types.ToEquatableArray(), actions.ToEquatableArray());

        void CheckName(DeclaredType type)
        {
            string name = type.Type.Name;
            if (s_contextMembers.Contains(name))
            {
                defects.Add(
                    new Defect(DefectKinds.NameCollision, type.Place, name, "a member of the serializer context", name)
                );
            }
            else if (Naming.IsTakenByRecord(name) || name is "ToWireName" or "TryParse" or "ToQuotedUtf8")
            {
                defects.Add(
                    new Defect(DefectKinds.NameCollision, type.Place, name, "a member of generated types", name)
                );
            }

            foreach (string companion in type.Type is EnumModel ? new[] { name + "Names", name + "Converter" } : [])
            {
                if (
                    declared.TryGetValue(companion, out List<Declaration>? others)
                    && others.Count > 0
                    && others[0].Type.Type.Name == companion
                )
                {
                    defects.Add(
                        new Defect(
                            DefectKinds.NameCollision,
                            others[0].Type.Place,
                            companion,
                            $"a class of the enumeration {name}",
                            companion
                        )
                    );
                }
            }
        }

        void Declare(DeclaredType type, string file)
        {
            string name = type.Type.Name;
            if (!declared.TryGetValue(name, out List<Declaration>? others))
            {
                declared.Add(name, [new Declaration(type, file)]);
            }
            else if (others.Count == 0 || others[0].Type.Type.Name != name)
            {
                string other = others.Count == 0 ? "the generated class of the protocol" : others[0].Type.Type.Name;
                defects.Add(new Defect(DefectKinds.NameCollision, type.Place, name, other, name));
            }
            else
            {
                others.Add(new Declaration(type, file));
            }
        }
    }

    /// <summary>
    /// Makes one type of all declarations of a name. Where they differ, what most files have is what is meant, and the
    /// others are those that were edited; of as many, the first in the order of the files.
    /// </summary>
    private static DeclaredType Unite(List<Declaration> declarations, List<Defect> defects)
    {
        IGrouping<TypeModel, Declaration>[] shapes = declarations
            .GroupBy(static declaration => declaration.Type.Type.WithoutDescriptions())
            .OrderByDescending(static shape => shape.Count())
            .ToArray();
        Declaration meant = shapes[0].First();
        int more =
            shapes[0].Select(static declaration => declaration.File).Distinct(StringComparer.Ordinal).Count() - 1;
        string files = more switch
        {
            0 => meant.File,
            1 => $"{meant.File} and 1 other file",
            _ => string.Format(CultureInfo.InvariantCulture, "{0} and {1} other files", meant.File, more),
        };
        foreach (Declaration edited in shapes.Skip(1).SelectMany(static shape => shape))
        {
            // Two names given in one file: its name alone would not show which declaration is meant.
            string other =
                more == 0 && edited.File == meant.File
                    ? string.Format(CultureInfo.InvariantCulture, "line {0} of it", meant.Type.Place.Start.Line + 1)
                    : files;
            string name = meant.Type.Type.Name;
            TypeDifference difference =
                TypeDifference.Find(edited.Type.Type, meant.Type.Type)
                ?? new TypeDifference("the declaration", "another", "the same");
            defects.Add(
                new Defect(
                    DefectKinds.ConflictingDefinitions,
                    edited.Type.Place,
                    name,
                    edited.File,
                    other,
                    difference.Path,
                    difference.Here,
                    difference.There
                )
            );
        }

        return meant.Type;
    }

    /// <summary>
    /// Secrets are recognized by their names if the project says so, or if no file of the set marks what stays out of
    /// logs; the latter is reported.
    /// </summary>
    private static DeclaredType[] MarkSecrets(
        string @namespace,
        DeclaredType[] types,
        bool byName,
        List<Defect> defects
    )
    {
        PropertyModel[] properties = types
            .Select(static type => type.Type)
            .OfType<ObjectModel>()
            .SelectMany(static model => model.Properties)
            .ToArray();
        string[] names = properties
            .Where(SecretNames.IsSecret)
            .Select(static property => property.JsonName)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(static name => name, StringComparer.Ordinal)
            .ToArray();
        if (names.Length == 0 || (!byName && properties.Any(static property => property.IsSensitive)))
        {
            return types;
        }

        if (!byName)
        {
            DeclaredType first = types.First(static type =>
                type.Type is ObjectModel model && model.Properties.Any(SecretNames.IsSecret)
            );
            defects.Add(new Defect(DefectKinds.SecretsByName, first.Place, @namespace, string.Join(", ", names)));
        }

        return [.. types.Select(static type => type with { Type = SecretNames.Mark(type.Type) })];
    }

    /// <summary>Leaves out the files whose payload has the C# name of one before.</summary>
    private static SchemaFile[] WithoutTwins(SchemaFile[] files, List<Defect> defects)
    {
        var first = new Dictionary<string, SchemaFile>(StringComparer.OrdinalIgnoreCase);
        var kept = new List<SchemaFile>(files.Length);
        foreach (SchemaFile file in files)
        {
            string name = Naming.ToPascalCase(file.Input.Payload);
            if (!first.TryGetValue(name, out SchemaFile? other))
            {
                first.Add(name, file);
                kept.Add(file);
                continue;
            }

            string subject = other.Input.Name == file.Input.Name ? "another file" : $"'{other.Input.Name}'";
            defects.Add(new Defect(DefectKinds.NameCollision, file.RootPlace, file.Input.Name, subject, name));
        }

        return kept.ToArray();
    }

    /// <summary>
    /// A request and a response of one name make an action; so does a message that is named as neither.
    /// </summary>
    private static ActionModel[] FindActions(SchemaFile[] files, List<Defect> defects)
    {
        var byName = files.ToDictionary(static file => file.Input.Payload, StringComparer.Ordinal);
        var actions = new List<ActionModel>();
        foreach (SchemaFile file in files)
        {
            string name = file.Input.Payload;
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
                defects.Add(
                    new Defect(
                        DefectKinds.ResponseWithoutRequest,
                        response.RootPlace,
                        response.Input.Name,
                        response.Input.RequestFileOf(action)
                    )
                );
            }
        }

        void AddOneWay(SchemaFile message, string action)
        {
            if (byName.ContainsKey(action + Request) && byName.ContainsKey(action + Response))
            {
                defects.Add(
                    new Defect(
                        DefectKinds.ConflictingDefinitions,
                        message.RootPlace,
                        action,
                        $"{message.Input.Name}.json",
                        $"{byName[action + Request].Input.Name}.json",
                        "the action",
                        "one that nothing answers",
                        "one with a response"
                    )
                );
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
                string? responseName = response is null ? null : Naming.ToPascalCase(response.Input.Payload);
                actions.Add(
                    new ActionModel(action, Naming.ToPascalCase(request.Input.Payload), responseName, request.Sender)
                );
            }
        }
    }

    /// <summary>A type as one file declares it.</summary>
    private sealed record Declaration(DeclaredType Type, string File);
}
