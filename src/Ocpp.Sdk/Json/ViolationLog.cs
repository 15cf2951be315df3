using System.Text;

namespace Ocpp.Json;

/// <summary>
/// The violations of one payload, made only once there is one. Each keeps the depth that its path reaches up to;
/// readers prepend their segments while they unwind.
/// </summary>
internal sealed class ViolationLog
{
    private const int MaxNameLength = 64;

    private readonly int _capacity;
    private readonly List<Entry> _entries = [];

    /// <summary>Keeps the first violation, at which reading stops.</summary>
    public ViolationLog() => _capacity = 1;

    /// <summary>Reading goes on after a violation, until <paramref name="capacity"/> are found.</summary>
    public ViolationLog(int capacity)
    {
        _capacity = capacity;
        GoesOn = true;
    }

    public bool GoesOn { get; }

    /// <summary>Reading can't go on: the JSON is malformed, or the list is full.</summary>
    public bool IsEnded { get; set; }

    public void Add(OcppViolation violation, int depth, bool isFatal = false)
    {
        if (_entries.Count < _capacity)
        {
            _entries.Add(new Entry(violation, depth) { IsFatal = isFatal });
        }

        IsEnded |= GoesOn && _entries.Count == _capacity;
    }

    /// <summary>Prepends a path segment to every violation found at or below <paramref name="depth"/> since the last call there.</summary>
    /// <param name="depth">The depth of the property or item.</param>
    /// <param name="segment">Its name or index.</param>
    /// <param name="isSurvived">The object can do without the property: what was wrong with it is not what the object is lost for.</param>
    public void Prepend(int depth, string segment, bool isSurvived = false)
    {
        for (int i = _entries.Count - 1; i >= 0 && _entries[i].Depth >= depth; i--)
        {
            _entries[i].Segments.Add(segment);
            _entries[i].Depth = depth - 1;
            _entries[i].IsFatal &= !isSurvived;
        }
    }

    /// <summary>The first violation for which the payload as a whole is lost, where there is one.</summary>
    public OcppViolation? FirstFatal => _entries.Find(entry => entry.IsFatal)?.ToViolation();

    public OcppViolation First => _entries[0].ToViolation();

    public OcppViolation[] ToArray() => _entries.ConvertAll(entry => entry.ToViolation()).ToArray();

    /// <summary>A name from the payload, made fit for a path: bounded, and without anything that could forge a log line.</summary>
    public static string Describe(ReadOnlySpan<byte> utf8Name)
    {
        // Enough bytes for more characters than are kept, so that what is cut shows as cut.
        string name = Encoding.UTF8.GetString(utf8Name[..Math.Min(utf8Name.Length, 4 * (MaxNameLength + 1))]);
        return PrintableText.Of(name, MaxNameLength);
    }

    /// <summary>Escapes a segment of a JSON Pointer (RFC 6901 section 3).</summary>
    public static string Escape(string segment) =>
        segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private sealed class Entry(OcppViolation violation, int depth)
    {
        public int Depth { get; set; } = depth;

        /// <summary>It leaves no value for what must have one, up to the depth that the path reaches.</summary>
        public bool IsFatal { get; set; }

        /// <summary>From the innermost outwards.</summary>
        public List<string> Segments { get; } = [];

        public OcppViolation ToViolation()
        {
            var path = new StringBuilder();
            for (int i = Segments.Count - 1; i >= 0; i--)
            {
                path.Append('/').Append(Escape(Segments[i]));
            }

            return violation with { Path = path.ToString() };
        }
    }
}
