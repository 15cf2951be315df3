using System.Globalization;
using System.Reflection;

namespace Ocpp.PublicApi.Tests.Listing;

/// <summary>Types as C# writes them, with their namespaces and what may be null.</summary>
internal static class TypeText
{
    private static readonly Dictionary<string, string> s_keywords = new(StringComparer.Ordinal)
    {
        ["System.Void"] = "void",
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.Char"] = "char",
        ["System.Decimal"] = "decimal",
        ["System.Double"] = "double",
        ["System.Int32"] = "int",
        ["System.Int64"] = "long",
        ["System.UInt32"] = "uint",
        ["System.UInt64"] = "ulong",
        ["System.Object"] = "object",
        ["System.String"] = "string",
    };

    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        string mark =
            nullability is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable }
            && !type.IsValueType
            && !IsAnyType(type)
                ? "?"
                : "";
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}"
                + $"]{mark}";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        return NameOf(type, nullability) + mark;
    }

    /// <summary>A constant as C# writes it.</summary>
    public static string Literal(object? value, Type type) =>
        value switch
        {
            null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
            string text =>
                $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r")}\"",
            bool flag => flag ? "true" : "false",
            char character => $"'{character}'",
            _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } enumType => Enum.GetName(
                enumType,
                value
            )
                is { } name
                ? $"{Of(enumType)}.{name}"
                : Convert.ToString(value, CultureInfo.InvariantCulture)!,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    /// <summary>The parameters of a generic type or method, and what they are constrained to.</summary>
    public static (string Parameters, string Constraints) Generics(Type[] parameters)
    {
        if (parameters.Length == 0)
        {
            return ("", "");
        }

        string names = string.Join(", ", parameters.Select(parameter => Variance(parameter) + parameter.Name));
        return ($"<{names}>", string.Concat(parameters.Select(Constraint)));
    }

    /// <summary>A type parameter without constraints: that it may be null says only that its argument may be.</summary>
    private static bool IsAnyType(Type type) =>
        type.IsGenericParameter
        && !type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);

    private static string NameOf(Type type, NullabilityInfo? nullability)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.FullName is { } fullName && s_keywords.TryGetValue(fullName, out string? keyword))
        {
            return keyword;
        }

        // The arguments of a nested type's outer types come first.
        Type[] arguments = type.GetGenericArguments();
        int taken = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string prefix = type.DeclaringType is { } outer
            ? NameOf(outer.IsGenericTypeDefinition ? outer.MakeGenericType(arguments[..taken]) : outer, null) + "."
            : type.Namespace + ".";
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
        {
            return prefix + type.Name;
        }

        NullabilityInfo[] inner = nullability?.GenericTypeArguments ?? [];
        IEnumerable<string> texts = arguments
            .Skip(taken)
            .Select((argument, index) => Of(argument, taken + index < inner.Length ? inner[taken + index] : null));
        return $"{prefix}{type.Name[..tick]}<{string.Join(", ", texts)}>";
    }

    private static string Variance(Type parameter) =>
        (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out ",
            GenericParameterAttributes.Contravariant => "in ",
            _ => "",
        };

    private static string Constraint(Type parameter)
    {
        GenericParameterAttributes flags = parameter.GenericParameterAttributes;
        bool isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> parts = [];
        if (isStruct)
        {
            parts.Add("struct");
        }
        else if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        parts.AddRange(
            parameter
                .GetGenericParameterConstraints()
                .Where(type => type != typeof(ValueType))
                .Select(type => Of(type))
                .Order(StringComparer.Ordinal)
        );
        if (!isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }
}
