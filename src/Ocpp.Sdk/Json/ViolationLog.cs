using System.Text;
using Ocpp.Security;

namespace Ocpp.Json;

/// <summary>
/// The violations of one payload, made only once there is one. Each keeps the depth that its path reaches up to;
/// readers prepend their segments while they unwind.
/// </summary>
/// <remarks>
/// A log with options goes on after a violation. It decides about each as soon as it can: what the options accept
/// wherever it is found at once, all else when its path is complete. Therefore what is kept stays bounded, however many
/// there are.
/// </remarks>
internal sealed class ViolationLog
{
    private const int MaxNameLength = 64;

    /// <summary>How many violations may wait for their path to be complete; one more ends the reading.</summary>
    private const int MaxUndecided = 10_000;

    private readonly List<Entry> _entries = [];
    private readonly Type? _message;
    private readonly bool _listsRefused;
    private int _refused;
    private int _accepted;
    private int _undecided;

    /// <summary>Keeps the first violation, at which reading stops.</summary>
    public ViolationLog() { }

    /// <summary>Reading goes on after a violation.</summary>
    /// <param name="options">What is accepted.</param>
    /// <param name="message">The type of the payload.</param>
    /// <param name="listsRefused">
    /// Lists what is not accepted; otherwise what is accepted, until the first violation that is not.
    /// </param>
    public ViolationLog(OcppReadOptions options, Type message, bool listsRefused)
    {
        Options = options;
        _message = message;
        _listsRefused = listsRefused;
    }

    /// <summary>What is accepted; null when reading stops at the first violation.</summary>
    public OcppReadOptions? Options { get; }

    public bool GoesOn => Options is not null;

    /// <summary>Reading can't go on: the JSON is malformed, the list is full, or the payload is refused.</summary>
    public bool IsEnded { get; set; }

    /// <summary>How many accepted violations are not listed, because the list is full.</summary>
    public int UnlistedAccepted => Math.Max(0, _accepted - Options!.MaxViolations);

    /// <summary>The first violation.</summary>
    public OcppViolation First => _entries[0].ToViolation();

    /// <summary>The first violation that is not accepted, or for which the payload as a whole is lost.</summary>
    public OcppViolation? FirstRefused =>
        (
            _entries.Find(static entry => entry.State == State.Refused)
            ?? _entries.Find(static entry => entry.State != State.Accepted)
        )?.ToViolation();

    /// <summary>Adds a violation.</summary>
    /// <param name="violation">The violation, without its path.</param>
    /// <param name="depth">The depth at which it was found.</param>
    /// <param name="isFatal">It leaves no value.</param>
    /// <param name="isTolerated">The reader has made a value of what was found, as the options allow.</param>
    public void Add(OcppViolation violation, int depth, bool isFatal = false, bool isTolerated = false)
    {
        if (Options is null)
        {
            if (_entries.Count == 0)
            {
                _entries.Add(new Entry(violation, depth));
            }

            return;
        }

        bool isAccepted = isTolerated || Options.AcceptsAnywhere(violation.Rule);
        var entry = new Entry(violation, depth) { IsFatal = isFatal };
        if (isAccepted && !isFatal)
        {
            Accept(entry);
            return;
        }

        bool isFull = _undecided == MaxUndecided;
        if (isFull || !(isAccepted || Options.MayAccept(violation.Rule)))
        {
            Refuse(entry);
            IsEnded |= isFull;
        }
        else
        {
            entry.State = isAccepted ? State.AcceptedUnlessFatal : State.Undecided;
            _undecided++;
        }

        _entries.Add(entry);
    }

    /// <summary>
    /// Prepends a path segment to every violation found at or below <paramref name="depth"/> since the last call there.
    /// </summary>
    /// <param name="depth">The depth of the property or item.</param>
    /// <param name="segment">Its name or index.</param>
    /// <param name="isSurvived">
    /// The object can do without the property: what was wrong with it is not what the object is lost for.
    /// </param>
    public void Prepend(int depth, string segment, bool isSurvived = false)
    {
        int first = _entries.Count;
        for (; first > 0 && _entries[first - 1].Depth >= depth; first--)
        {
            Entry entry = _entries[first - 1];
            entry.Segments.Add(segment);
            entry.Depth = depth - 1;
            entry.IsFatal &= !isSurvived;
        }

        if (_undecided > 0)
        {
            Decide(first, isComplete: depth == 1);
        }
    }

