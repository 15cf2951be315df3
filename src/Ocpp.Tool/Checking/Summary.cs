using Ocpp.Rpc;

namespace Ocpp.Tool.Checking;

/// <summary>
/// What was checked, counted. Each frame is counted once: for its action, or for one of the three reasons why it has
/// none. Names from the wire make no rows, so that the size is bounded.
/// </summary>
internal sealed class Summary
{
    private readonly Dictionary<OcppAction, MessageCount> _actions = [];

    /// <summary>The actions that were met, by name.</summary>
    public IEnumerable<(string Action, MessageCount Count)> Actions =>
        _actions.Select(pair => (pair.Key.Name, pair.Value)).OrderBy(row => row.Name, StringComparer.Ordinal);

    /// <summary>CALLs of unknown actions, and their answers.</summary>
    public MessageCount UnknownAction { get; } = new();

    /// <summary>What looks like a frame, but can't be read as one.</summary>
    public MessageCount Unreadable { get; } = new();

    /// <summary>Answers whose CALL is not known.</summary>
    public MessageCount Unmatched { get; } = new();

    /// <summary>How many violations were reported.</summary>
    public long Violations { get; set; }

    /// <summary>How many lines hold no frame.</summary>
    public long SkippedLines { get; set; }

    /// <summary>Whether the check ended before its input did.</summary>
    public bool IsInterrupted { get; set; }

    public long Valid => All.Sum(count => count.Valid);

    public long Invalid => All.Sum(count => count.Invalid);

    public long Frames => Valid + Invalid;

    private IEnumerable<MessageCount> All => [.. _actions.Values, UnknownAction, Unreadable, Unmatched];

    /// <summary>The row of an action; of unknown ones where there is none.</summary>
    public MessageCount Of(OcppAction? action)
    {
        if (action is null)
        {
            return UnknownAction;
        }

        if (!_actions.TryGetValue(action, out MessageCount? count))
        {
            _actions.Add(action, count = new MessageCount());
        }

        return count;
    }
}
