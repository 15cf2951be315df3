using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ocpp.Security;

namespace Ocpp.Rpc;

/// <summary>The names of the spans and measurements of sessions, for OpenTelemetry and others.</summary>
public static class OcppTelemetry
{
    /// <summary>
    /// The name of the <see cref="System.Diagnostics.ActivitySource"/>: a span for each call made (client) and each
    /// request handled (server); a call made by a handler is a child of the request's span.
    /// </summary>
    public const string ActivitySourceName = "Ocpp";

    /// <summary>
    /// The name of the <see cref="System.Diagnostics.Metrics.Meter"/>: <c>ocpp.call.duration</c> and
    /// <c>ocpp.handler.duration</c> in seconds by action and outcome, with buckets in seconds on .NET 9 or newer,
    /// <c>ocpp.calls.waiting</c>, <c>ocpp.sessions</c>, and <c>ocpp.reports</c> by kind.
    /// </summary>
    public const string MeterName = "Ocpp";

    internal const string Ok = "ok";
    internal const string TimedOut = "time-out";
    internal const string Cancelled = "cancelled";
    internal const string Closed = "closed";
    internal const string Malformed = "malformed-answer";

    private static readonly ActivitySource s_activities = new(ActivitySourceName);
    private static readonly Meter s_meter = new(MeterName);

    private static readonly Histogram<double> s_calls = CreateDuration(
        "ocpp.call.duration",
        "Duration of a call, from sending the request to its response."
    );

    private static readonly Histogram<double> s_handlers = CreateDuration(
        "ocpp.handler.duration",
        "Duration of handling a request, up to its response."
    );

    private static readonly Counter<long> s_reports = s_meter.CreateCounter<long>(
        "ocpp.reports",
        null,
        "Number of reports of sessions."
    );

    internal static UpDownCounter<int> Waiting { get; } =
        s_meter.CreateUpDownCounter<int>("ocpp.calls.waiting", null, "Calls that wait for the call slot.");

    internal static UpDownCounter<int> Sessions { get; } =
        s_meter.CreateUpDownCounter<int>("ocpp.sessions", null, "Open connections.");

    internal static Activity? Start(ActivityKind kind, string action, string messageId, string identity)
    {
        // The name is a text that would be made for each message.
        Activity? activity = s_activities.HasListeners() ? s_activities.StartActivity($"ocpp {action}", kind) : null;
        return activity
            ?.SetTag("rpc.system", "ocpp")
            .SetTag("rpc.method", action)
            .SetTag("ocpp.message_id", PrintableText.Of(messageId))
            .SetTag("ocpp.identity", identity);
    }

    /// <summary>Records how, and after what time from when it was sent, a call ended.</summary>
    internal static void EndCall(PendingCall call, string outcome, TimeProvider clock)
    {
        if (s_calls.Enabled)
        {
            TimeSpan duration = call.SentAt is { } sentAt ? clock.GetElapsedTime(sentAt) : TimeSpan.Zero;
            s_calls.Record(duration.TotalSeconds, new("ocpp.action", call.Action), new("ocpp.outcome", outcome));
        }

        SetOutcome(call.Activity, outcome);
    }

    internal static void EndHandler(OcppRequestContext request, Activity? activity, string outcome)
    {
        if (s_handlers.Enabled)
        {
            TimeSpan duration = request.Session.Options.TimeProvider.GetElapsedTime(request.StartedAt);
            s_handlers.Record(
                duration.TotalSeconds,
                new("ocpp.action", request.ActionForLogs),
                new("ocpp.outcome", outcome)
            );
        }

        SetOutcome(activity, outcome);
    }

    internal static void Count(OcppReportKind kind) =>
        s_reports.Add(1, new KeyValuePair<string, object?>("ocpp.kind", kind.ToString()));

    /// <summary>
    /// Buckets in seconds, from what a handler without a database takes to what
    /// <see cref="OcppSessionOptions.ResponseTimeout"/> allows. .NET 8 has no advice: there a view has to set them, or
    /// all that is quick falls into one bucket.
    /// </summary>
    private static Histogram<double> CreateDuration(string name, string description) =>
#if NET9_0_OR_GREATER
        s_meter.CreateHistogram(
            name,
            "s",
            description,
            tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                [
                    0.001,
                    0.0025,
                    0.005,
                    0.01,
                    0.025,
                    0.05,
                    0.1,
                    0.25,
                    0.5,
                    1,
                    2.5,
                    5,
                    10,
                    30,
                    60,
                ],
            }
        );
#else
        s_meter.CreateHistogram<double>(name, "s", description);
#endif

    /// <summary>
    /// The span is ended by who began it: ended elsewhere, it would leave that place its own parent as the current one.
    /// </summary>
    private static void SetOutcome(Activity? activity, string outcome)
    {
        if (outcome != Ok)
        {
            activity?.SetStatus(ActivityStatusCode.Error, outcome);
        }
    }
}
