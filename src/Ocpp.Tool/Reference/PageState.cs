namespace Ocpp.Tool.Reference;

/// <summary>How a page in a folder stands to what the schemas give.</summary>
internal enum PageState
{
    Fresh,
    Missing,
    Stale,

    /// <summary>There is no such message any more.</summary>
    Extra,
}
