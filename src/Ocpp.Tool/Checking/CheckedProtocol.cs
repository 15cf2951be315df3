using Ocpp.Rpc;
using Ocpp.V16;
using Ocpp.V201;
using Ocpp.V21;

namespace Ocpp.Tool.Checking;

/// <summary>A version of OCPP that logs are checked against: one row for each.</summary>
/// <param name="Protocol">Its messages.</param>
internal sealed record CheckedProtocol(OcppProtocol Protocol)
{
    /// <summary>All versions; the first is the default.</summary>
    public static IReadOnlyList<CheckedProtocol> All { get; } =
    [new(Ocpp201Protocol.Instance), new(Ocpp21Protocol.Instance), new(Ocpp16Protocol.Instance)];

    /// <summary>What it does differently around the payloads.</summary>
    public OcppProtocolRules Rules => Protocol.Rules;

    /// <summary>The error codes that it has, as they are spelled on the wire.</summary>
    public IReadOnlySet<string> ErrorCodes { get; } =
        Enum.GetValues<OcppErrorCode>().Select(Protocol.Rules.NameOf).ToHashSet(StringComparer.Ordinal);

    /// <summary>The name of the version's WebSocket subprotocol, such as <c>ocpp2.0.1</c>.</summary>
    public string Name => Protocol.Subprotocol;

    /// <summary>Finds a version by the name of its subprotocol, case-insensitive.</summary>
    /// <returns><see langword="null"/> if it is unknown.</returns>
    public static CheckedProtocol? Find(string name) =>
        All.FirstOrDefault(protocol => protocol.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
