using System.Collections.Concurrent;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Versions;
using Ocpp.Rpc;

namespace Ocpp.Certificates.Signing;

/// <summary>
/// The whole flow of certificate signing in a CSMS (OCPP part 2, A02 and A03): evaluates the CSRs of SignCertificate,
/// stores those that it accepts, has them signed by a certificate authority, and sends the chains in CertificateSigned,
/// regardless of when stations are connected, the authority answers and the CSMS restarts. Thread-safe.
/// </summary>
/// <remarks>
/// Add its handler to the endpoint (<see cref="AddTo"/>), and call <see cref="Connected"/> for each station that
/// connects. A request is stored before its station is answered, as is every later step, so that
/// the service goes on after a kill at any point. A02.FR.04: it signs nothing itself.
/// </remarks>
public sealed class SigningService : ICsmsSigningHandler, IAsyncDisposable
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private readonly SigningServiceOptions _options;
    private readonly SigningContext _context;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, StationConnection> _connections = new(OcppIdentity.Comparer);
    private readonly SigningWorker _worker;
    private Task _working = Task.CompletedTask;
    private Task _daily = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;

    private SigningService(SigningServiceOptions options)
    {
        _options = options;
        _context = new SigningContext(options, _stop.Token);
        _worker = new SigningWorker(_context, ConnectionOf);
    }

    /// <summary>How many requests are worked on now: each has a task, those that wait have none.</summary>
    internal int InHandCount => _worker.InHandCount;

    /// <summary>Starts a service, which goes on with all that its store has unfinished.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    public static async Task<SigningService> StartAsync(
        SigningServiceOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);

        // A store that can't be read is found here, and not later in a report.
        await options.Store.FindAsync(0, cancellationToken).ConfigureAwait(false);
        var service = new SigningService(options);
        service._working = Task.Run(service._worker.RunAsync, CancellationToken.None);
        service._daily = new DailyMaintenance(service._context).RunAsync();
        service._watching = service.WatchAsync();
        return service;
    }

    /// <summary>
    /// Reports that a station is connected and can be called. What waits for it is sent once a request of it has shown
    /// that it is accepted, such as its BootNotification that was answered Accepted (B02, B03). Set it as
    /// <c>OcppOptions.Connected</c>, or call it wherever else sessions begin. A station whose request was answered is
    /// known to be connected by that.
    /// </summary>
    public void Connected(OcppSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (_options.Versions.Find(session) is { } version)
        {
            ConnectionOf(session.Identity).Connected(session, version);
        }
    }

    /// <summary>
    /// Adds the handler of the stations' CSRs, by the version of each protocol that the handlers are for, and a filter
    /// that sees which requests are answered, and how (B02, B03).
    /// </summary>
    /// <param name="handlers">
    /// Where to register the handler, such as an endpoint. Call this method before a filter is added that may respond
    /// in place of a handler: the service doesn't see the responses of filters that are added earlier.
    /// </param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">
    /// No version of <see cref="SigningServiceOptions.Versions"/> is for a protocol of the handlers, or the request has
    /// a handler already.
    /// </exception>
    public THandlers AddTo<THandlers>(THandlers handlers)
        where THandlers : IOcppHandlers
    {
        ArgumentNullException.ThrowIfNull(handlers);
        foreach (CsmsSigningVersion version in _options.Versions.For(handlers))
        {
            version.AddHandlers(handlers, this);
        }

        return handlers;
    }

    /// <summary>
    /// Handles SignCertificate: Accepted when the policy accepts the CSR and it is kept (A02.FR.11), else Rejected with
    /// a reason (A02.FR.12). Everything after that begins when the answer is sent.
    /// </summary>
    async Task<SigningResponse> ICsmsSigningHandler.SubmitAsync(
        CsrSubmission submission,
        CsmsSigningVersion version,
        OcppRequestContext context
    )
    {
        OcppSession session = context.Session;
        CancellationToken cancellationToken = context.CancellationToken;
        Connected(session);
        string station = session.Identity;
        SigningStation facts = await _context.FindStationAsync(station, cancellationToken).ConfigureAwait(false);
        CsrEvaluation evaluation = _options.Policy.Evaluate(
            submission.Csr,
            submission.Uses,
            facts,
            version.MaxCsrLength
        );
        if (evaluation.Request is not null && CheckEncryption(session.Connection) is { } finding)
        {
            evaluation = evaluation.With(finding, _options.Policy);
        }

        StationConnection connection = ConnectionOf(station);
        await connection.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AnswerAsync(submission, evaluation, context, connection).ConfigureAwait(false);
        }
        catch (SigningRequestStoreException exception)
        {
            // The station asks again some time. Accepted would be a promise that a restart breaks.
            _context.Report(new(SigningReportKind.StoreFailed, station, exception.Message) { Exception = exception });
            return SigningResponse.Rejected(
                new RejectionReason("OutOfStorage", "The request can't be kept at present.")
            );
        }
        finally
        {
            connection.Turn.Release();
        }
    }

    /// <inheritdoc/>
    void ICsmsSigningHandler.Responding(OcppSession session, object response) =>
        ConnectionOf(session).Responding(session, response);

    /// <inheritdoc/>
    void ICsmsSigningHandler.Responded(OcppSession session, object response) =>
        ConnectionOf(session).Responded(session, response);

    /// <summary>Triggers a station to request a new certificate (A02).</summary>
    /// <param name="station">The station's identity.</param>
    /// <param name="uses">What the certificate is for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="RequestRenewalAsync(string, CertificateTrigger, CancellationToken)"/>
    public Task<SigningResponse> RequestRenewalAsync(
        string station,
        CertificateUses uses,
        CancellationToken cancellationToken = default
    ) => RequestRenewalAsync(station, new CertificateTrigger(uses), cancellationToken);

    /// <summary>
    /// Triggers a station to request a new certificate (A02), such as that of one of its EVSEs. The station may be
    /// connected to another process (<see cref="SigningServiceOptions.FindRemoteStation"/>).
    /// </summary>
    /// <param name="station">The station's identity.</param>
    /// <param name="trigger">What the certificate is for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The station's response. If it is Accepted, SignCertificate follows.</returns>
    /// <exception cref="NotSupportedException">
    /// The version of OCPP that the station speaks has no certificate for these uses.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The last BootNotification of the station, which is connected to this process, was answered Pending or Rejected.
    /// </exception>
    /// <exception cref="OcppConnectionClosedException">
    /// The station is not connected, or its connection was lost meanwhile.
    /// </exception>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public Task<SigningResponse> RequestRenewalAsync(
        string station,
        CertificateTrigger trigger,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(trigger);
        ArgumentException.ThrowIfNullOrEmpty(station);
        StationConnection connection = ConnectionOf(station);
        if (connection.Session is not { } session)
        {
            return TriggerRemoteAsync(station, trigger, cancellationToken);
        }

        return connection.IsHeldBack
            ? throw new InvalidOperationException(
                "The station is not accepted: its BootNotification was answered Pending or Rejected."
            )
            : TriggerAsync(session, session.Protocol.Subprotocol, trigger, cancellationToken);
    }

    /// <summary>
    /// Stops, and waits until nothing runs any longer. Unfinished requests remain in the store. A request that the
    /// authority is being asked for is given up: its answer counts as lost, and the next run asks again.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_daily, _working, _watching).ConfigureAwait(false);
    }

    private async Task<SigningResponse> TriggerRemoteAsync(
        string station,
        CertificateTrigger trigger,
        CancellationToken cancellationToken
    )
    {
        RemoteStation? remote = _options.FindRemoteStation is { } find
            ? await find(station, cancellationToken).ConfigureAwait(false)
            : null;
        return remote is null
            ? throw new OcppConnectionClosedException(
                new OcppCloseReason(OcppCloseKind.Lost, Description: "The station is not connected.")
            )
            : await TriggerAsync(remote.Caller, remote.Subprotocol, trigger, cancellationToken).ConfigureAwait(false);
    }

    private Task<SigningResponse> TriggerAsync(
        IOcppCaller station,
        string subprotocol,
        CertificateTrigger trigger,
        CancellationToken cancellationToken
    ) =>
        _options.Versions.Find(subprotocol) is { } version && version.Supports(trigger.Uses)
            ? version.TriggerAsync(station, trigger, cancellationToken)
            : throw new NotSupportedException($"{subprotocol} has no certificate for {trigger.Uses}.");

    /// <summary>Goes on with what others who share the store release, until the service stops.</summary>
    private async Task WatchAsync()
    {
        while (true)
        {
            DateTimeOffset again;
            try
            {
                await _options.Store.WatchAsync(Offered, _context.Stopping).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (_context.Stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever a store of the application's throws is reported, and tried again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                again = _context.Now + _context.RetryWait(failures: 1);
                _context.ReportStoreFailure(exception);
            }

            await _context.WaitUntilAsync(again).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Offered(string station)
    {
        if (
            _connections.TryGetValue(station, out StationConnection? connection)
            && connection.AcceptedSession is not null
        )
        {
            _worker.Wake(station);
        }
        else
        {
            _worker.Wake();
        }
    }

    /// <summary>Keeps a request, unless there is something against it.</summary>
    private async Task<SigningResponse> AnswerAsync(
        CsrSubmission submission,
        CsrEvaluation evaluation,
        OcppRequestContext context,
        StationConnection connection
    )
    {
        string station = context.Session.Identity;
        CancellationToken cancellationToken = context.CancellationToken;
        SigningRequestUsage? usage = null;
        if (evaluation.Request is { } csr)
        {
            usage = await _options
                .Store.GetUsageAsync(
                    station,
                    csr.KeyId,
                    submission.Uses,
                    submission.RequestId,
                    _context.Now - s_day,
                    cancellationToken
                )
                .ConfigureAwait(false);
            evaluation = FindReuse(usage)
                .Aggregate(evaluation, (current, reuse) => current.With(reuse, _options.Policy));
        }

        if (!evaluation.IsAccepted)
        {
            // A flood of requests must not become a flood of reports.
            if (connection.MayReportPolicy(_context.Now))
            {
                _context.Report(
                    new(SigningReportKind.CsrRefused, station, evaluation.ToString()) { Evaluation = evaluation }
                );
            }

            return SigningResponse.Rejected(evaluation.Rejection);
        }

        if (FindExceededLimit(usage!) is { } reason)
        {
            if (connection.MayReportTooMany(_context.Now))
            {
                _context.Report(new(SigningReportKind.CsrRefused, station, reason) { Evaluation = evaluation });
            }

            return SigningResponse.Rejected(new RejectionReason("TooManyElements", reason));
        }

        var request = new NewSigningRequest(station, evaluation.Request, submission.Uses)
        {
            RequestId = submission.RequestId,
            RootCertificate = submission.RootCertificate,
            Lease = _worker.LeaseForAnswer,
        };
        SigningRequest kept = await _options.Store.AddAsync(request, cancellationToken).ConfigureAwait(false);
        if (!usage!.IsRepeat || connection.MayReportRepeat(_context.Now))
        {
            if (evaluation.Tolerated.Count > 0)
            {
                _context.Report(
                    new(SigningReportKind.CsrTolerated, station, evaluation.ToString())
                    {
                        Evaluation = evaluation,
                        Request = kept,
                    }
                );
            }

            _context.Report(SigningReportKind.Received, kept);
        }

        context.OnCompleted(() => _worker.Answered(kept.Id));
        return SigningResponse.Accepted;
    }

    private StationConnection ConnectionOf(OcppSession session)
    {
        StationConnection connection = ConnectionOf(session.Identity);
        if (connection.Session is null)
        {
            // The request is handled before the connection is reported.
            Connected(session);
        }

        return connection;
    }

    private StationConnection ConnectionOf(string station) =>
        _connections.GetOrAdd(
            station,
            static (identity, service) =>
                new StationConnection(
                    () => service._worker.Wake(identity),
                    service._options.FindRemoteStation is not null
                ),
            this
        );

    /// <summary>A connection of which nothing is known, as one in memory, is not judged.</summary>
    private static CsrFinding? CheckEncryption(OcppConnection connection) =>
        connection.IsEncrypted || connection == OcppConnection.Unknown
            ? null
            : new CsrFinding(CsrCheck.Encryption, "The CSR came over a connection that is not encrypted.");

    /// <summary>
    /// A key that was certified once, or that another station has, is not the new one that A02.FR.02 asks for; nor is
    /// the id of an open request a new one (A02.FR.24).
    /// </summary>
    private static IEnumerable<CsrFinding> FindReuse(SigningRequestUsage usage)
    {
        if (usage.IsKeyOfAnotherStation)
        {
            yield return new CsrFinding(CsrCheck.KeyReuse, "Another station has sent a CSR for the same key.");
        }
        else if (usage.IsKeyCertified)
        {
            yield return new CsrFinding(CsrCheck.KeyReuse, "The station has a certificate for the same key already.");
        }

        if (usage.IsRequestIdInUse)
        {
            yield return new CsrFinding(
                CsrCheck.RequestId,
                "Another open request of the station has the same request id."
            );
        }
    }

    private string? FindExceededLimit(SigningRequestUsage usage) =>
        usage.IsRepeat ? null
        : usage.UnfinishedCount >= _options.MaxOpenRequests
            ? $"The station has {_options.MaxOpenRequests} requests open, which is the most."
        : usage.RecentCount >= _options.MaxRequestsPerDay
            ? $"The station has sent {_options.MaxRequestsPerDay} requests within a day, which is the most."
        : null;
}