    /// <summary>Decides about what is left when the whole payload was read.</summary>
    public void Complete() => Decide(0, isComplete: true);

    /// <summary>The violations that are accepted, or with those not accepted listed, these.</summary>
    public OcppViolation[] ToArray()
    {
        var violations = new List<OcppViolation>();
        foreach (Entry entry in _entries)
        {
            if (entry.State == State.Accepted != _listsRefused && violations.Count < Options!.MaxViolations)
            {
                violations.Add(entry.ToViolation());
            }
        }

        return violations.ToArray();
    }

    /// <summary>
    /// A name from the payload, made fit for a path: bounded, and without anything that could forge a log line.
    /// </summary>
    public static string Describe(ReadOnlySpan<byte> utf8Name)
    {
        // Enough bytes for more characters than are kept, so that what is cut shows as cut.
        string name = Encoding.UTF8.GetString(utf8Name[..Math.Min(utf8Name.Length, 4 * (MaxNameLength + 1))]);
        return PrintableText.Of(name, MaxNameLength);
    }

    /// <summary>Escapes a segment of a JSON Pointer (RFC 6901 section 3).</summary>
    public static string Escape(string segment) =>
        segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Decides about the violations from one on, as far as that can be done.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="isComplete">Their paths are complete, and nothing can do without them any more.</param>
    private void Decide(int first, bool isComplete)
    {
        int kept = first;
        for (int i = first; i < _entries.Count; i++)
        {
            Entry entry = _entries[i];
            if (entry.IsDecided || !TryDecide(entry, isComplete))
            {
                _entries[kept++] = entry;
            }
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    /// <returns>Whether nothing is left of the violation.</returns>
    private bool TryDecide(Entry entry, bool isComplete)
    {
        if (isComplete && entry.State == State.Undecided)
        {
            OcppViolation violation = entry.ToViolation();
            if (Options!.FieldLimits?.Find(_message!, violation) is { } limit)
            {
                if (violation.Actual <= limit)
                {
                    // Agreed with the peer: not a deviation.
                    _undecided--;
                    return true;
                }

                entry.Violation = entry.Violation with { Limit = limit };
            }

            entry.State =
                Options.Accept?.Invoke(entry.ToViolation()) == true ? State.AcceptedUnlessFatal : State.Refused;
        }

        if (entry.State == State.AcceptedUnlessFatal && !entry.IsFatal)
        {
            _undecided--;
            entry.State = State.Accepted;
            _accepted++;
            return _listsRefused || _accepted > Options!.MaxViolations;
        }

        if (entry.State == State.Refused || isComplete)
        {
            _undecided--;
            State state = entry.State == State.Refused ? State.Refused : State.Fatal;
            if (state == State.Refused || _listsRefused)
            {
                Refuse(entry);
            }

            entry.State = state;
        }

        return false;
    }

    private void Accept(Entry entry)
    {
        _accepted++;
        if (!_listsRefused && _accepted <= Options!.MaxViolations)
        {
            entry.State = State.Accepted;
            _entries.Add(entry);
        }
    }

    private void Refuse(Entry entry)
    {
        entry.State = State.Refused;
        _refused++;
        IsEnded |= _refused >= (_listsRefused ? Options!.MaxViolations : 1);
    }

    private enum State
    {
        /// <summary>Whether it is accepted depends on its path.</summary>
        Undecided,

        /// <summary>Accepted, when what it leaves without a value can be done without.</summary>
        AcceptedUnlessFatal,

        Accepted,

        /// <summary>It would be accepted, but the payload as a whole is lost.</summary>
        Fatal,

        Refused,
    }

    private sealed class Entry(OcppViolation violation, int depth)
    {
        public OcppViolation Violation { get; set; } = violation;

        public int Depth { get; set; } = depth;

        public State State { get; set; }

        /// <summary>It leaves no value for what must have one, up to the depth that the path reaches.</summary>
        public bool IsFatal { get; set; }

        public bool IsDecided => State is State.Accepted or State.Fatal or State.Refused;

        /// <summary>From the innermost outwards.</summary>
        public List<string> Segments { get; } = [];

        public OcppViolation ToViolation()
        {
            var path = new StringBuilder();
            for (int i = Segments.Count - 1; i >= 0; i--)
            {
                path.Append('/').Append(Escape(Segments[i]));
            }

            return Violation with
            {
                Path = path.ToString(),
            };
        }
    }
}
