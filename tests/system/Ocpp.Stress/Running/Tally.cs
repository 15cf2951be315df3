using Ocpp.Stress.Planning;

namespace Ocpp.Stress.Running;

/// <summary>What all runs together met: a stress that meets nothing proves nothing.</summary>
internal sealed class Tally
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int this[string name]
    {
        get
        {
            lock (_gate)
            {
                return _counts.GetValueOrDefault(name);
            }
        }
    }

    public static string Of(Outcome outcome) => $"call {outcome}";

    public static string Of(FaultKind fault) => $"frame {fault}";

    public static string Of(HandlerKind handler) => $"handler {handler}";

    public static string Of(OcppCloseKind close) => $"end {close}";

    /// <summary>Every name that a run of many schedules must have met.</summary>
    public static IEnumerable<string> All =>
        [
            .. Enum.GetValues<Outcome>().Select(Of),
            .. Enum.GetValues<FaultKind>().Select(Of),
            .. Enum.GetValues<HandlerKind>().Select(Of),
            .. Enum.GetValues<OcppCloseKind>().Select(Of),
        ];

    public void Add(string name)
    {
        lock (_gate)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
        }
    }
}
