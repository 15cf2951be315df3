using Ocpp.Generators.Model;
using Ocpp.Tool.Schemas;

namespace Ocpp.Tool.Reference;

/// <summary>What a page is about: an action with both of its payloads, or a payload that has no answer.</summary>
/// <param name="Name">The action, or the payload's name.</param>
/// <param name="Sender">Who sends it, as a value of <see cref="OcppParty"/>; none when the schema does not say.</param>
/// <param name="Response">None for a payload that has no answer.</param>
internal sealed record Message(string Name, string? Sender, ObjectModel Request, ObjectModel? Response)
{
    /// <summary>The page's file.</summary>
    public string File => Name + ".md";

    /// <summary>The C# names of its payloads.</summary>
    public IEnumerable<string> Payloads => Response is null ? [Request.Name] : [Request.Name, Response.Name];

    /// <summary>All messages of a folder: actions in the ordinal order of their names, then payloads without an answer.</summary>
    public static IReadOnlyList<Message> AllOf(SchemaFolder schemas)
    {
        Message[] actions =
        [
            .. schemas.Set.Actions
                .OrderBy(action => action.Name, StringComparer.Ordinal)
                .Select(action => new Message(action.Name, action.Sender, Payload(action.Request), Payload(action.Response))),
        ];
        return
        [
            .. actions,
            .. schemas.Payloads
                .Except(actions.SelectMany(action => action.Payloads))
                .Select(payload => new Message(payload, schemas.Type(payload).Sender, Payload(payload), null)),
        ];

        ObjectModel Payload(string name) => (ObjectModel)schemas.Type(name).Type;
    }
}
