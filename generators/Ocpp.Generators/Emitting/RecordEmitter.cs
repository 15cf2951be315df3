using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Ocpp.Generators.Model;
using Ocpp.Generators.Parsing;

namespace Ocpp.Generators.Emitting;

/// <summary>Writes the record of an object: its constants and properties here, what it does in the other parts.</summary>
internal static partial class RecordEmitter
{
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    public static void Emit(SourceWriter source, ObjectModel model, PlacedType place)
    {
        string? actionName = place.Action is null ? null : ActionName(model);
        model = Unhide(model, place.Namespace, actionName);
        string payload = place switch
        {
            { Action: null } => $"global::Ocpp.IOcppPayload<{model.Name}>",
            { Response: null } => $"global::Ocpp.IOcppOneWayMessage<{model.Name}>",
            _ => $"global::Ocpp.IOcppRequest<{model.Name}, {place.Response}>",
        };
        source.Doc("summary", model.Description.Length > 0 ? model.Description : $"The payload {model.Name}.");
        string role = place switch
        {
            { Action: null } => "",
            { Response: null } => $"The payload of a SEND with the action <c>{DocComment.Escape(place.Action)}</c>, which nothing answers.",
            _ => $"The payload of a CALL with the action <c>{DocComment.Escape(place.Action)}</c>, answered with <see cref=\"{place.Response}\"/>.",
        };
        string sender = place.Sender switch
        {
            "ChargingStation" => "Sent by the charging station.",
            "Csms" => "Sent by the CSMS.",
            "Both" => "Sent by either side.",
            _ => "",
        };
        if (role.Length + sender.Length > 0)
        {
            source.DocXml("remarks", string.Join(" ", new[] { role, sender }.Where(text => text.Length > 0)));
        }

        source.Line(Names.GeneratedCode);
        source.Line(Names.JsonConverter($"global::Ocpp.Json.OcppJsonConverter<{model.Name}>"));
        source.Open($"public sealed partial record {model.Name} : {payload}");
        EmitConstants(source, model);
        EmitProperties(source, model);
        if (place.Action is not null)
        {
            EmitAction(source, place, payload, actionName);
        }

        EmitValidate(source, model);
        EmitEquality(source, model);
        source.Line();
        source.Line("/// <summary>The name of the type with its JSON, without what is sensitive; and what is wrong with it.</summary>");
        source.Line("public override string ToString() => global::Ocpp.Json.OcppGeneratedCode.ToString(this);");
        source.Line();
        EmitRead(source, model);
        source.Line();
        EmitWrite(source, model);
        source.Line();
        string reader = $"static {model.Name}? global::Ocpp.IOcppPayload<{model.Name}>.Read(ref {Names.Reader} reader)";
        source.Line($"{reader} => Read(ref reader);");
        source.Line();
        string writer = $"static void global::Ocpp.IOcppPayload<{model.Name}>.Write(ref {Names.Writer} writer, {model.Name} value)";
        source.Line($"{writer} =>");
        source.Line("    Write(ref writer, value);");
        source.Close();
    }

    /// <summary>Writes the action: as a constant where its name is free, and as the interface has it.</summary>
    private static void EmitAction(SourceWriter source, PlacedType place, string payload, string? name)
    {
        string literal = SymbolDisplay.FormatLiteral(place.Action!, quote: true);
        if (name is not null)
        {
            source.Line("/// <summary>The action that names this message on the wire.</summary>");
            source.Line($"public const string {name} = {literal};");
            source.Line();
        }

        source.Line($"static string {payload}.Action => {name ?? literal};");
        source.Line();
    }

    /// <summary>The name of the action's constant: the first that no member of the record has.</summary>
    private static string? ActionName(ObjectModel model)
    {
        HashSet<string> members = Members(model);
        return !members.Contains("Action") ? "Action" : !members.Contains("ActionName") ? "ActionName" : null;
    }

    private static HashSet<string> Members(ObjectModel model) => new(
        model.Properties.SelectMany(property => ConstantModel.Of(property).Select(constant => constant.Name).Append(property.Name)),
        StringComparer.Ordinal);

