using System.Reflection;
using Ocpp.Schemas.CSharp;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>
/// The C# property of a field, by the generator's own rule: a second one would part from it at the first odd name.
/// </summary>
internal static class RecordProperty
{
    /// <exception cref="ArgumentException">The record has no such property.</exception>
    public static PropertyInfo Of(object record, string wireName) =>
        record.GetType().GetProperty(Naming.ToPascalCase(wireName))
        ?? throw new ArgumentException(
            $"{record.GetType()} has no property {Naming.ToPascalCase(wireName)} for {wireName}.",
            nameof(wireName)
        );
}
