namespace Ocpp.Schemas.Parsing;

/// <summary>
/// How much a schema file may hold. The largest of OCPP's own has 60,000 characters and 60 definitions. What a schema
/// can't have is never worked on, so that no file keeps a build, or an editor, busy for minutes.
/// </summary>
internal static class SchemaLimits
{
    /// <summary>The most UTF-16 units of a file.</summary>
    public const int MaxCharacters = 1 << 20;

    /// <summary>The most definitions of a file.</summary>
    public const int MaxDefinitions = 1_000;

    /// <summary>
    /// The most types that a file gives. A list that is a definition and holds an object in place gives a type for each
    /// use, and such lists within each other multiply.
    /// </summary>
    public const int MaxTypes = 2_000;

    /// <summary>The most lists within each other.</summary>
    public const int MaxListDepth = 8;

    /// <summary>The most references in a row, of definitions that only refer to another.</summary>
    public const int MaxReferences = 16;

    /// <summary>
    /// The most UTF-16 units of a name: of a file, a namespace, a protocol, a definition, a property.
    /// </summary>
    public const int MaxNameLength = 255;
}
