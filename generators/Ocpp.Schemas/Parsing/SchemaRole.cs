namespace Ocpp.Schemas.Parsing;

/// <summary>What a schema within a file is for.</summary>
internal enum SchemaRole
{
    Payload,
    Definition,
    Property,
    Item,
}
