namespace Ocpp.Tool.Reference;

/// <summary>How a page in a folder is not what the schemas give.</summary>
internal enum PageState
{
    Missing,
    Stale,

    /// <summary>There is no such message any more.</summary>
    Extra,
}
