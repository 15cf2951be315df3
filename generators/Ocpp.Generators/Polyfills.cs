namespace System.Runtime.CompilerServices;

/// <summary>The compiler asks for it where a record or an init accessor is declared; netstandard2.0 lacks it.</summary>
internal static class IsExternalInit;

/// <summary>The compiler looks for it on the type that an interpolated string is converted to.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute;
