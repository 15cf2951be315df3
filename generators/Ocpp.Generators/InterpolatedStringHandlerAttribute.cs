namespace System.Runtime.CompilerServices;

/// <summary>
/// The compiler looks for it on the type that an interpolated string is converted to; netstandard2.0 lacks it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute;
