using System.Globalization;
using Ocpp.Schemas.Model;
using Ocpp.Tool.Schemas;
using Ocpp.Validation;

namespace Ocpp.Tool.Reference;

/// <summary>Which rules a message can break, where, and the error code of each.</summary>
internal static class ErrorTable
{
    /// <summary>As many places a rule has on a page; what follows is counted.</summary>
    private const int MaxPlaces = 4;

    /// <summary>The rules that hold whatever the fields are.</summary>
    public static IReadOnlyList<(OcppRule Rule, string Text)> OfEveryMessage { get; } =
    [
        (OcppRule.MalformedJson, "the bytes are not one JSON value"),
        (OcppRule.InvalidText, "a string is not UTF-8 or holds an unpaired surrogate"),
        (OcppRule.Depth, "objects and arrays are nested too deep"),
        (OcppRule.DuplicateProperty, "an object has the same field more than once"),
        (OcppRule.PayloadNotObject, "the payload is not an object"),
        (OcppRule.UnknownProperty, "the message has no such field"),
        (OcppRule.Null, "a field is `null`"),
        (OcppRule.UnknownAction, "the protocol has no such action"),
        (OcppRule.UnhandledAction, "the action is known, but has no handler"),
        (OcppRule.HandlerFailed, "the handler of the action failed"),
        (
            OcppRule.MaxUntypedValues,
            "there are more values without a type, such as those in `customData`, than the receiver accepts"
        ),
        (
            OcppRule.InvalidFrame,
            "the structure of the message is invalid: too few or too many elements, or elements of the wrong type"
        ),
        (OcppRule.UnreadableFrame, "the message type or message id is missing or invalid"),
        (OcppRule.UnknownMessageType, "the message type number is unknown"),
        (OcppRule.InvalidHandlerResponse, "the response of the handler violates rules of its message"),
    ];

    public static IReadOnlyList<string> Head { get; } = ["rule", "violated if", "answered with"];

    public static IReadOnlyList<string> Row(OcppRule rule, string brokenWhen) =>
        [Markdown.Code(rule.ToString()), brokenWhen, OcppErrorMap.Default[rule].ToWireName()];

    /// <summary>
    /// The rules of a payload's fields, in the order of <see cref="OcppRule"/>, with the places that each is for.
    /// </summary>
    public static (OcppRule Rule, string Places)[] Of(SchemaFolder schemas, ObjectModel payload) =>
        [
            .. Places(schemas, payload)
                .GroupBy(place => place.Rule, place => place.Text)
                .OrderBy(rule => rule.Key)
                .Select(rule => (rule.Key, Join([.. rule]))),
        ];

    private static string Join(string[] places) =>
        string.Join("; ", places.Take(MaxPlaces))
        + (
            places.Length > MaxPlaces
                ? string.Create(CultureInfo.InvariantCulture, $"; {places.Length - MaxPlaces} more")
                : ""
        );

    /// <summary>Nearest to the payload first; a type that occurs in several places is described at the first.</summary>
    private static IEnumerable<(OcppRule Rule, string Text)> Places(SchemaFolder schemas, ObjectModel payload)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { payload.Name };
        var waiting = new Queue<(ObjectModel Model, string Path)>([(payload, "")]);
        while (waiting.TryDequeue(out (ObjectModel Model, string Path) next))
        {
            foreach (PropertyModel property in schemas.InReadingOrder(next.Model))
            {
                string path = $"{next.Path}/{PointerToken(property.JsonName)}";
                if (property.IsRequired)
                {
                    yield return (OcppRule.Required, $"{Markdown.Code(path)} is missing");
                }

                ValueModel value = property.Value;
                for (; value.Item is { } item; value = item, path += "/0")
                {
                    foreach ((OcppRule, string) place in OfList(value, Markdown.Code(path)))
                    {
                        yield return place;
                    }
                }

                foreach ((OcppRule, string) place in OfValue(value, Markdown.Code(path)))
                {
                    yield return place;
                }

                if (schemas.ObjectIn(value) is { } model && seen.Add(model.Name))
                {
                    waiting.Enqueue((model, path));
                }
            }
        }
    }

    private static IEnumerable<(OcppRule Rule, string Text)> OfList(ValueModel list, string path)
    {
        if (list.MinItems is { } min)
        {
            yield return (
                OcppRule.MinItems,
                min == 1 ? $"{path} is empty" : Text($"{path} has fewer than {min} items")
            );
        }

        if (list.MaxItems is { } max)
        {
            yield return (OcppRule.MaxItems, Text($"{path} has more than {max} items"));
        }

        yield return (OcppRule.Type, $"{path} is not a JSON array");
    }

    private static IEnumerable<(OcppRule Rule, string Text)> OfValue(ValueModel value, string path)
    {
        if (value.Kind != ValueKind.Any)
        {
            yield return (OcppRule.Type, $"{path} is not a JSON {JsonType(value.Kind)}");
        }

        switch (value.Kind)
        {
            case ValueKind.DateTime:
                yield return (OcppRule.DateTime, $"{path} is not an RFC 3339 date and time");
                break;
            case ValueKind.Integer:
                yield return (OcppRule.NumberRange, $"{path} needs more than 32 bits");
                break;
            case ValueKind.Decimal:
                yield return (OcppRule.NumberRange, $"{path} is beyond what `decimal` holds");
                break;
            case ValueKind.Enum:
                yield return (
                    OcppRule.Enum,
                    $"{path} is not a value of [{value.TypeName}](#{value.TypeName!.ToLowerInvariant()})"
                );
                break;
        }

        if (value.IsUri)
        {
            yield return (OcppRule.Uri, $"{path} is not an absolute URI");
        }

        if (value.MaxLength is { } maxLength)
        {
            yield return (OcppRule.MaxLength, Text($"{path} is longer than {maxLength} characters"));
        }

        if (value.Minimum is { } minimum)
        {
            yield return (OcppRule.Minimum, Text($"{path} is less than {minimum:0.######}"));
        }

        if (value.Maximum is { } maximum)
        {
            yield return (OcppRule.Maximum, Text($"{path} is greater than {maximum:0.######}"));
        }

        if (value.MultipleOf is { } multipleOf)
        {
            yield return (OcppRule.MultipleOf, Text($"{path} is not a multiple of {multipleOf:0.##########}"));
        }
    }

    private static string JsonType(ValueKind kind) =>
        kind switch
        {
            ValueKind.Integer => "integer",
            ValueKind.Decimal => "number",
            ValueKind.Boolean => "boolean",
            ValueKind.Object => "object",
            _ => "string",
        };

    /// <summary>A name in a JSON Pointer (RFC 6901 section 3).</summary>
    private static string PointerToken(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
