using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Versions;
using Ocpp.Security;

namespace Ocpp.Certificates.Signing;

/// <summary>
/// Works on one request until it is finished or has to wait: asks the authority, and hands the chain to the station.
/// A request that has to wait is released.
/// </summary>
/// <param name="context">What all requests share.</param>
/// <param name="worker">Who has claimed the request.</param>
/// <param name="connection">The connection to the station.</param>
/// <param name="request">The request as the store has it.</param>
internal sealed class SigningWork(
    SigningContext context,
    SigningWorker worker,
    StationConnection connection,
    SigningRequest request
)
{
    // CALLERRORs to one certificate in one run: a station that answers so does not change its mind.
    private const int MaxRefusals = 5;

    /// <summary>As long as additionalInfo of OCPP 2.0.1 may be: longer only where much of it is escaped.</summary>
    private const int MaxInfoLength = 512;

    private static readonly TimeSpan s_shortestWait = TimeSpan.FromSeconds(1);

    private SigningRequest _request = request;
    private bool _isStale;
    private bool _isReleased;

    /// <summary>What the request has a place in now. Guarded by the worker.</summary>
    public required WorkQuota Quota { get; set; }

    private SigningServiceOptions Options => context.Options;

    private DateTimeOffset Deadline => _request.ReceivedAt + Options.GiveUpAfter;

    /// <summary>Works until the request is finished or released, or the service stops.</summary>
    public async Task RunAsync()
    {
        int failures = 0;
        while (!_request.IsFinished && !_isReleased && !context.Stopping.IsCancellationRequested)
        {
            try
            {
                if (_isStale)
                {
                    await ReadAgainAsync().ConfigureAwait(false);
                }
                else
                {
                    await GoOnAsync().ConfigureAwait(false);
                }

                failures = 0;
            }
            catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
            {
                return;
            }
            // The store failed, or what the application gave: no request may be forgotten for that. It is reported, and
            // tried again.
#pragma warning disable CA1031
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _isStale = true;
                DateTimeOffset again = context.Now + context.RetryWait(++failures);
                SigningReportKind kind =
                    exception is SigningRequestStoreException
                        ? SigningReportKind.StoreFailed
                        : SigningReportKind.CallBackFailed;
                context.Report(
                    new(kind, _request.Station, $"{exception.GetType().Name} was thrown.")
                    {
                        Request = _request,
                        Exception = exception,
                    }
                );
                await context.WaitUntilAsync(again).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (_request.IsFinished)
        {
            connection.ForgetRefusals(_request.Id);
        }
    }

    private Task GoOnAsync() =>
        _request.State switch
        {
            SigningRequestState.Issued or SigningRequestState.Sent => DeliverAsync(),
            _ when context.Now >= Deadline => FailAsync(
                $"The authority has not issued within {Options.GiveUpAfter.TotalHours:0.#} hours."
            ),
            SigningRequestState.Waiting when _request.AskAgainAt > context.Now => ReleaseAsync(
                _request.AskAgainAt.Value
            ),

            // The store has saved that the authority is asked, although saving seemed to fail: the next claim knows
            // that no answer comes.
            SigningRequestState.Forwarded when !_request.IsAnswerLost => ReleaseAsync(context.Now),
            _ => AskAsync(),
        };

    private async Task ReadAgainAsync()
    {
        _request =
            await Options.Store.FindAsync(_request.Id, context.Stopping).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Signing request {_request.Id} is not in the store any more.");
        _isStale = false;
        _isReleased = !worker.Holds(_request);
        if (_isReleased)
        {
            // The answer to a release was lost, and the station may have connected while the request was held.
            worker.Wake(_request.Station);
        }
    }

    private async Task ReleaseAsync(DateTimeOffset dueAt, bool isOffered = false)
    {
        await worker.ReleaseAsync(_request.Id, dueAt, isOffered).ConfigureAwait(false);
        _isReleased = true;
    }

    /// <summary>
    /// Waits for the station. A change of its connection in the meantime did not wake a request that was held.
    /// </summary>
    private async Task ReleaseAsync(DateTimeOffset dueAt, Task change, bool isOffered = false)
    {
        await ReleaseAsync(dueAt, isOffered).ConfigureAwait(false);
        if (change.IsCompleted)
        {
            worker.Wake(_request.Station);
        }
    }

    private async Task AskAsync()
    {
        if (!CertificateSigningRequest.TryRead(_request.Csr, out CertificateSigningRequest? csr, out _))
        {
            await FailAsync("The CSR in the store can't be read.").ConfigureAwait(false);
            return;
        }

        SigningStation station = await context
            .FindStationAsync(_request.Station, context.Stopping)
            .ConfigureAwait(false);
        bool isV2G = _request.Uses.IsV2G;
        var order = new SigningOrder(csr, _request.Uses)
        {
            OrganizationName = (isV2G ? Options.Policy.V2GOrganizationName : null) ?? Options.Policy.OrganizationName,
            StationNames = isV2G && station.SeccIds.Count > 0 ? station.SeccIds : station.Names,
            Country = station.CountryName,
            MaxChainSize = station.MaxChainSize,
            Ticket = _request.Ticket,
        };
        ICertificateAuthority authority = isV2G && Options.V2GAuthority is { } v2g ? v2g : Options.Authority;
        await StepAsync(SigningRequestTransition.Forwarded()).ConfigureAwait(false);
        if (!_isReleased)
        {
            // As the store has it now: a repetition may have named another root meanwhile.
            order = order with
            {
                RootCertificate = _request.RootCertificate,
            };
            await TakeAsync(await AskAsync(authority, order).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task<CertificateAuthorityAnswer> AskAsync(ICertificateAuthority authority, SigningOrder order)
    {
        TimeSpan time = Max(Min(Deadline - context.Now, Options.OrderTimeout), TimeSpan.Zero);
        using var limit = new CancellationTokenSource(time, Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.Stopping);
        CancellationToken token = either.Token;
        try
        {
            // Neither on this thread nor waited for any longer: an authority may block, and may ignore that it is
            // cancelled.
            CertificateAuthorityAnswer? answer = await Task.Run(
                    () => authority.SignAsync(order, token),
                    CancellationToken.None
                )
                .WaitAsync(token)
                .ConfigureAwait(false);
            return answer
                ?? new CertificateAuthorityAnswer.Failed(
                    CertificateAuthorityFailure.InvalidAnswer,
                    "The authority gave no answer."
                );
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !context.Stopping.IsCancellationRequested)
        {
            return new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.AnswerLost,
                "The authority has not answered in time. It may have signed."
            );
        }
        // Any exception of an application's authority: it may have signed, so that it is not asked again.
#pragma warning disable CA1031
        catch (Exception exception) when (!context.Stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            string reason = $"Asking the authority failed with {exception.GetType().Name}. It may have signed.";
            context.Report(
                new(SigningReportKind.CallBackFailed, _request.Station, reason)
                {
                    Request = _request,
                    Exception = exception,
                }
            );
            return new CertificateAuthorityAnswer.Failed(CertificateAuthorityFailure.AnswerLost, reason);
        }
    }

    private async Task TakeAsync(CertificateAuthorityAnswer answer)
    {
        switch (answer)
        {
            case CertificateAuthorityAnswer.Issued { Chain: { } chain } when chain.KeyId == _request.KeyId:
                await StepAsync(SigningRequestTransition.Issued(chain)).ConfigureAwait(false);
                Report(SigningReportKind.Issued);
                if (!_isReleased && !worker.TryDeliver(this, _request.Station))
                {
                    await ReleaseAsync(context.Now, isOffered: true).ConfigureAwait(false);
                }

                break;

            case CertificateAuthorityAnswer.Issued { Chain: not null }:
                await FailAsync("The authority answered with a certificate for another key.").ConfigureAwait(false);
                break;

            case CertificateAuthorityAnswer.Later(var retryAfter, var ticket):
                await AskLaterAsync(retryAfter, "The authority has not decided yet.", ticket).ConfigureAwait(false);
                break;

            case CertificateAuthorityAnswer.Failed { Kind: CertificateAuthorityFailure.Unavailable } unavailable:
                await AskLaterAsync(
                        unavailable.RetryAfter ?? context.RetryWait(_request.Attempts),
                        PrintableText.Of(unavailable.Reason, MaxInfoLength),
                        _request.Ticket
                    )
                    .ConfigureAwait(false);
                break;

            case CertificateAuthorityAnswer.Failed failed:
                await FailAsync(
                        failed.Reason is { Length: > 0 } reason
                            ? PrintableText.Of(reason, MaxInfoLength)
                            : "The authority gave no reason."
                    )
                    .ConfigureAwait(false);
                break;

            default:
                await FailAsync("The authority answered without a certificate.").ConfigureAwait(false);
                break;
        }
    }

    private async Task AskLaterAsync(TimeSpan wait, string reason, string? ticket)
    {
        // The wait can be of any length.
        TimeSpan bounded = Max(wait < Options.GiveUpAfter ? wait : Options.GiveUpAfter, s_shortestWait);
        await StepAsync(SigningRequestTransition.Waiting(context.Now + bounded, reason, ticket)).ConfigureAwait(false);
        Report(SigningReportKind.Waiting);
        _isReleased = true; // by the transition
    }

    /// <summary>
    /// Sends CertificateSigned when the station is connected and accepted, again when no answer came: after a wait that
    /// doubles, however often the station connects meanwhile, and as often as
    /// <see cref="SigningServiceOptions.MaxDeliveries"/> allows. Takes one step, and returns.
    /// </summary>
    private async Task DeliverAsync()
    {
        Task change = connection.WhenChangedAsync();
        bool isSent = _request.State == SigningRequestState.Sent;
        DateTimeOffset end = _request.ExpiresAt ?? DateTimeOffset.MaxValue;
        DateTimeOffset next = isSent ? _request.ChangedAt + context.RetryWait(_request.Deliveries) : context.Now;
        if (isSent && connection.IsConnectedWith(_request.KeyId, _request.CertificateSerialNumber))
        {
            await StepAsync(SigningRequestTransition.Delivered("The station has connected with the certificate."))
                .ConfigureAwait(false);
            Report(SigningReportKind.Delivered);
        }
        else if (context.Now >= end)
        {
            await FailAsync("The certificate has expired before its station had it.").ConfigureAwait(false);
        }
        else if (context.Now < next)
        {
            await ReleaseAsync(next < end ? next : end, change).ConfigureAwait(false);
        }
        else if (_request.Deliveries >= Options.MaxDeliveries)
        {
            await FailAsync(
                    $"CertificateSigned was sent {_request.Deliveries} times, and the station has not answered."
                )
                .ConfigureAwait(false);
        }
        else if (connection.AcceptedSession is not { } session)
        {
            // The station may be connected to another node.
            await ReleaseAsync(end, change, isOffered: true).ConfigureAwait(false);
        }
        else if (!VersionOf(session).Supports(_request.Uses))
        {
            // It was requested in another version, in which the station may connect again.
            context.Report(
                new(
                    SigningReportKind.DeliveryFailed,
                    _request.Station,
                    $"{session.Protocol.Subprotocol} has no certificate for {_request.Uses}."
                )
                {
                    Request = _request,
                }
            );
            await ReleaseAsync(end, change).ConfigureAwait(false);
        }
        else
        {
            await SendAsync(session).ConfigureAwait(false);
        }
    }

    // The connection has only sessions of the versions.
    private CsmsSigningVersion VersionOf(OcppSession session) => Options.Versions.Find(session)!;

    private async Task SendAsync(OcppSession session)
    {
        await StepAsync(SigningRequestTransition.Sent()).ConfigureAwait(false);
        if (_isReleased)
        {
            return;
        }

        try
        {
            var delivery = new CertificateDelivery(_request.Chain!, _request.Uses) // A02.FR.14
            {
                RequestId = _request.RequestId, // A02.FR.25
            };
            await TakeAsync(
                    await VersionOf(session).DeliverAsync(session, delivery, context.Stopping).ConfigureAwait(false)
                )
                .ConfigureAwait(false);
        }
        catch (OcppCallErrorException exception)
            when (connection.CountRefusal(_request.Id) == MaxRefusals
                || exception.ErrorCode is OcppErrorCode.NotImplemented or OcppErrorCode.NotSupported
            )
        {
            await FailAsync($"The station can't take the certificate: it answered {exception.ErrorCode}.")
                .ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception
                    is OcppConnectionClosedException
                        or OcppTimeoutException
                        or OcppCallErrorException
                        or OcppInvalidResponseException
                        or OcppValidationException
                        or OcppQueueFullException
            )
        {
            ReportUndelivered(exception);
        }
    }

    private async Task TakeAsync(SigningResponse response)
    {
        if (response.IsAccepted)
        {
            await StepAsync(SigningRequestTransition.Delivered()).ConfigureAwait(false);
            Report(SigningReportKind.Delivered);
        }
        else
        {
            await StepAsync(SigningRequestTransition.Rejected(Reason(response.Reason))).ConfigureAwait(false);
            Report(SigningReportKind.Rejected);
        }
    }

    private void ReportUndelivered(Exception exception)
    {
        string reason = exception switch
        {
            OcppConnectionClosedException => "The connection was lost before the station answered.",
            OcppTimeoutException => "The station has not answered in time.",
            OcppCallErrorException refused => $"The station answered {refused.ErrorCode}.",
            OcppInvalidResponseException or OcppValidationException => "The station's answer was not valid.",
            _ => "Too many calls to the station wait.",
        };
        context.Report(new(SigningReportKind.DeliveryFailed, _request.Station, reason) { Request = _request });
    }

    private async Task FailAsync(string reason)
    {
        await StepAsync(SigningRequestTransition.Failed(reason)).ConfigureAwait(false);
        Report(SigningReportKind.Failed);
    }

    /// <summary>
    /// Takes a step. While the store can't save it, such as when the disk is full, it is held here and tried again:
    /// an authority must not be asked twice for that, nor a station's answer be lost.
    /// </summary>
    private async Task StepAsync(SigningRequestTransition step)
    {
        for (int failures = 1; ; failures++)
        {
            DateTimeOffset again;
            try
            {
                await TryStepAsync(step).ConfigureAwait(false);
                return;
            }
            catch (SigningRequestStoreException exception)
            {
                again = context.Now + context.RetryWait(failures);
                context.Report(
                    new(SigningReportKind.StoreFailed, _request.Station, exception.Message)
                    {
                        Request = _request,
                        Exception = exception,
                    }
                );
            }

            await context.WaitUntilAsync(again).ConfigureAwait(false);
        }
    }

    private async Task TryStepAsync(SigningRequestTransition step)
    {
        await connection.Turn.WaitAsync(context.Stopping).ConfigureAwait(false);
        try
        {
            SigningTransitionResult result = await Options
                .Store.TransitionAsync(_request.Id, _request.Version, step, context.Stopping)
                .ConfigureAwait(false);
            _request =
                result.Request
                ?? throw new InvalidOperationException($"Signing request {_request.Id} is not in the store any more.");
            if (!result.IsApplied)
            {
                // Our lease has ended, and somebody else goes on with it.
                _isReleased = true;
                SigningLog.LeaseLost(Options.Logger, _request.Id, step.To);
            }
        }
        finally
        {
            connection.Turn.Release();
        }
    }

    /// <summary>Reports what became of the request, if it was here.</summary>
    private void Report(SigningReportKind kind)
    {
        if (!_isReleased)
        {
            context.Report(kind, _request);
        }
    }

    /// <summary>Why a station rejected, in its own words as far as a line for an operator can have them.</summary>
    private static string Reason(RejectionReason? rejection)
    {
        if (rejection is null)
        {
            return "The station rejected the certificate, and gave no reason.";
        }

        string reason = PrintableText.Of(rejection.ReasonCode);
        string info = rejection.AdditionalInfo is { Length: > 0 } more
            ? $" ({PrintableText.Of(more, MaxInfoLength)})"
            : "";
        return $"The station rejected the certificate: {reason}{info}.";
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
