using Ocpp.Certificates.Storage;
using Ocpp.Rpc;
using Ocpp.Security;

namespace Ocpp.Certificates.Signing;

/// <summary>What all requests of a <see cref="SigningService"/> share.</summary>
internal sealed class SigningContext(SigningServiceOptions options, CancellationToken stopping)
{
    // No timer can be set for longer than 49 days, and a clock that is set meanwhile is noticed.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1);

    public SigningServiceOptions Options { get; } = options;

    /// <summary>Cancelled when the service stops.</summary>
    public CancellationToken Stopping { get; } = stopping;

    public DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    public ValueTask<SigningStation> FindStationAsync(string station, CancellationToken cancellationToken) =>
        Options.FindStation?.Invoke(station, cancellationToken)
        ?? ValueTask.FromResult(new SigningStation { Names = [station] });

    /// <summary>The wait after so many tries that failed.</summary>
    public TimeSpan RetryWait(int failures)
    {
        double wait = Options.RetryWait.TotalSeconds * Math.Pow(2, Math.Max(failures - 1, 0));
        return TimeSpan.FromSeconds(Math.Min(wait, Options.MaxRetryWait.TotalSeconds));
    }

    /// <summary>
    /// Waits until a time, or for something, or for a part of that: the caller looks at the clock and comes back.
    /// </summary>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public async Task WaitUntilAsync(DateTimeOffset time, Task? something = null)
    {
        bool isSet = false;
        while (!isSet)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
            TimeSpan wait = TimeUntil(time);
            Task delay = Task.Delay(wait, Options.TimeProvider, ended.Token);
            isSet = !ClockLeap.Is(wait - TimeUntil(time));
            if (isSet)
            {
                await Task.WhenAny(delay, something ?? delay).ConfigureAwait(false);
            }

            await ended.CancelAsync().ConfigureAwait(false);
            Stopping.ThrowIfCancellationRequested();
        }
    }

    public void Report(SigningReportKind kind, SigningRequest request, Exception? exception = null) =>
        Report(new(kind, request.Station, request.Reason) { Request = request, Exception = exception });

    /// <summary>Reports what a store has thrown while it was asked for no single request.</summary>
    public void ReportStoreFailure(Exception exception)
    {
        SigningReportKind kind =
            exception is SigningRequestStoreException
                ? SigningReportKind.StoreFailed
                : SigningReportKind.CallBackFailed;
        Report(new(kind, "", $"{exception.GetType().Name} was thrown.") { Exception = exception });
    }

    public void Report(SigningReport report)
    {
        if (
            report.Kind
            is SigningReportKind.Received
                or SigningReportKind.Waiting
                or SigningReportKind.Issued
                or SigningReportKind.Delivered
        )
        {
            SigningLog.Progress(Options.Logger, report);
        }
        else
        {
            SigningLog.Problem(Options.Logger, report.Exception, report);
        }

        // The identity of a session may be unchecked.
        string subject = report.Station.Length == 0 ? "certificate signing" : PrintableText.Of(report.Station);
        new Callbacks(Options.Logger, subject).Invoke(Options.Reported, report);
    }

    private TimeSpan TimeUntil(DateTimeOffset time)
    {
        TimeSpan wait = time - Now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > s_longestWait ? s_longestWait
            : wait;
    }
}
