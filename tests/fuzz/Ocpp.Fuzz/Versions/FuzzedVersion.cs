using System.Text.Json.Serialization;
using Ocpp.V16;
using Ocpp.V201;
using Ocpp.V21;

namespace Ocpp.Fuzz.Versions;

/// <summary>
/// A version of OCPP, whose messages are damaged. A process damages those of one, because what is read from schemas is
/// static.
/// </summary>
/// <param name="Protocol">Its actions.</param>
/// <param name="JsonContext">Its types for <see cref="System.Text.Json.JsonSerializer"/>.</param>
internal sealed record FuzzedVersion(OcppProtocol Protocol, JsonSerializerContext JsonContext)
{
    private static FuzzedVersion? s_chosen;

    public static IReadOnlyList<FuzzedVersion> All { get; } =
    [
        new(Ocpp16Protocol.Instance, Ocpp16JsonContext.Default),
        new(Ocpp201Protocol.Instance, Ocpp201JsonContext.Default),
        new(Ocpp21Protocol.Instance, Ocpp21JsonContext.Default),
    ];

    /// <summary>The version of this process.</summary>
    public static FuzzedVersion Chosen =>
        s_chosen ?? throw new InvalidOperationException("No version of OCPP has been chosen.");

    public string Name => Protocol.Subprotocol;

    public static FuzzedVersion? Find(string name) => All.FirstOrDefault(version => version.Name == name);

    /// <summary>Makes it the version of this process, before anything is read from its schemas.</summary>
    public void Choose() => s_chosen = this;
}
