namespace System.Runtime.CompilerServices;

/// <summary>
/// The compiler asks for it where a record or an init accessor is declared; netstandard2.0 lacks it, and more than one
/// of the referenced assemblies has it.
/// </summary>
internal static class IsExternalInit;
