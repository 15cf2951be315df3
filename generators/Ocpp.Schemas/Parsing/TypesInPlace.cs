using System.Diagnostics;
using Ocpp.Schemas.Model;

namespace Ocpp.Schemas.Parsing;

/// <summary>
/// Makes one type of the objects that the files of a set declare in place with the same shape, as OCPP 1.6 publishes
/// them. Its name is the one that <c>x-name</c> gives to this shape anywhere; else that of the first place, in the
/// order of the files' names. Enumerations are united with the objects that hold them, and otherwise only by
/// <c>x-name</c>: what has the same few values, such as Accepted and Rejected, is often not the same.
/// </summary>
internal sealed class TypesInPlace
{
    /// <summary>What each file declares in place, those within others first.</summary>
    private readonly List<Entry> _entries = [];

    private TypesInPlace() { }

    /// <param name="files">The files in the order of their names.</param>
    public static SchemaFile[] Unite(SchemaFile[] files)
    {
        if (!files.Any(static file => file.Types.Any(static type => type.NameSource == NameSource.Place)))
        {
            return files;
        }

        var types = new TypesInPlace();
        Dictionary<string, Entry>[] byFile = [.. files.Select(types.Collect)];
        List<Group> groups = types.FindGroups();

        // From the outermost inwards: what is named by its place is named by one that is left.
        groups.Reverse();
        groups.ForEach(Name);
        return
        [
            .. files.Zip(
                byFile,
                static (file, entries) => file with { Types = Rewrite(file.Types, entries).ToEquatableArray() }
            ),
        ];
    }

    private Dictionary<string, Entry> Collect(SchemaFile file)
    {
        // A name that one file gives to different types is left to the merging of names, which reports it.
        var names = new HashSet<string>(
            file.Types.GroupBy(static type => type.Type.Name, StringComparer.Ordinal)
                .Where(static group =>
                    group.Select(static type => (type.Type.WithoutDescriptions(), type.NameSource)).Distinct().Count()
                    == 1
                )
                .Select(static group => group.Key),
            StringComparer.Ordinal
        );
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (DeclaredType type in file.Types)
        {
            string name = type.Type.Name;
            if (type.NameSource == NameSource.Own || !names.Contains(name) || entries.ContainsKey(name))
            {
                continue;
            }

            Entry[] held =
            [
                .. type.Type is ObjectModel model
                    ? References(model).Where(entries.ContainsKey).Select(reference => entries[reference])
                    : [],
            ];
            int level = held.Length == 0 ? 0 : held.Max(static entry => entry.Level) + 1;
            var entry = new Entry(type, entries, level);
            foreach (Entry inner in held)
            {
                inner.Holder = entry;
            }

            entries.Add(name, entry);
            _entries.Add(entry);
        }

        return entries;
    }

    /// <summary>
    /// Groups the types by shape, from the innermost outwards: the shape of one has those that it holds.
    /// </summary>
    private List<Group> FindGroups()
    {
        var found = new List<Group>();
        foreach (
            IGrouping<int, Entry> level in _entries
                .GroupBy(static entry => entry.Level)
                .OrderBy(static group => group.Key)
        )
        {
            // All shapes of a level before a group is asked for what stands for it.
            (Entry Entry, TypeModel Shape)[] shapes = [.. level.Select(static entry => (entry, Shape(entry)))];
            var groups = new Dictionary<TypeModel, Group>();
            foreach ((Entry entry, TypeModel shape) in shapes)
            {
                if (!groups.TryGetValue(shape, out Group? group))
                {
                    // No name of a type begins with this sign.
                    group = new Group($"#{found.Count}");
                    groups.Add(shape, group);
                    found.Add(group);
                }

                group.Entries.Add(entry);
                entry.Group = group;
            }
        }

        return found;
    }

    /// <summary>What two types have in common that are the same: all but their names and descriptions.</summary>
    private static TypeModel Shape(Entry entry)
    {
        TypeModel shape = entry.Declared.Type.WithoutDescriptions() with { Name = "" };
        return shape is ObjectModel model
            ? model with
            {
                Properties = model
                    .Properties.Select(property =>
                        property with
                        {
                            Value = Rename(property.Value, name => Token(entry, name)),
                            Default = property.Value is { Kind: ValueKind.Enum, TypeName: { } type }
                                ? property.Default?.Substring(type.Length)
                                : property.Default,
                        }
                    )
                    .ToEquatableArray(),
            }
            : shape;
    }

