using System.Diagnostics;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Signing;

/// <summary>
/// Claims the work that is due, as much as there is room for, and sleeps until the next is due, or until a station, an
/// answer or a request that has ended wakes it. What only waits is in the store and costs nothing here.
/// </summary>
/// <param name="context">What all requests share.</param>
/// <param name="connectionOf">Finds the connection to a station.</param>
internal sealed class SigningWorker(SigningContext context, Func<string, StationConnection> connectionOf)
{
    /// <summary>How many certificates are delivered at once, over all stations.</summary>
    public const int MaxConcurrentDeliveries = 64;

    /// <summary>
    /// The store's clock may be behind the service's: it is asked again then, a limited number of times.
    /// </summary>
    private static readonly TimeSpan s_shortestSleep = TimeSpan.FromSeconds(1);
    private const int MaxEmptyClaims = 3;

    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly WorkQuota[] _orders = CreateOrderQuotas(context.Options);
    private readonly WorkQuota _deliveries = new(
        [SigningRequestState.Issued, SigningRequestState.Sent],
        uses: null,
        MaxConcurrentDeliveries,
        MaxConcurrentDeliveries
    );

    // Guards all below, and the quotas.
    private readonly object _gate = new();
    private readonly Dictionary<SigningWork, Task> _running = [];
    private readonly HashSet<string> _stations = new(OcppIdentity.Comparer);
    private readonly Queue<long> _answered = [];
    private TaskCompletionSource _wake = NewSource();

    private DateTimeOffset _renewAt = context.Now + (context.Options.LeaseTime / 3);

    /// <summary>How many requests are worked on now: each has a task, those that wait have none.</summary>
    public int InHandCount
    {
        get
        {
            lock (_gate)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>
    /// Who holds a new request until its station has been answered: not the worker, so that it can claim it when that
    /// fails.
    /// </summary>
    public SigningRequestLease LeaseForAnswer => new(_owner + "/answer", LeaseTime);

    private SigningRequestLease Lease => new(_owner, LeaseTime);

    private TimeSpan LeaseTime => context.Options.LeaseTime;

    /// <summary>Works until the service stops; then nothing of it runs, and nothing is held.</summary>
    public async Task RunAsync()
    {
        int failures = 0;
        while (!context.Stopping.IsCancellationRequested)
        {
            Task? wake = NextWake();
            DateTimeOffset next;
            try
            {
                next = await ClaimAsync().ConfigureAwait(false);
                failures = 0;
            }
            catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
            {
                break;
            }
            // Any exception of an application's store: no request may be forgotten for it. It is reported, and tried
            // again.
#pragma warning disable CA1031
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // Not before its time, even if the worker is woken meanwhile: a flood of requests must not become a
                // flood of reports.
                wake = null;
                next = context.Now + context.RetryWait(++failures);
                context.ReportStoreFailure(exception);
            }

            await context.WaitUntilAsync(next, wake).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(Running()).ConfigureAwait(false);
        await ReleaseAllAsync().ConfigureAwait(false);
    }

    /// <summary>A station has been answered that its request is accepted: work on it can begin.</summary>
    public void Answered(long id)
    {
        lock (_gate)
        {
            _answered.Enqueue(id);
            _wake.TrySetResult();
        }
    }

    /// <summary>
    /// What a station has open is looked at, whether it is due or not: it has connected, or can be sent something now.
    /// </summary>
    public void Wake(string station)
    {
        lock (_gate)
        {
            _stations.Add(station);
            _wake.TrySetResult();
        }
    }

    /// <summary>Others who share the store have released something: there may be room for it here.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _wake.TrySetResult();
        }
    }

    /// <summary>Lets go of a request until its next step is due, or until others can go on with it.</summary>
    public Task ReleaseAsync(long id, DateTimeOffset dueAt, bool isOffered) =>
        context.Options.Store.ReleaseAsync(id, _owner, dueAt, isOffered, context.Stopping);

    /// <summary>Whether a request is still held here.</summary>
    public bool Holds(SigningRequest request) => request.LeaseOwner == _owner;

    /// <summary>Goes on from the authority to the delivery, if there is room for one more.</summary>
    public bool TryDeliver(SigningWork work, string station)
    {
        lock (_gate)
        {
            if (_deliveries.Room == 0)
            {
                return false;
            }

            work.Quota.Leave(station);
            work.Quota = _deliveries;
            work.Quota.Enter(station);
            _wake.TrySetResult();
            return true;
        }
    }

    private static WorkQuota[] CreateOrderQuotas(SigningServiceOptions options)
    {
        SigningRequestState[] states =
        [
            SigningRequestState.Received,
            SigningRequestState.Forwarded,
            SigningRequestState.Waiting,
        ];
        int ofStation = (options.MaxConcurrentOrders + 1) / 2;
        return options.V2GAuthority is null
            ? [new(states, uses: null, options.MaxConcurrentOrders, ofStation)]
            :
            [
                new(
                    states,
                    [CertificateUses.CsmsConnection, CertificateUses.Combined],
                    options.MaxConcurrentOrders,
                    ofStation
                ),
                new(
                    states,
                    [CertificateUses.Iso15118, CertificateUses.Iso15118Part20],
                    options.MaxConcurrentOrders,
                    ofStation
                ),
            ];
    }

