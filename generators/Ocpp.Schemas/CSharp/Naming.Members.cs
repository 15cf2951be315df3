namespace Ocpp.Schemas.CSharp;

/// <content>The names that C# and the generated code have taken.</content>
internal static partial class Naming
{
    /// <summary>The members that a record has anyway.</summary>
    private static readonly HashSet<string> s_recordMembers = new(StringComparer.Ordinal)
    {
        "Validate",
        "Read",
        "Write",
        "AdditionalProperties",
        "Equals",
        "GetHashCode",
        "ToString",
        "GetType",
        "ReferenceEquals",
        "MemberwiseClone",
        "Finalize",
        "Clone",
        "EqualityContract",
        "PrintMembers",
        "Deconstruct",
    };

    /// <summary>A name's first letter in lower case, escaped where C# has a keyword of it.</summary>
    public static string ToLocal(string pascalName)
    {
        string local = char.ToLowerInvariant(pascalName[0]) + pascalName.Substring(1);
        bool isTaken =
            local is "reader" or "writer" or "seen" or "start" or "value" or "validator" or "hash" or "other" or "_";

        // No name ends in an underscore but that which is nothing else, so this one is free.
        return isTaken ? local + "_"
            : CSharpKeywords.Contains(local) ? "@" + local
            : local;
    }

    public static bool IsTakenByRecord(string name) => s_recordMembers.Contains(name);
}
