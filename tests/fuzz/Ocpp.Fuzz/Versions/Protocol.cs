namespace Ocpp.Fuzz.Versions;

/// <summary>The registry of the chosen version, under the name that the shared code of the tests has for it.</summary>
internal static class Protocol
{
    public static OcppProtocol Instance => FuzzedVersion.Chosen.Protocol;
}