    /// <summary>
    /// Within the record, the plain name of a type means the member of that name where there is one: such a type gets its
    /// full name.
    /// </summary>
    private static ObjectModel Unhide(ObjectModel model, string @namespace, string? actionName)
    {
        HashSet<string> members = Members(model);
        if (actionName is not null)
        {
            members.Add(actionName);
        }

        return model with { Properties = model.Properties.Select(UnhideProperty).ToEquatableArray() };

        PropertyModel UnhideProperty(PropertyModel property)
        {
            ValueModel value = UnhideValue(property.Value);
            string? defaultValue = value != property.Value && value.Kind == ValueKind.Enum && property.Default is { } literal
                ? value.TypeName + literal.Substring(property.Value.TypeName!.Length)
                : property.Default;
            return property with { Value = value, Default = defaultValue };
        }

        ValueModel UnhideValue(ValueModel value) => value switch
        {
            { Item: { } item } => value with { Item = UnhideValue(item) },
            { TypeName: { } name } when IsHidden(name) || IsHidden(name + "Names") => value with { TypeName = $"global::{@namespace}.{name}" },
            _ => value,
        };

        bool IsHidden(string name) => members.Contains(name) || Naming.IsTakenByRecord(name);
    }

    /// <summary>The C# type of a value, without the question mark of an optional one.</summary>
    public static string TypeOf(ValueModel value) => value.Kind switch
    {
        ValueKind.Text => "string",
        ValueKind.Integer => "int",
        ValueKind.Decimal => "decimal",
        ValueKind.Boolean => "bool",
        ValueKind.DateTime => "global::System.DateTimeOffset",
        ValueKind.Any => Names.JsonElement,
        ValueKind.Array => $"{Names.List}<{TypeOf(value.Item!)}>",
        _ => value.TypeName!,
    };

    /// <summary>Whether C# has a value for it that is not a reference.</summary>
    private static bool IsStruct(ValueModel value) =>
        value.Kind is not (ValueKind.Text or ValueKind.Object or ValueKind.Array);

    private static void EmitConstants(SourceWriter source, ObjectModel model)
    {
        foreach (PropertyModel property in model.Properties)
        {
            foreach (ConstantModel constant in ConstantModel.Of(property))
            {
                source.DocXml("summary", $"{constant.Meaning}<see cref=\"{property.Name}\"/>.");
                source.Line($"public const {constant.Type} {constant.Name} = {constant.Value};");
                source.Line();
            }
        }
    }

    private static void EmitProperties(SourceWriter source, ObjectModel model)
    {
        foreach (PropertyModel property in model.Properties)
        {
            if (property.Description.Length > 0)
            {
                source.Doc("summary", property.Description);
            }
            else
            {
                source.DocXml("summary", $"<c>{DocComment.Escape(property.JsonName)}</c> on the wire.");
            }

            source.DocXml("remarks", $"<c>{DocComment.Escape(property.JsonName)}</c>: {Facts(property)}.");
            string declaration = property.IsRequired
                ? $"public required {TypeOf(property.Value)} {property.Name}"
                : $"public {TypeOf(property.Value)}? {property.Name}";
            source.Line(declaration + " { get; init; }");
            source.Line();
        }

        if (model.IsOpen)
        {
            source.DocXml("summary", "Further properties by name, whose values are any JSON; kept when the object is read and written again.");
            source.Line($"public {Names.Others}? AdditionalProperties {{ get; init; }}");
            source.Line();
        }
    }

    /// <summary>What the schema says about a property beside its description, for its doc comment.</summary>
    private static string Facts(PropertyModel property)
    {
        var facts = new List<string> { property.IsRequired ? "required" : "optional" };
        if (property.Value is { Item: not null, MinItems: null, MaxItems: null })
        {
            facts.Add("a list");
        }

        facts.AddRange(Limits(property.Value));
        if (property.Default is { } defaultValue)
        {
            facts.Add($"absent means <c>{DocComment.Escape(defaultValue)}</c>");
        }

        return string.Join(", ", facts);
    }

    /// <summary>The limits of a value in words: of a list first its own, then those of its items.</summary>
    public static IEnumerable<string> Limits(ValueModel value)
    {
        if (value.Item is { } item)
        {
            if (value.MinItems is { } min)
            {
                yield return value.MaxItems is { } most
                    ? string.Format(s_invariant, "{0} to {1} items", min, most)
                    : string.Format(s_invariant, "at least {0} item{1}", min, min == 1 ? "" : "s");
            }
            else if (value.MaxItems is { } max)
            {
                yield return string.Format(s_invariant, "at most {0} items", max);
            }

            value = item;
        }

        if (value.MaxLength is { } maxLength)
        {
            yield return string.Format(s_invariant, "at most {0} characters", maxLength);
        }

        if (value.Minimum is { } minimum)
        {
            yield return string.Format(s_invariant, "at least {0:0.######}", minimum);
        }

        if (value.Maximum is { } maximum)
        {
            yield return string.Format(s_invariant, "at most {0:0.######}", maximum);
        }
    }
}
