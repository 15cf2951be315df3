using Ocpp.V16;
using Ocpp.V201;
using Ocpp.V21;

namespace Ocpp.Tool.Checking;

/// <summary>A version of OCPP that logs are checked against: one row for each.</summary>
/// <param name="Protocol">Its messages.</param>
/// <param name="ErrorCodes">The error codes that it has, as they are spelled on the wire.</param>
internal sealed record CheckedProtocol(OcppProtocol Protocol, IReadOnlySet<string> ErrorCodes)
{
    private static readonly HashSet<string> s_errorCodes = Enum.GetValues<OcppErrorCode>()
        .Select(code => code.ToWireName())
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The codes of OCPP-J 1.6, section 4.2.3, of which two are spelled in another way than later.</summary>
    private static readonly HashSet<string> s_errorCodes16 = new(StringComparer.Ordinal)
    {
        "NotImplemented",
        "NotSupported",
        "InternalError",
        "ProtocolError",
        "SecurityError",
        "FormationViolation",
        "PropertyConstraintViolation",
        "OccurenceConstraintViolation",
        "TypeConstraintViolation",
        "GenericError",
    };

    /// <summary>All versions; the first is the default.</summary>
    public static IReadOnlyList<CheckedProtocol> All { get; } =
    [
        new(Ocpp201Protocol.Instance, s_errorCodes),
        new(Ocpp21Protocol.Instance, s_errorCodes),
        new(Ocpp16Protocol.Instance, s_errorCodes16),
    ];

    /// <summary>The name of the version's WebSocket subprotocol, such as <c>ocpp2.0.1</c>.</summary>
    public string Name => Protocol.Subprotocol;

    /// <summary>Finds a version by the name of its subprotocol, case-insensitive.</summary>
    /// <returns><see langword="null"/> if it is unknown.</returns>
    public static CheckedProtocol? Find(string name) =>
        All.FirstOrDefault(protocol => protocol.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
