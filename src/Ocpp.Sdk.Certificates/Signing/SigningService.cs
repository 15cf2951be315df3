using System.Collections.Concurrent;
using Ocpp.V201;

namespace Ocpp.Certificates;

/// <summary>
/// The CSMS's side of certificate signing (OCPP 2.0.1 part 2, A02 and A03), whole: judges what a station sends in
/// SignCertificate, keeps what it accepts, has it signed by a certificate authority, and hands the chain over in
/// CertificateSigned, in whatever order stations, authority and restarts come and go. Thread-safe.
/// </summary>
/// <remarks>
/// Let it handle SignCertificate (<see cref="SignCertificateAsync"/>), and tell it of each station that connects
/// (<see cref="Connected"/>). What was accepted is in the store before the station hears of it, and every step after, so that
/// the service goes on after a kill at any point. A02.FR.04: it signs nothing itself.
/// </remarks>
public sealed class SigningService : IAsyncDisposable
{
    private readonly SigningServiceOptions _options;
    private readonly SigningContext _context;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, StationLine> _lines = new(OcppIdentity.Comparer);
    private readonly ConcurrentDictionary<long, Task> _work = new();
    private readonly object _gate = new();
    private Task _expiry = Task.CompletedTask;
    private bool _isStopping;

    private SigningService(SigningServiceOptions options)
    {
        _options = options;
        _context = new SigningContext(options, _stop.Token);
    }

    /// <summary>Starts a service, which goes on with all that its store has unfinished.</summary>
    /// <exception cref="SigningRequestStoreException">The store can't be read.</exception>
    public static async Task<SigningService> StartAsync(SigningServiceOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<SigningRequest> unfinished = await options.Store.ListUnfinishedAsync(null, cancellationToken).ConfigureAwait(false);
        var service = new SigningService(options);
        foreach (SigningRequest request in unfinished)
            service.Begin(request);

        service._expiry = new ExpiryWatch(service._context).RunAsync();
        return service;
    }

    /// <summary>
    /// A station is connected, and can be called: what waits for it is sent. To be told by <c>OcppStations.Connected</c>, or
    /// wherever else sessions begin; a station that sends SignCertificate is known to be connected by that.
    /// </summary>
    public void Connected(OcppSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        LineOf(session.Identity).Connected(session);
    }

