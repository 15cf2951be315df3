using Ocpp.Schemas.Diagnostics;

namespace Ocpp.Schemas.Model;

/// <summary>All types of one protocol in one namespace.</summary>
/// <param name="ClassPrefix">What the names of the context and the registry begin with, such as <c>Ocpp201</c>.</param>
internal sealed record SchemaSet(
    string Namespace,
    string Protocol,
    string ClassPrefix,
    EquatableArray<PlacedType> Types,
    EquatableArray<ActionModel> Actions
)
{
    /// <summary>The names on the wire of the properties whose values stay out of logs, in ordinal order.</summary>
    public IEnumerable<string> SensitiveProperties =>
        Types
            .Select(static placed => placed.Type)
            .OfType<ObjectModel>()
            .SelectMany(static type => type.Properties)
            .Where(static property => property.IsSensitive)
            .Select(static property => property.JsonName)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(static name => name, StringComparer.Ordinal);
}

/// <summary>A type to be emitted, with all that its source depends on.</summary>
/// <param name="Action">
/// The action, for the request of one that has a response, and for a message that goes one way.
/// </param>
/// <param name="Response">The C# name of that response; none when the action goes one way.</param>
/// <param name="Sender">Who sends the payload, as a value of <c>Ocpp.Rpc.OcppParty</c>.</param>
internal sealed record PlacedType(string Namespace, TypeModel Type, string? Action, string? Response, string? Sender);

/// <summary>An action with the C# names of its payloads, and who sends the request.</summary>
/// <param name="Request">The request, or the message that goes one way.</param>
/// <param name="Response">The response; none when the action goes one way.</param>
internal sealed record ActionModel(string Name, string Request, string? Response, string? Sender);

/// <summary>What merging all files gives.</summary>
internal sealed record MergedSchemas(EquatableArray<SchemaSet> Sets, EquatableArray<Defect> Defects);
