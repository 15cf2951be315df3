using Ocpp.Schemas.Diagnostics;

namespace Ocpp.Schemas.Model;

/// <summary>A parsed schema file.</summary>
/// <param name="RootPlace">Where the file's payload begins.</param>
/// <param name="Sender">
/// Who sends the payload, as a value of <c>Ocpp.Rpc.OcppParty</c>; none when the file does not say.
/// </param>
/// <param name="Types">Every type in it: the definitions, those in place, and the payload, which is the last.</param>
internal sealed record SchemaFile(
    SchemaInput Input,
    SourcePlace RootPlace,
    string? Sender,
    EquatableArray<DeclaredType> Types,
    EquatableArray<Defect> Defects
);

/// <summary>A type, where it is declared, and where its name comes from.</summary>
internal sealed record DeclaredType(TypeModel Type, SourcePlace Place, NameSource NameSource = NameSource.Own);
