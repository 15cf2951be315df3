using NJsonSchema;
using NJsonSchema.References;

namespace Ocpp.Schemas.Parsing;

/// <summary>Resolves references within a file, and refuses those to the network and to other files.</summary>
internal sealed class LocalReferenceResolver(JsonSchemaAppender appender) : JsonReferenceResolver(appender)
{
    public static JsonReferenceResolver Create(JsonSchema schema) =>
        new LocalReferenceResolver(new JsonSchemaAppender(schema, new DefaultTypeNameGenerator()));

    public override Task<IJsonReference> ResolveFileReferenceAsync(
        string filePath,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException("A reference to another file is not followed.");

    public override Task<IJsonReference> ResolveUrlReferenceAsync(string url, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A reference to the network is not followed.");
}
