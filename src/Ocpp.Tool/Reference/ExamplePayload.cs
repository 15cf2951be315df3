using System.Text.Json.Nodes;
using Ocpp.Schemas.Model;
using Ocpp.Tool.Schemas;

namespace Ocpp.Tool.Reference;

/// <summary>
/// Makes a valid example of a payload: all required fields, the optional ones of the payload itself, and single values
/// of the objects directly in it and of those that would be empty else; <see cref="ExampleTable"/> has exceptions. Room
/// for vendors is left out. Lists get as many items as they must have, and at least one.
/// </summary>
internal sealed class ExamplePayload
{
    private readonly SchemaFolder _schemas;

    /// <summary>The types around what is being made: one that holds itself is not opened again.</summary>
    private readonly Stack<string> _open = new();

    private ExamplePayload(SchemaFolder schemas) => _schemas = schemas;

    public static JsonObject Of(SchemaFolder schemas, ObjectModel payload) => new ExamplePayload(schemas).Make(payload);

    private JsonObject Make(ObjectModel model)
    {
        var json = new JsonObject();
        _open.Push(model.Name);
        foreach (
            PropertyModel property in model.Properties.Where(property =>
                property.IsRequired || IsShown(property, model)
            )
        )
        {
            json.Add(property.JsonName, Make(property.Value, model.Name, property));
        }

        _open.Pop();
        return json;
    }

    private bool IsShown(PropertyModel property, ObjectModel owner)
    {
        string name = $"{owner.Name}.{property.JsonName}";
        bool isSingle = property.Value.Kind is not (ValueKind.Object or ValueKind.Array);
        return !HoldsItself(property.Value)
            && _schemas.ObjectIn(property.Value) is not { IsOpen: true }
            && !ExampleTable.LeftOut.Contains(name)
            && (
                _open.Count == 1
                || (isSingle && (_open.Count == 2 || !owner.Properties.Any(other => other.IsRequired)))
                || ExampleTable.Shown.Contains(name)
            );
    }

    private JsonNode Make(ValueModel value, string owner, PropertyModel property) =>
        value switch
        {
            { Kind: ValueKind.Object } when HoldsItself(value) => new JsonObject(),
            { Kind: ValueKind.Object } => Make(_schemas.ObjectIn(value)!),
            { Kind: ValueKind.Enum } => ExampleValues.Of((EnumModel)_schemas.Type(value.TypeName!).Type),
            { Item: { } item } => new JsonArray([
                .. Enumerable.Range(0, CountOf(value)).Select(_ => Make(item, owner, property)),
            ]),
            _ => ExampleValues.Of(value, owner, property),
        };

    private int CountOf(ValueModel list) =>
        Math.Min(Math.Max(list.MinItems ?? 0, HoldsItself(list) ? 0 : 1), list.MaxItems ?? int.MaxValue);

    private bool HoldsItself(ValueModel value) => _schemas.ObjectIn(value) is { } model && _open.Contains(model.Name);
}
