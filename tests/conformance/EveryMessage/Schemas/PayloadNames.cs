using Xunit;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>
/// The name of every payload that has a schema file: the rows of the tests that run over all of them.
/// </summary>
public sealed class PayloadNames : TheoryData<string>
{
    public PayloadNames()
    {
        foreach (SchemaFile file in SchemaFile.All)
        {
            Add(file.Name);
        }
    }
}
