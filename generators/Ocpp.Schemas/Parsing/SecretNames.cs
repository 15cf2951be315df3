using Ocpp.Schemas.Model;

namespace Ocpp.Schemas.Parsing;

/// <summary>
/// What holds secrets by its name alone, for schemas that mark nothing with <c>x-sensitive</c>, as OCPP publishes them.
/// The names are those of OCPP 1.6, 2.0.1 and 2.1 for what gives access, identifies a person's token or carries a key's
/// certificate or request, and their like in schemas of others.
/// </summary>
internal static class SecretNames
{
    /// <summary>
    /// Names that are secrets as a whole: longer ones that end so are not, such as <c>foreignKey</c>.
    /// </summary>
    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        "key",
        "attributeValue",
        "exiRequest",
        "exiResponse",
        "prioritizedEMAIDs",
    };

    /// <summary>Words that make a secret of each name that is or ends with them, such as <c>apnPassword</c>.</summary>
    private static readonly string[] s_words =
    [
        "Password",
        "Passphrase",
        "Secret",
        "Pin",
        "Token",
        "Tokens",
        "IdTag",
        "Csr",
        "Certificate",
        "CertificateChain",
        "PrivateKey",
        "SharedKey",
        "AuthorizationKey",
        "ApiKey",
    ];

    /// <summary>Marks the properties whose names are those of secrets.</summary>
    public static TypeModel Mark(TypeModel type) =>
        type is ObjectModel model && model.Properties.Any(IsSecret)
            ? model with
            {
                Properties = model
                    .Properties.Select(static property =>
                        IsSecret(property) ? property with { IsSensitive = true } : property
                    )
                    .ToEquatableArray(),
            }
            : type;

    /// <summary>Whether a property's name is that of a secret, and what it holds may be one.</summary>
    public static bool IsSecret(PropertyModel property) =>
        MayBeSecret(property.Value)
        && (s_names.Contains(property.JsonName) || s_words.Any(word => EndsWith(property.JsonName, word)));

    private static bool EndsWith(string name, string word) =>
        name.EndsWith(word, StringComparison.Ordinal) || name.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Objects have properties of their own; a fixed value, a time or a flag says nothing.</summary>
    private static bool MayBeSecret(ValueModel value) =>
        value.Item is { } item
            ? MayBeSecret(item)
            : value.Kind is ValueKind.Text or ValueKind.Integer or ValueKind.Decimal or ValueKind.Any;
}
