using System.Text;
using System.Text.Json;
using Ocpp.Rpc;

namespace Ocpp.Interop;

/// <summary>
/// The payloads that both sides know: of each message one with every property, and one with the required ones.
/// </summary>
/// <param name="protocol">The version of OCPP.</param>
/// <param name="folder">The folder of its samples.</param>
internal sealed class Samples(OcppProtocol protocol, string folder)
{
    private readonly Dictionary<string, byte[]> _full = Read(Path.Combine(folder, "samples.json"));
    private readonly Dictionary<string, byte[]> _minimal = Read(Path.Combine(folder, "minimal.json"));

    public OcppProtocol Protocol => protocol;

    public IReadOnlyList<Exchange> Exchanges { get; } = Exchange.AllOf(protocol);

    /// <summary>How many payloads each side sends: two of each action.</summary>
    public int Calls => 2 * Exchanges.Count;

    public object Request(OcppAction action, bool isFull) =>
        Demand(
            action.ReadRequest(
                Of(action.IsOneWay ? action.Name : action.Name + "Request", isFull),
                out OcppViolation violation
            ),
            violation
        );

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
