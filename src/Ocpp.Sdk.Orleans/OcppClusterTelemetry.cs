using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ocpp.Orleans;

/// <summary>The names of the measurements of a cluster, for OpenTelemetry and others.</summary>
public static class OcppClusterTelemetry
{
    /// <summary>
    /// The name of the <see cref="Meter"/>: <c>ocpp.cluster.call.duration</c> in seconds by <c>ocpp.route</c>
    /// (<c>local</c>, <c>remote</c>), and <c>ocpp.cluster.connections</c> of this node.
    /// </summary>
    public const string MeterName = "Ocpp.Orleans";

    private static readonly Meter s_meter = new(MeterName);

    private static readonly Histogram<double> s_calls = s_meter.CreateHistogram<double>(
        "ocpp.cluster.call.duration",
        "s",
        "Duration of a call to a station of the cluster, until its response or error."
    );

    private static readonly KeyValuePair<string, object?> s_local = new("ocpp.route", "local");
    private static readonly KeyValuePair<string, object?> s_remote = new("ocpp.route", "remote");

    internal static UpDownCounter<int> Connections { get; } =
        s_meter.CreateUpDownCounter<int>("ocpp.cluster.connections", null, "Connections of this node.");

    internal static Task<T> Local<T>(Task<T> call) => MeasureAsync(call, s_local);

    internal static Task<T> Remote<T>(Task<T> call) => MeasureAsync(call, s_remote);

    private static async Task<T> MeasureAsync<T>(Task<T> call, KeyValuePair<string, object?> route)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            return await call.ConfigureAwait(false);
        }
        finally
        {
            s_calls.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, route);
        }
    }
}
