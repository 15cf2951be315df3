using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

internal static partial class RecordEmitter
{
    /// <summary>
    /// The reader. Each pass of its loop tries the names in the order of the schema, so that a payload in that order is
    /// read in one pass with one comparison a property, and any other order in more passes.
    /// </summary>
    private static SourceCode ReadMethod(ObjectModel model) =>
        $$"""
        internal static {{model.Name}}? Read(ref {{Names.Reader}} reader)
        {
            if (!reader.BeginObject())
            {
                return null;
            }

            {{SourceCode.Lines(model.Properties, static property => $"{CSharpType.Of(property.Value)}? {Local(property)} = null;")}}
            {{SourceCode.If(model.IsOpen, $"{Names.FurtherProperties} additionalProperties = default;")}}
            ulong seen = 0;
            int start;
            do
            {
                start = reader.Position;

                {{SourceCode.Paragraphs(WithBits(model), static property => ReadProperty(property.Property, property.Bit))}}
            }
            while (reader.Position != start || reader.OtherProperty({{(model.IsOpen ? "ref additionalProperties" : "")}}));

            {{SourceCode.If(model.IsOpen, $"reader.EndOtherProperties(ref additionalProperties);")}}
            if (!reader.EndObject(seen, {{Bits(Required(model).Aggregate(0UL, static (bits, property) => bits | property.Bit))}}))
            {
                {{SourceCode.Lines(Required(model), static property => $"""
                    reader.Missing("{property.Property.JsonName}", {Bits(property.Bit)}, seen);
                    """)}}
                return null;
            }

            return new {{model.Name}}
            {
                {{SourceCode.Lines(model.Properties, static property => $"{property.Name} = {LocalValue(property)},")}}
                {{SourceCode.If(model.IsOpen, $"AdditionalProperties = additionalProperties.Values,")}}
            };
        }
        """;

    private static SourceCode ReadProperty(PropertyModel property, ulong bit) =>
        $$"""
            if (reader.IsNext("\"{{property.JsonName}}\":"u8))
            {
                {{Local(property)}} = {{Read(property.Value, property.Name, "reader")}};
                if (!reader.MoveNext("{{property.JsonName}}", {{Bits(bit)}}, ref seen{{(
                property.IsRequired ? ", required: true" : ""
            )}}))
                {
                    break;
                }
            }
            """;

    private static string Local(PropertyModel property) => Naming.ToLocal(property.Name);

    private static string LocalValue(PropertyModel property) =>
        property switch
        {
            { IsRequired: false } => Local(property),
            _ when IsStruct(property.Value) => Local(property) + ".GetValueOrDefault()",
            _ => Local(property) + "!",
        };

    private static IEnumerable<(PropertyModel Property, ulong Bit)> WithBits(ObjectModel model) =>
        model.Properties.Select(static (property, index) => (property, 1UL << index));

    private static IEnumerable<(PropertyModel Property, ulong Bit)> Required(ObjectModel model) =>
        WithBits(model).Where(static property => property.Property.IsRequired);

    /// <summary>The expression that reads a value; its result is null if the value is invalid.</summary>
    /// <param name="constants">What the names of the property's constants begin with.</param>
    private static string Read(ValueModel value, string constants, string reader) =>
        value.Kind switch
        {
            ValueKind.Text => $"{reader}.{(value.IsUri ? "ReadUri" : "ReadString")}"
                + $"({(value.MaxLength is null ? "" : constants + "MaxLength")})",
            ValueKind.Integer => $"{reader}.ReadInt32({Bounds(value, constants)})",
            ValueKind.Decimal =>
                $"{reader}.{(value.MultipleOf is null ? "ReadDecimal" : "ReadMultiple")}({Bounds(value, constants)})",
            ValueKind.Boolean => $"{reader}.ReadBoolean()",
            ValueKind.DateTime => $"{reader}.ReadDateTimeOffset()",
            ValueKind.Any => $"{reader}.ReadAny()",
            ValueKind.Object => $"{value.TypeName}.Read(ref {reader})",
            ValueKind.Enum => $"{value.TypeName}Names.Read(ref {reader})",
            _ => $"{reader}.ReadArray(static (ref {Names.Reader} r) => "
                + $"{ReadItem(value.Item!, constants)}{ItemBounds(value, constants)})",
        };

    private static string ReadItem(ValueModel item, string constants) =>
        Read(item, ConstantModel.PrefixOfItem(item, constants), "r") + (IsStruct(item) ? ".GetValueOrDefault()" : "!");

    private static string Bounds(ValueModel value, string constants)
    {
        string?[] bounds =
        [
            value.MultipleOf is null ? null : $"multipleOf: {constants}MultipleOf",
            value.Minimum is null ? null : $"minimum: {constants}Minimum",
            value.Maximum is null ? null : $"maximum: {constants}Maximum",
        ];
        return string.Join(", ", bounds.Where(static bound => bound is not null));
    }

    private static string ItemBounds(ValueModel value, string constants) =>
        (value.MinItems is null ? "" : $", minItems: {constants}MinItems")
        + (value.MaxItems is null ? "" : $", maxItems: {constants}MaxItems");

    private static string Bits(ulong mask) => "0x" + mask.ToString("X", s_invariant);
}
