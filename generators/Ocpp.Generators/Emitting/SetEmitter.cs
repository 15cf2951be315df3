using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

/// <summary>
/// Writes what belongs to all types of a protocol together: the serializer context, the registry of actions and the
/// JSON schemas.
/// </summary>
internal static class SetEmitter
{
    public static IEnumerable<GeneratedSource> Emit(SchemaSet set)
    {
        yield return ContextEmitter.Emit(set);
        yield return ProtocolEmitter.Emit(set);
        yield return SchemasEmitter.Emit(set);
    }
}
