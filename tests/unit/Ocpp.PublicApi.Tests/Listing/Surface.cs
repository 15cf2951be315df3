using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ocpp.PublicApi.Tests.Listing;

/// <summary>
/// What users of an assembly can see: every public type and every member that is public or protected, one line each,
/// each line beginning with the full name, in ordinal order. What the compiler adds to every record is left out.
/// </summary>
internal sealed class Surface
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private readonly NullabilityInfoContext _nullability = new();
    private readonly List<string> _lines = [];

    private Surface() { }

    public static IReadOnlyList<string> Of(Assembly assembly)
    {
        var surface = new Surface();
        foreach (Type type in assembly.GetExportedTypes())
        {
            surface.AddType(type);
        }

        surface._lines.Sort(StringComparer.Ordinal);
        return surface._lines;
    }

    private static bool IsVisible(MethodBase? method) =>
        method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsWrittenByCompiler(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", Declared) is not null
        || (
            type.IsValueType
            && type.GetMethod("PrintMembers", Declared) is { } print
            && print.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        );

    private static string Modifiers(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        string kind = method switch
        {
            { IsStatic: true, IsAbstract: true } => "static abstract ",
            { IsStatic: true } => "static ",
            { IsAbstract: true } when method.DeclaringType!.IsInterface => "",
            { IsAbstract: true } => "abstract ",
            MethodInfo info when info.GetBaseDefinition() != info => info.IsFinal ? "sealed override " : "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return access + kind;
    }

    private static string BaseOf(Type type)
    {
        IEnumerable<Type> inherited = type.GetInterfaces().Where(candidate => candidate.IsVisible);
        Type? parent = type is { IsClass: true } && type.BaseType != typeof(object) ? type.BaseType : null;
        IEnumerable<string> names = inherited.Select(candidate => TypeText.Of(candidate)).Order(StringComparer.Ordinal);
        return string.Concat((parent is null ? names : names.Prepend(TypeText.Of(parent))).Select(name => ", " + name));
    }

    private void AddType(Type type)
    {
        string name = TypeText.Of(type);
        string attributes = AttributeText.Of(type.GetCustomAttributesData());
        (_, string constraints) = TypeText.Generics(type.GetGenericArguments());
        if (type.IsEnum)
        {
            _lines.Add($"{name}: {attributes}enum {TypeText.Of(Enum.GetUnderlyingType(type))}");
            _lines.AddRange(
                type.GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Select(field =>
                        $"{name}.{field.Name} = {TypeText.Literal(field.GetRawConstantValue(), typeof(long))}"
                    )
            );
            return;
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            _lines.Add($"{name}: {attributes}delegate {Returned(invoke)} ({Parameters(invoke)}){constraints}");
            return;
        }

        _lines.Add($"{name}: {attributes}{Kind(type)}{BaseOf(type)}{constraints}");
        foreach (
            FieldInfo field in type.GetFields(Declared)
                .Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
        )
        {
            AddField(name, field);
        }

        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            AddProperty(name, property);
        }

        foreach (EventInfo added in type.GetEvents(Declared).Where(added => IsVisible(added.AddMethod)))
        {
            _lines.Add(
                $"{name}.{added.Name}: {Modifiers(added.AddMethod!)}event "
                    + $"{TypeText.Of(added.EventHandlerType!, _nullability.Create(added))}"
            );
        }

        foreach (
            ConstructorInfo constructor in type.GetConstructors(Declared)
                .Where(constructor => IsVisible(constructor) && !constructor.IsStatic)
        )
        {
            string made = AttributeText.Of(constructor.GetCustomAttributesData());
            _lines.Add($"{name}.new({Parameters(constructor)}): {made}{Modifiers(constructor)}constructor");
        }

        foreach (
            MethodInfo method in type.GetMethods(Declared)
                .Where(method => IsVisible(method) && !IsWrittenByCompiler(method))
        )
        {
            AddMethod(name, method);
        }
    }

    private static string Kind(Type type)
    {
        string record = IsRecord(type) ? "record " : "";
        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsValueType)
        {
            string isReadOnly = type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "readonly " : "";
            return $"{isReadOnly}{(type.IsByRefLike ? "ref " : "")}{record}struct";
        }

        string modifier = type switch
        {
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        return $"{modifier}{record}class";
    }

    private void AddField(string owner, FieldInfo field)
    {
        string type = TypeText.Of(field.FieldType, _nullability.Create(field));
        string access = field.IsPublic ? "" : "protected ";
        _lines.Add(
            field.IsLiteral
                ? $"{owner}.{field.Name}: {access}const {type} = "
                    + $"{TypeText.Literal(field.GetRawConstantValue(), field.FieldType)}"
                : $"{owner}.{field.Name}: "
                    + $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type}"
        );
    }

    private void AddProperty(string owner, PropertyInfo property)
    {
        MethodInfo? get = IsVisible(property.GetMethod) ? property.GetMethod : null;
        MethodInfo? set = IsVisible(property.SetMethod) ? property.SetMethod : null;
        if ((get ?? set) is not { } accessor)
        {
            return;
        }

        string setter =
            set is null ? ""
            : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;"
            : " set;";
        string required = property.IsDefined(typeof(RequiredMemberAttribute), inherit: false) ? "required " : "";
        string index = property.GetIndexParameters() is { Length: > 0 } parameters
            ? $"[{string.Join(", ", parameters.Select(Parameter))}]"
            : "";
        string attributes = AttributeText.Of(
            property.GetCustomAttributesData().Concat(accessor.GetCustomAttributesData())
        );
        string type = TypeText.Of(property.PropertyType, _nullability.Create(property));
        _lines.Add(
            $"{owner}.{property.Name}{index} {{{(get is null ? "" : " get;")}{setter} }}: "
                + $"{attributes}{Modifiers(accessor)}{required}{type}"
        );
    }

    private void AddMethod(string owner, MethodInfo method)
    {
        bool isOperator = method.IsSpecialName && method.Name.StartsWith("op_", StringComparison.Ordinal);
        if (method.IsSpecialName && !isOperator)
        {
            return;
        }

        (string generics, string constraints) = TypeText.Generics(method.GetGenericArguments());
        string attributes = AttributeText.Of(method.GetCustomAttributesData());
        _lines.Add(
            $"{owner}.{method.Name}{generics}({Parameters(method)}): "
                + $"{attributes}{Modifiers(method)}{Returned(method)}{constraints}"
        );
    }

    private string Returned(MethodInfo method)
    {
        string reference = method.ReturnType.IsByRef
            ? method.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "InAttribute")
                ? "ref readonly "
                : "ref "
            : "";
        return reference
            + AttributeText.Of(method.ReturnParameter.GetCustomAttributesData())
            + TypeText.Of(method.ReturnType, _nullability.Create(method.ReturnParameter));
    }

    private string Parameters(MethodBase method)
    {
        string self = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "";
        return self + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private string Parameter(ParameterInfo parameter)
    {
        string passing = parameter switch
        {
            { ParameterType.IsByRef: true, IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) => "params ",
            _ => "",
        };
        string value = parameter.HasDefaultValue
            ? $" = {TypeText.Literal(parameter.RawDefaultValue, parameter.ParameterType)}"
            : "";
        return AttributeText.Of(parameter.GetCustomAttributesData())
            + passing
            + TypeText.Of(parameter.ParameterType, _nullability.Create(parameter))
            + $" {parameter.Name}{value}";
    }
}
