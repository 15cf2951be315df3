using Ocpp.Rpc;
using Ocpp.Schemas.Model;
using Ocpp.Tool.Schemas;

namespace Ocpp.Tool.Reference;

/// <summary>
/// What a page is about: an action with its payloads, or a payload that travels within other messages.
/// </summary>
/// <param name="Name">The action, or the payload's name.</param>
/// <param name="Sender">Who sends it, as a value of <see cref="OcppParty"/>; none when the schema does not say.</param>
/// <param name="IsAction">Has a frame of its own.</param>
/// <param name="Request">What the action sends, or the payload.</param>
/// <param name="Response">None for an action that goes one way, and for a payload.</param>
internal sealed record Message(string Name, string? Sender, bool IsAction, ObjectModel Request, ObjectModel? Response)
{
    /// <summary>The page's file.</summary>
    public string File => Name + ".md";

    /// <summary>The C# names of its payloads.</summary>
    public IEnumerable<string> Payloads => Response is null ? [Request.Name] : [Request.Name, Response.Name];

    /// <summary>
    /// All messages of a folder: actions in the ordinal order of their names, then payloads without one.
    /// </summary>
    public static IReadOnlyList<Message> AllOf(SchemaFolder schemas)
    {
        Message[] actions =
        [
            .. schemas
                .Set.Actions.OrderBy(action => action.Name, StringComparer.Ordinal)
                .Select(action => new Message(
                    action.Name,
                    action.Sender,
                    true,
                    Payload(action.Request),
                    action.Response is null ? null : Payload(action.Response)
                )),
        ];
        return
        [
            .. actions,
            .. schemas
                .Payloads.Except(actions.SelectMany(action => action.Payloads))
                .Select(payload => new Message(payload, schemas.Type(payload).Sender, false, Payload(payload), null)),
        ];

        ObjectModel Payload(string name) => (ObjectModel)schemas.Type(name).Type;
    }
}
