using System.Diagnostics.Metrics;
using Ocpp.Rpc;

namespace Ocpp.Stress;

/// <summary>What the sessions themselves measure, summed.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private int _waiting;
    private int _sessions;

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == OcppTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(OnDuration);
        _listener.SetMeasurementEventCallback<int>(OnChange);
        _listener.Start();
    }

    /// <summary>Calls that wait: 0 when all have ended.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Open connections: 0 when all have ended.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>How many calls ended so, by the outcome's name in <c>ocpp.call.duration</c>.</summary>
    public int Calls(string outcome)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(outcome);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void OnDuration(
        Instrument instrument,
        double value,
        ReadOnlySpan<KeyValuePair<string, object?>> tags,
        object? state
    )
    {
        if (instrument.Name != "ocpp.call.duration")
        {
            return;
        }

        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag is { Key: "ocpp.outcome", Value: string outcome })
            {
                lock (_gate)
                {
                    _calls[outcome] = _calls.GetValueOrDefault(outcome) + 1;
                }
            }
        }
    }

    private void OnChange(
        Instrument instrument,
        int value,
        ReadOnlySpan<KeyValuePair<string, object?>> tags,
        object? state
    )
    {
        switch (instrument.Name)
        {
            case "ocpp.calls.waiting":
                Interlocked.Add(ref _waiting, value);
                break;
            case "ocpp.sessions":
                Interlocked.Add(ref _sessions, value);
                break;
        }
    }
}