    /// <summary>
    /// Handles SignCertificate: Accepted when the policy accepts the CSR and it is kept (A02.FR.11), else Rejected with a reason
    /// (A02.FR.12). Everything after that begins when the answer is sent.
    /// </summary>
    public async Task<SignCertificateResponse> SignCertificateAsync(
        SignCertificateRequest request, OcppSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Connected(session);
        string station = session.Identity;
        SigningStation facts = await _context.FindStationAsync(station, cancellationToken).ConfigureAwait(false);
        CsrVerdict verdict = _options.Policy.Judge(request.Csr, request.CertificateType, facts);
        StationLine line = LineOf(station);
        await line.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AnswerAsync(request, verdict, session, cancellationToken).ConfigureAwait(false);
        }
        catch (SigningRequestStoreException exception)
        {
            // The station asks again some time. Accepted would be a promise that a restart breaks.
            _context.Report(new(SigningReportKind.StoreFailed, station, exception.Message) { Exception = exception });
            return Rejected(new StatusInfoType { ReasonCode = "OutOfStorage", AdditionalInfo = "The request can't be kept at present." });
        }
        finally
        {
            line.Turn.Release();
        }
    }

    /// <summary>Asks a station to ask for a new certificate (A02): TriggerMessage.</summary>
    /// <param name="station">The station's identity.</param>
    /// <param name="certificateType">
    /// Which certificate; <see langword="null"/> for one that serves both the connection to the CSMS and that to cars.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for the station's answer.</param>
    /// <returns>The station's answer. When it is Accepted, SignCertificate follows.</returns>
    /// <exception cref="OcppConnectionClosedException">The station is not connected, or its connection was lost meanwhile.</exception>
    /// <inheritdoc cref="OcppSession.CallAsync{TRequest, TResponse}(IOcppRequest{TRequest, TResponse}, CancellationToken)" path="/exception"/>
    public Task<TriggerMessageResponse> RequestRenewalAsync(
        string station, CertificateSigningUseEnumType? certificateType, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(station);
        OcppSession session = LineOf(station).Session ??
            throw new OcppConnectionClosedException(new OcppCloseReason(OcppCloseKind.Lost, Description: "The station is not connected."));
        return session.CallAsync(
            new TriggerMessageRequest
            {
                RequestedMessage = certificateType switch
                {
                    CertificateSigningUseEnumType.ChargingStationCertificate => MessageTriggerEnumType.SignChargingStationCertificate,
                    CertificateSigningUseEnumType.V2GCertificate => MessageTriggerEnumType.SignV2GCertificate,
                    _ => MessageTriggerEnumType.SignCombinedCertificate,
                },
            },
            cancellationToken);
    }

    /// <summary>
    /// Stops, and waits until nothing of it runs. What is unfinished stays so in the store. A request that the authority is being
    /// asked for is given up: its answer counts as lost, and the next run asks again.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll([_expiry, .. _work.Values]).ConfigureAwait(false);
        _context.Dispose();
    }

    /// <summary>Keeps a request, unless there is something against it.</summary>
    private async Task<SignCertificateResponse> AnswerAsync(
        SignCertificateRequest request, CsrVerdict verdict, OcppSession session, CancellationToken cancellationToken)
    {
        string station = session.Identity;
        if (verdict.Request is { } csr && await FindReuseAsync(station, csr.KeyId, cancellationToken).ConfigureAwait(false) is { } reuse)
            verdict = verdict.With(reuse, _options.Policy);

        if (!verdict.IsAccepted)
        {
            _context.Report(new(SigningReportKind.CsrRefused, station, verdict.ToString()) { Verdict = verdict });
            return Rejected(verdict.StatusInfo!);
        }

        if (await IsTooMuchAsync(station, verdict.Request, cancellationToken).ConfigureAwait(false))
        {
            string reason = $"The station has {_options.MaxOpenRequests} requests open, which is the most.";
            _context.Report(new(SigningReportKind.CsrRefused, station, reason) { Verdict = verdict });
            return Rejected(new StatusInfoType { ReasonCode = "TooManyElements", AdditionalInfo = reason });
        }

        SigningRequest kept = await _options.Store
            .AddAsync(station, verdict.Request, request.CertificateType, cancellationToken).ConfigureAwait(false);
        if (verdict.Tolerated.Count > 0)
            _context.Report(new(SigningReportKind.CsrTolerated, station, verdict.ToString()) { Verdict = verdict, Request = kept });

        _context.Report(SigningReportKind.Received, kept);
        session.AfterAnswer(request, () => Begin(kept));
        return new SignCertificateResponse { Status = GenericStatusEnumType.Accepted };
    }

    /// <summary>Works on a request from now on, unless it is worked on already.</summary>
    private void Begin(SigningRequest request)
    {
        lock (_gate)
        {
            // Under the lock, so that what begins is there to be waited for when the service stops.
            if (!_isStopping && !request.IsFinished && !_work.ContainsKey(request.Id))
                _work[request.Id] = WorkAsync(request);
        }
    }

    private async Task WorkAsync(SigningRequest request)
    {
        await Task.Yield();
        await new SigningWork(_context, LineOf(request.Station), request).RunAsync().ConfigureAwait(false);
        _work.TryRemove(request.Id, out _);
    }

    private StationLine LineOf(string station) => _lines.GetOrAdd(station, static _ => new StationLine());

    /// <summary>A key that was certified once, or that another station has, is not the new one that A02.FR.02 asks for.</summary>
    private async Task<CsrFinding?> FindReuseAsync(string station, PublicKeyId keyId, CancellationToken cancellationToken)
    {
        IReadOnlyList<SigningRequest> known = await _options.Store.FindAsync(keyId, cancellationToken).ConfigureAwait(false);
        return known.Any(one => !OcppIdentity.Comparer.Equals(one.Station, station))
            ? new CsrFinding(CsrCheck.KeyReuse, "Another station has sent a CSR for the same key.")
            : known.Any(one => one.State == SigningRequestState.Delivered)
                ? new CsrFinding(CsrCheck.KeyReuse, "The station has a certificate for the same key already.")
                : null;
    }

    private async Task<bool> IsTooMuchAsync(string station, CertificateSigningRequest csr, CancellationToken cancellationToken)
    {
        IReadOnlyList<SigningRequest> open = await _options.Store.ListUnfinishedAsync(station, cancellationToken).ConfigureAwait(false);
        return open.Count >= _options.MaxOpenRequests && open.All(one => one.KeyId != csr.KeyId);
    }

    private static SignCertificateResponse Rejected(StatusInfoType why) =>
        new() { Status = GenericStatusEnumType.Rejected, StatusInfo = why };
}
