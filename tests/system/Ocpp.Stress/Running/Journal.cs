using System.Globalization;
using Ocpp.Testing;

namespace Ocpp.Stress.Running;

/// <summary>
/// What happened in one run, in order, and what should not have. Its lock is that of all that the run observes.
/// </summary>
internal sealed class Journal(OcppTestClock clock)
{
    private readonly List<string> _entries = [];
    private readonly List<string> _violations = [];

    public Lock Gate { get; } = new();

    public int Count
    {
        get
        {
            lock (Gate)
            {
                return _entries.Count;
            }
        }
    }

    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (Gate)
            {
                return [.. _violations];
            }
        }
    }

    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (Gate)
            {
                return [.. _entries];
            }
        }
    }

    public void Note(string entry)
    {
        lock (Gate)
        {
            _entries.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{clock.GetElapsedTime(0).TotalMilliseconds, 7:0} ms  thread "
                        + $"{Environment.CurrentManagedThreadId, 3}  {entry}"
                )
            );
        }
    }

    /// <summary>Notes that an invariant does not hold.</summary>
    public void Violate(string invariant, string detail)
    {
        lock (Gate)
        {
            _violations.Add($"{invariant}: {detail}");
            Note($"VIOLATED {invariant}: {detail}");
        }
    }
}
