using System.Text;
using System.Text.Json;
using Ocpp.Rpc;

namespace Ocpp.Interop;

/// <summary>
/// The payloads that both sides know: of each message one with every property, and one with the required ones.
/// </summary>
internal sealed class Samples
{
    private readonly Dictionary<string, byte[]> _full;
    private readonly Dictionary<string, byte[]> _minimal;

    public Samples(string folder)
    {
        _full = Read(Path.Combine(folder, "samples.json"));
        _minimal = Read(Path.Combine(folder, "minimal.json"));
    }

    public object Request(OcppAction action, bool isFull) =>
        Demand(action.ReadRequest(Of(action.Name + "Request", isFull), out OcppViolation violation), violation);

    public object Response(OcppAction action, bool isFull) =>
        Demand(action.ReadResponse(Of(action.Name + "Response", isFull), out OcppViolation violation), violation);

    private static object Demand(object? value, OcppViolation violation) =>
        value ?? throw new InvalidDataException($"A sample is not valid: {violation}");

    private byte[] Of(string name, bool isFull) => (isFull ? _full : _minimal)[name];

    private static Dictionary<string, byte[]> Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document
            .RootElement.EnumerateObject()
            .ToDictionary(member => member.Name, member => Encoding.UTF8.GetBytes(member.Value.GetRawText()));
    }
}
