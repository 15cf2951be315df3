using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

// The loop in which all changes of state are made.
public sealed partial class StationCertificates
{
    /// <summary>
    /// The timer never sleeps longer: the wall clock of a station can be set meanwhile, and no timer takes more than
    /// 49 days.
    /// </summary>
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromHours(1);

    private CancellationTokenSource? _watching;

    private bool IsEnding => _ending.IsCancellationRequested;

    /// <summary>Waits until all that has been asked of the loop is done: for tests.</summary>
    internal Task SettleAsync() => AskAsync(() => Task.FromResult(true));

    /// <returns><see langword="false"/> when the service is disposed: the command is not carried out.</returns>
    private bool Post(Func<Task> command) => _commands.Writer.TryWrite(command);

    private bool Post(Action command) =>
        Post(() =>
        {
            command();
            return Task.CompletedTask;
        });

    private void Wake() => Post(() => { });

    /// <summary>Has something done in the loop, and waits for what comes of it.</summary>
    /// <exception cref="ObjectDisposedException">The service is disposed.</exception>
    private Task<T> AskAsync<T>(Func<Task<T>> command)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isPosted = Post(async () =>
        {
            try
            {
                // Nothing new begins once the service ends: it would keep the service from ending.
                ObjectDisposedException.ThrowIf(IsEnding, this);
                answer.SetResult(await command().ConfigureAwait(false));
            }
#pragma warning disable CA1031 // Any exception is the caller's.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                answer.SetException(exception);
                _ = answer.Task.Exception; // the caller may have stopped waiting
            }
        });
        ObjectDisposedException.ThrowIf(!isPosted, this);
        return answer.Task;
    }

    private async Task RunAsync()
    {
        await foreach (Func<Task> command in _commands.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await GuardAsync(command).ConfigureAwait(false);
            await GuardAsync(ProceedAsync).ConfigureAwait(false);
        }
    }

    private async Task GuardAsync(Func<Task> command)
    {
        try
        {
            await command().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The loop must survive any exception of a key store or a clock.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report(Kind.Failed, detail: exception.GetType().Name, exception: exception);
        }
    }

    /// <summary>Does everything that is due, and sets the timer for the next due time.</summary>
    private async Task ProceedAsync()
    {
        if (IsEnding)
        {
            return;
        }

        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        await SaveAgainAsync(now).ConfigureAwait(false);
        await GiveUpAsync(now).ConfigureAwait(false);
        await RenewAsync(now).ConfigureAwait(false);
        await MakeTriggeredAsync(now).ConfigureAwait(false);
        if (_client?.Session is { IsOpen: true } session && _switching is null)
        {
            // What follows from an answer must not overtake it.
            if (_unanswered == 0)
            {
                await SwitchAsync(_client).ConfigureAwait(false);
                SendEvent(session, now);
            }

            SendRequests(session, now);
        }

        Sleep(now);
    }

    private void Sleep(DateTimeOffset now)
    {
        DateTimeOffset? next = _state
            .Pending.Select(pending => pending.SendAt)
            .Concat(Renewals().Select(renewal => (DateTimeOffset?)renewal.At))
            .Append(_saveAt)
            .Append(_eventsAt)
            .Where(time => time > now)
            .Min();
        TimeSpan sleep = Timeout.InfiniteTimeSpan;
        if (next - now is { } wait)
        {
            // Rounded up: a timer that comes too early by less than it can count would come again and again.
            double milliseconds = Math.Ceiling(Math.Min(wait.TotalMilliseconds, s_longestSleep.TotalMilliseconds));
            sleep = TimeSpan.FromMilliseconds(milliseconds);
        }

        _timer.Change(sleep, Timeout.InfiniteTimeSpan);

        if (next is not null && ClockLeap.Is(_options.TimeProvider.GetUtcNow() - now))
        {
            Wake();
        }
    }

    private void Take(OcppClient client)
    {
        _watching?.Cancel();
        _watching?.Dispose();
        _watching = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        _client = client;
        Begin(WatchAsync(client, _watching.Token));
    }

    private async Task WatchAsync(OcppClient client, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (OcppClientStateChange change in client.StatesAsync(cancellationToken).ConfigureAwait(false))
            {
                if (change.State == OcppClientState.Connected)
                {
                    Wake();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Another client took its place, or the service ends.
        }
    }

    /// <summary>Remembers what goes on beside the loop, so that the service ends with it. It must not fail.</summary>
    private void Begin(Task work)
    {
        _works.RemoveAll(one => one.IsCompleted);
        _works.Add(work);
    }

    /// <summary>
    /// Makes a call, without keeping the loop from the CSMS's own requests, and goes on in the loop with what came of
    /// it.
    /// </summary>
    private async Task CallAsync(
        Func<CancellationToken, Task<SigningResponse>> call,
        Func<SigningResponse?, Exception?, Task> then
    )
    {
        SigningResponse? response = null;
        Exception? failure = null;
        try
        {
            response = await call(_ending.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Each kind of failure is dealt with, in the loop.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        Post(() => then(response, failure));
    }

    /// <summary>Whether the CSMS can't do what it was asked for, now and later.</summary>
    private static bool IsUnsupported(Exception? failure) =>
        failure is OcppCallErrorException { ErrorCode: OcppErrorCode.NotImplemented or OcppErrorCode.NotSupported };

    /// <summary>What failed, without the peer's words.</summary>
    private static string Describe(Exception? failure) =>
        failure is OcppCallErrorException error ? $"CALLERROR {error.ErrorCode}" : failure?.GetType().Name ?? "";
}
