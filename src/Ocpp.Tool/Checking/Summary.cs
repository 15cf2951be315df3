using Ocpp.Rpc;

namespace Ocpp.Tool.Checking;

/// <summary>
/// What was checked, counted. Each frame is counted once: for its action, or for one of the three reasons why it has
/// none. Names from the wire make no rows, so that the size is bounded.
/// </summary>
internal sealed class Summary
{
    private readonly Dictionary<OcppAction, MessageCount> _actions = [];

    private readonly Dictionary<(string Name, ProtocolSource Source), long> _protocols = [];

    /// <summary>The actions that were met, by name.</summary>
    public IEnumerable<(string Action, MessageCount Count)> Actions =>
        _actions
            .GroupBy(pair => pair.Key.Name, StringComparer.Ordinal)
            .OrderBy(ofName => ofName.Key, StringComparer.Ordinal)
            .Select(ofName => (ofName.Key, MessageCount.Sum(ofName.Select(pair => pair.Value))));

    /// <summary>How many frames were checked against which version of OCPP, and what decided on it.</summary>
    public IEnumerable<(string Name, ProtocolSource Source, long Frames)> Protocols =>
        _protocols
            .Select(pair => (pair.Key.Name, pair.Key.Source, pair.Value))
            .OrderBy(row => row.Name, StringComparer.Ordinal)
            .ThenBy(row => row.Source);

    /// <summary>The versions that frames fit whose version nothing decided on; empty if there are none.</summary>
    public SortedSet<string> Candidates { get; } = new(StringComparer.Ordinal);

    /// <summary>How many messages were signed. Signatures are not verified.</summary>
    public long Signed { get; set; }

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

    /// <summary>Counts a frame that was checked against a version of OCPP.</summary>
    public void CountProtocol(CheckedProtocol protocol, ProtocolSource source)
    {
        (string, ProtocolSource) key = (protocol.Name, source);
        _protocols[key] = _protocols.GetValueOrDefault(key) + 1;
    }

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
