using System.ComponentModel;

namespace Ocpp.Json;

/// <summary>What this version of the SDK offers to generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OcppGeneratedCode
{
    /// <summary>Raised whenever generated code needs something new; the generator refuses to write for an older SDK.</summary>
    public const int ContractVersion = 1;
}
