namespace Ocpp.Schemas.Diagnostics;

/// <summary>
/// Everything that can be wrong with a schema or with the project it is in. Each has a page in docs/diagnostics.
/// </summary>
internal static class DefectKinds
{
    public static readonly DefectKind MalformedJson = new("OCPP001", "Invalid JSON", "{0}");

    public static readonly DefectKind DuplicateKey = new("OCPP002", "Duplicate key", "Duplicate key '{0}'");

    public static readonly DefectKind UnknownKeyword = new(
        "OCPP003",
        "The keyword is not supported",
        "The keyword '{0}' is not supported: what it demands would not be checked"
    );

    public static readonly DefectKind UnknownType = new(
        "OCPP004",
        "The type is unknown",
        "'{0}' is none of the types object, array, string, integer, number and boolean"
    );

    public static readonly DefectKind InvalidReference = new(
        "OCPP005",
        "Unresolved reference",
        "'{0}' is not a definition of this file; a $ref must have the form #/definitions/Name"
    );

    public static readonly DefectKind ConflictingDefinitions = new(
        "OCPP006",
        "A name has two shapes",
        "'{0}' differs in {1} from {2}: {3} is {4}, not {5}"
    );

    public static readonly DefectKind ResponseWithoutRequest = new(
        "OCPP007",
        "A response has no request",
        "{0}.json has no {1}.json beside it"
    );

    public static readonly DefectKind NameCollision = new(
        "OCPP008",
        "Two names become one in C#",
        "'{0}' and {1} both become '{2}' in C#"
    );

    public static readonly DefectKind RootNotObject = new(
        "OCPP009",
        "The payload is not an object",
        "A payload must be a JSON object: the root of the schema must have \"type\": \"object\""
    );

    public static readonly DefectKind ContradictingBounds = new(
        "OCPP010",
        "No value can meet the bounds",
        "{0} is greater than {1}: no value can meet both"
    );

    public static readonly DefectKind MissingMetadata = new(
        "OCPP011",
        "The schema has no namespace or protocol",
        "The OcppSchema item of {0} must set {1}"
    );

    public static readonly DefectKind SdkMissing = new(
        "OCPP012",
        "Ocpp.Sdk is not referenced",
        "The project has OcppSchema items, but no reference to the package Ocpp.Sdk"
    );

    public static readonly DefectKind SdkTooOld = new(
        "OCPP013",
        "Ocpp.Sdk is too old",
        "The referenced Ocpp.Sdk has contract {0}, the generated code needs {1}: update Ocpp.Sdk to the "
            + "generator's version"
    );

    public static readonly DefectKind InvalidKeywordValue = new(
        "OCPP014",
        "The keyword's value is invalid",
        "The value of '{0}' is invalid: {1}"
    );

    public static readonly DefectKind NotResolved = new(
        "OCPP015",
        "The schema can't be resolved",
        "NJsonSchema can't resolve the schema: {0}"
    );

    public static readonly DefectKind InvalidFileName = new(
        "OCPP016",
        "The file name is invalid",
        "The file name '{0}' is invalid: a schema's file name has 1 to 255 letters, digits, '-', '_' and '.', "
            + "and begins with a letter or digit"
    );

    public static readonly DefectKind InvalidNamespace = new(
        "OCPP017",
        "The namespace is invalid",
        "The namespace '{0}' is invalid: it must be C# identifiers separated by '.', without keywords"
    );

    public static readonly DefectKind InvalidProtocol = new(
        "OCPP018",
        "The protocol is invalid",
        "The protocol '{0}' is invalid: a WebSocket subprotocol has 1 to 255 visible ASCII characters without "
            + "separators such as ',', ';' and '/'"
    );

    public static readonly DefectKind TooLarge = new(
        "OCPP019",
        "The schema is too large",
        "The schema has more than {0}, the most that are taken"
    );

    public static readonly DefectKind SecretsByName = new(
        "OCPP020",
        "Secrets recognized by name",
        "No schema of {0} marks secrets with x-sensitive; kept out of logs by name: {1}",
        IsError: false
    );

    public static readonly DefectKind InvalidMetadata = new(
        "OCPP021",
        "The item metadata is invalid",
        "'{0}' is not a value of the item metadata {1}: it must be {2} or absent"
    );

    public static IReadOnlyList<DefectKind> All { get; } =
    [
        MalformedJson,
        DuplicateKey,
        UnknownKeyword,
        UnknownType,
        InvalidReference,
        ConflictingDefinitions,
        ResponseWithoutRequest,
        NameCollision,
        RootNotObject,
        ContradictingBounds,
        MissingMetadata,
        SdkMissing,
        SdkTooOld,
        InvalidKeywordValue,
        NotResolved,
        InvalidFileName,
        InvalidNamespace,
        InvalidProtocol,
        TooLarge,
        SecretsByName,
        InvalidMetadata,
    ];
}