    /// <summary>What a reference to a type is in the shape of another.</summary>
    private static string Token(Entry holder, string name) =>
        holder.InFile.TryGetValue(name, out Entry? entry)
        && entry.Group is { } group
        && (entry.Declared.NameSource == NameSource.Place || (!entry.IsEnum && group.Given.Count() == 1))
            ? group.Token
            : name;

    private static void Name(Group group)
    {
        Entry[] places =
        [
            .. group.Entries.Where(static entry => !entry.IsEnum && entry.Declared.NameSource == NameSource.Place),
        ];
        string[] given = [.. group.Given];
        Entry? first =
            given.Length == 1 ? null : places.FirstOrDefault(static entry => entry.Holder is not { IsGone: true });
        string? name = first?.Declared.Type.Name ?? given.FirstOrDefault();
        Debug.Assert(places.Length == 0 || name is not null, "Of equal types, one is held by a type that is left.");
        foreach (Entry entry in places)
        {
            entry.NewName = name;
            entry.IsGone = entry != first;
        }

        foreach (Entry entry in group.Entries.Where(static entry => entry.IsEnum))
        {
            entry.IsGone = entry is { Declared.NameSource: NameSource.Place, Holder.IsGone: true };
        }
    }

    /// <summary>The types of a file that are left, with the new names of those that they hold.</summary>
    private static IEnumerable<DeclaredType> Rewrite(IEnumerable<DeclaredType> types, Dictionary<string, Entry> entries)
    {
        foreach (DeclaredType type in types)
        {
            if (entries.TryGetValue(type.Type.Name, out Entry? entry) && entry.IsGone)
            {
                continue;
            }

            yield return type.Type is ObjectModel model
                ? type with
                {
                    Type = model with
                    {
                        Properties = model
                            .Properties.Select(property =>
                                property with
                                {
                                    Value = Rename(
                                        property.Value,
                                        name => entries.TryGetValue(name, out Entry? held) ? held.NewName ?? name : name
                                    ),
                                }
                            )
                            .ToEquatableArray(),
                    },
                }
                : type;
        }
    }

    private static IEnumerable<string> References(ObjectModel model)
    {
        foreach (PropertyModel property in model.Properties)
        {
            ValueModel value = property.Value;
            while (value.Item is { } item)
            {
                value = item;
            }

            if (value.TypeName is { } name)
            {
                yield return name;
            }
        }
    }

    private static ValueModel Rename(ValueModel value, Func<string, string> rename) =>
        value switch
        {
            { Item: { } item } => value with { Item = Rename(item, rename) },
            { TypeName: { } name } => value with { TypeName = rename(name) },
            _ => value,
        };

    /// <summary>Types of one shape.</summary>
    private sealed class Group(string token)
    {
        /// <summary>What stands for the shape in that of a type that holds it.</summary>
        public string Token => token;

        public List<Entry> Entries { get; } = [];

        /// <summary>The names that schemas give to the shape.</summary>
        public IEnumerable<string> Given =>
            Entries
                .Where(static entry => entry.Declared.NameSource == NameSource.Given)
                .Select(static entry => entry.Declared.Type.Name)
                .Distinct(StringComparer.Ordinal);
    }

    /// <summary>A type that is declared in place.</summary>
    private sealed class Entry(DeclaredType declared, Dictionary<string, Entry> inFile, int level)
    {
        public DeclaredType Declared => declared;

        /// <summary>All of the file, by their names.</summary>
        public Dictionary<string, Entry> InFile => inFile;

        /// <summary>How many types lie within each other in it.</summary>
        public int Level => level;

        public bool IsEnum => declared.Type is EnumModel;

        public Group? Group { get; set; }

        /// <summary>The type in place that holds this one; null if a payload or a definition does.</summary>
        public Entry? Holder { get; set; }

        /// <summary>The name of the one that takes its place; null if it keeps its own.</summary>
        public string? NewName { get; set; }

        /// <summary>Whether another one takes its place.</summary>
        public bool IsGone { get; set; }
    }
}
