namespace Ocpp.Interop;

/// <summary>What a DataTransfer asks of the other side by its vendorId.</summary>
internal static class Wishes
{
    /// <summary>Refuse this.</summary>
    public const string Error = "interop.error";

    /// <summary>Never answer.</summary>
    public const string Silence = "interop.silence";

    /// <summary>Answer, then cut the connection.</summary>
    public const string Cut = "interop.cut";

    /// <summary>Call everything back before you answer.</summary>
    public const string CallBack = "interop.call-back";
}
