using Ocpp.Rpc;
using Ocpp.Schemas.Model;

namespace Ocpp.Tool.Schemas;

/// <summary>
/// Compares two folders of schemas by their types, so that a type that many messages share is reported once.
/// </summary>
internal static class SchemaComparison
{
    private const string GoneFromCode = "Code that names it no longer compiles.";

    public static SchemaDifference Compare(SchemaFolder old, SchemaFolder @new)
    {
        (PlacedType Old, PlacedType New)[] common =
        [
            .. @new
                .Set.Types.Where(type => old.FindType(type.Type.Name) is not null)
                .Select(type => (old.Type(type.Type.Name), type)),
        ];
        var messages = @new
            .Payloads.SelectMany(payload => @new.TypesWithin(payload))
            .CountBy(type => type.Name, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        return new SchemaDifference(
            [.. OnlyIn(@new, old).Select(what => Change.Harmless(what))],
            [
                .. common
                    .Select(pair => new TypeChanges(
                        pair.New.Type.Name,
                        @new.Payloads.Contains(pair.New.Type.Name)
                            ? null
                            : messages.GetValueOrDefault(pair.New.Type.Name),
                        [.. Compare(pair.Old, pair.New)]
                    ))
                    .Where(changes => changes.Changes.Count > 0),
            ],
            [.. OnlyIn(old, @new).Select(what => Change.Breaking(what, GoneFromCode))],
            common.Count(pair => pair.Old.Sender is null && pair.New.Sender is not null),
            common.Count(pair => pair.Old.Sender is not null && pair.New.Sender is null),
            common.Sum(pair => CountDescriptions(pair.Old.Type, pair.New.Type))
        );
    }

    /// <summary>
    /// What one folder has and the other has not: actions as a whole, then single messages, then types.
    /// </summary>
    private static IEnumerable<string> OnlyIn(SchemaFolder folder, SchemaFolder other)
    {
        bool IsMissing(string type) => other.FindType(type) is null;

        ActionModel[] actions =
        [
            .. folder.Set.Actions.Where(action =>
                IsMissing(action.Request) && (action.Response is null || IsMissing(action.Response))
            ),
        ];
        HashSet<string> ofActions = [.. actions.SelectMany(Payloads)];
        TypeModel[] types =
        [
            .. folder
                .Set.Types.Select(type => type.Type)
                .Where(type => IsMissing(type.Name) && !ofActions.Contains(type.Name)),
        ];
        return
        [
            .. actions.Select(action =>
                $"{Markdown.Code(action.Name)}, an action sent by {SenderText.Of(action.Sender)}: "
                + (
                    action.Response is null
                        ? "nothing answers it"
                        : string.Join(", ", Payloads(action).Select(Markdown.Code))
                )
            ),
            .. types
                .Where(type => folder.Payloads.Contains(type.Name))
                .Select(type => $"{Markdown.Code(type.Name)}, a message"),
            .. types
                .Where(type => !folder.Payloads.Contains(type.Name))
                .Select(type =>
                    Markdown.Code(type.Name)
                    + (
                        type is EnumModel model
                            ? ", an enumeration: "
                                + string.Join(", ", model.Values.Select(value => Markdown.Code(value.JsonName)))
                            : ", a type"
                    )
                ),
        ];
    }

    private static IEnumerable<string> Payloads(ActionModel action) =>
        action.Response is null ? [action.Request] : [action.Request, action.Response];

    private static IEnumerable<Change> Compare(PlacedType old, PlacedType @new) =>
        CompareRole(old, @new)
            .Concat(
                (old.Type, @new.Type) switch
                {
                    (ObjectModel before, ObjectModel after) => ObjectComparison.Compare(before, after),
                    (EnumModel before, EnumModel after) => EnumComparison.Compare(before, after),
                    (_, var after) =>
                    [
                        Change.Breaking(
                            after is EnumModel
                                ? "an enumeration instead of an object"
                                : "an object instead of an enumeration",
                            "Another type in C# and on the wire."
                        ),
                    ],
                }
            );

    private static IEnumerable<Change> CompareRole(PlacedType old, PlacedType @new)
    {
        if (old.Action is null && @new.Action is { } action)
        {
            yield return Change.Harmless($"now the request of the action {Markdown.Code(action)}");
        }
        else if (old.Action is { } former && @new.Action is null)
        {
            yield return Change.Breaking(
                $"no longer the request of an action, {Markdown.Code(former)}",
                "Code that calls the action no longer compiles."
            );
        }

        // Senders that were not named, or are no longer, are those of all messages of a folder: they are counted.
        if (old.Sender is not null && @new.Sender is not null && old.Sender != @new.Sender)
        {
            string what = $"sent by {SenderText.Of(@new.Sender)} instead of {SenderText.Of(old.Sender)}";
            yield return @new.Sender == nameof(OcppParty.Both)
                ? Change.Harmless(what)
                : Change.Breaking(what, "A side that could send it no longer may.");
        }
    }

    private static int CountDescriptions(TypeModel old, TypeModel @new)
    {
        int count = old.Description == @new.Description ? 0 : 1;
        if (old is not ObjectModel before || @new is not ObjectModel after)
        {
            return count;
        }

        var descriptions = before.Properties.ToDictionary(
            property => property.JsonName,
            property => property.Description,
            StringComparer.Ordinal
        );
        return count
            + after.Properties.Count(property =>
                descriptions.TryGetValue(property.JsonName, out string? description)
                && description != property.Description
            );
    }
}