    /// <returns>When to look again.</returns>
    private async Task<DateTimeOffset> ClaimAsync()
    {
        DateTimeOffset now = context.Now;
        if (now >= _renewAt)
        {
            // Counted from before: however long the store takes, a lease is renewed twice before it ends.
            await context.Options.Store.RenewAsync(Lease, context.Stopping).ConfigureAwait(false);
            _renewAt = now + (LeaseTime / 3);
        }

        while (NextAnswered() is { } id)
        {
            await context
                .Options.Store.ReleaseAsync(id, LeaseForAnswer.Owner, context.Now, HasNoRoom(), context.Stopping)
                .ConfigureAwait(false);
        }

        await ClaimForStationsAsync().ConfigureAwait(false);

        DateTimeOffset next = DateTimeOffset.MaxValue;
        foreach (WorkQuota quota in (WorkQuota[])[.. _orders, _deliveries])
        {
            DateTimeOffset due = await ClaimDueAsync(quota).ConfigureAwait(false);
            next = due < next ? due : next;
        }

        // What was just claimed has to be renewed, too. Others who share the store may have left something: it is
        // looked at after their leases, at the latest, and not by all at once.
        DateTimeOffset look =
            InHandCount > 0 ? _renewAt : context.Now + LeaseTime * (0.75 + Random.Shared.NextDouble() / 4);
        return look < next ? look : next;
    }

    private async Task ClaimForStationsAsync()
    {
        while (NextStation() is { } station)
        {
            try
            {
                SigningRequestClaim claim = ClaimWithin(_deliveries)!;
                IReadOnlyList<SigningRequest> claimed = await context
                    .Options.Store.ClaimForStationAsync(station, claim, context.Stopping)
                    .ConfigureAwait(false);
                Begin(claimed, _deliveries);
                if (claimed.Count == claim.MaxCount)
                {
                    Wake(station);
                }
            }
            catch
            {
                Wake(station);
                throw;
            }
        }
    }

    /// <returns>
    /// When the next request of the quota is due; the end of time while the quota is full, for what ends in it wakes
    /// the worker.
    /// </returns>
    private async Task<DateTimeOffset> ClaimDueAsync(WorkQuota quota)
    {
        for (int empty = 0; ClaimWithin(quota) is { } claim; )
        {
            SigningRequestClaimResult result = await context
                .Options.Store.ClaimDueAsync(claim, context.Stopping)
                .ConfigureAwait(false);
            Begin(result.Requests, quota);
            if (result.NextDueAt is not { } due)
            {
                break;
            }

            if (due > context.Now)
            {
                return due;
            }

            if (result.Requests.Count == 0 && ++empty == MaxEmptyClaims)
            {
                return context.Now + s_shortestSleep;
            }
        }

        return DateTimeOffset.MaxValue;
    }

    private void Begin(IReadOnlyList<SigningRequest> requests, WorkQuota quota)
    {
        lock (_gate)
        {
            foreach (SigningRequest request in requests)
            {
                Debug.Assert(Holds(request), "A store hands out what its owner holds then.");
                var work = new SigningWork(context, this, connectionOf(request.Station), request) { Quota = quota };
                quota.Enter(request.Station);
                _running[work] = WorkAsync(work, request.Station);
            }
        }
    }

    private async Task WorkAsync(SigningWork work, string station)
    {
        await Task.Yield();
        await work.RunAsync().ConfigureAwait(false);
        lock (_gate)
        {
            work.Quota.Leave(station);
            _running.Remove(work);
            _wake.TrySetResult();
        }
    }

    private SigningRequestClaim? ClaimWithin(WorkQuota quota)
    {
        lock (_gate)
        {
            return quota.Room > 0 ? quota.Claim(Lease) : null;
        }
    }

    private bool HasNoRoom()
    {
        lock (_gate)
        {
            return Array.TrueForAll(_orders, quota => quota.Room == 0);
        }
    }

    private string? NextStation()
    {
        lock (_gate)
        {
            if (_deliveries.Room == 0 || _stations.FirstOrDefault() is not { } station)
            {
                return null;
            }

            _stations.Remove(station);
            return station;
        }
    }

    private long? NextAnswered()
    {
        lock (_gate)
        {
            return _answered.TryDequeue(out long id) ? id : null;
        }
    }

    private Task NextWake()
    {
        lock (_gate)
        {
            _wake = NewSource();
            return _wake.Task;
        }
    }

    private Task[] Running()
    {
        lock (_gate)
        {
            return [.. _running.Values];
        }
    }

    /// <summary>So that others who share the store need not wait until the leases end.</summary>
    private async Task ReleaseAllAsync()
    {
        try
        {
            await context.Options.Store.ReleaseAllAsync(_owner).ConfigureAwait(false);
            await context.Options.Store.ReleaseAllAsync(LeaseForAnswer.Owner).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Stopping must end; the leases end by themselves.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context.ReportStoreFailure(exception);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
