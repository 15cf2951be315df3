using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Ocpp.PublicApi.Tests.Listing;

/// <summary>The attributes that change what a user may write, or what the code does with it.</summary>
internal static class AttributeText
{
    private static readonly HashSet<Type> s_shown =
    [
        typeof(AttributeUsageAttribute),
        typeof(System.ComponentModel.EditorBrowsableAttribute),
        typeof(DoesNotReturnAttribute),
        typeof(DynamicallyAccessedMembersAttribute),
        typeof(ExperimentalAttribute),
        typeof(FlagsAttribute),
        typeof(JsonConverterAttribute),
        typeof(MaybeNullWhenAttribute),
        typeof(MemberNotNullAttribute),
        typeof(MemberNotNullWhenAttribute),
        typeof(NotNullAttribute),
        typeof(NotNullIfNotNullAttribute),
        typeof(NotNullWhenAttribute),
        typeof(ObsoleteAttribute),
        typeof(RequiresDynamicCodeAttribute),
        typeof(RequiresUnreferencedCodeAttribute),
        typeof(SetsRequiredMembersAttribute),
    ];

    /// <summary>As a prefix, each in brackets.</summary>
    public static string Of(IEnumerable<CustomAttributeData> attributes) =>
        string.Concat(
            attributes
                .Where(attribute => s_shown.Contains(attribute.AttributeType) && !IsCompilers(attribute))
                .Select(Text)
                .Order(StringComparer.Ordinal)
        );

    /// <summary>
    /// A type with required members and a ref struct are marked as obsolete for compilers that do not know them.
    /// </summary>
    private static bool IsCompilers(CustomAttributeData attribute) =>
        attribute.AttributeType == typeof(ObsoleteAttribute)
        && attribute.ConstructorArguments is [{ Value: string message }, ..]
        && (
            message.StartsWith("Constructors of types with required members", StringComparison.Ordinal)
            || message.StartsWith("Types with embedded references", StringComparison.Ordinal)
        );

    private static string Text(CustomAttributeData attribute)
    {
        string name = attribute.AttributeType.Name[..^"Attribute".Length];
        IEnumerable<string> arguments =
        [
            .. attribute.ConstructorArguments.Select(argument => Value(argument)),
            .. attribute.NamedArguments.Select(argument => $"{argument.MemberName} = {Value(argument.TypedValue)}"),
        ];
        string list = string.Join(", ", arguments);
        return list.Length == 0 ? $"[{name}] " : $"[{name}({list})] ";
    }

    private static string Value(CustomAttributeTypedArgument argument) =>
        argument.Value switch
        {
            Type type => $"typeof({TypeText.Of(type)})",
            IReadOnlyCollection<CustomAttributeTypedArgument> items => string.Join(", ", items.Select(Value)),
            object value when argument.ArgumentType.IsEnum => TypeText.Literal(
                Enum.ToObject(argument.ArgumentType, value),
                argument.ArgumentType
            ),
            _ => TypeText.Literal(argument.Value, argument.ArgumentType),
        };
}
