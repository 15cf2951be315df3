using Ocpp.Certificates.Chains;
using Ocpp.V201;
using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

// What the CSMS asks: TriggerMessage and CertificateSigned.
public sealed partial class StationCertificates
{
    /// <summary>
    /// How many requests of the CSMS have no answer yet that something follows from: it must not overtake the answer.
    /// </summary>
    private int _unanswered;

    /// <summary>Handles CertificateSigned, and TriggerMessage where it is for a certificate.</summary>
    /// <param name="handlers">Gets both handlers.</param>
    /// <param name="otherTriggers">Handles all other triggers; without it they are answered with
    /// NotImplemented.</param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">One of both is handled already, or the protocol is not OCPP
    /// 2.0.1.</exception>
    public OcppHandlers AddTo(
        OcppHandlers handlers,
        Func<TriggerMessageRequest, OcppRequestContext, Task<TriggerMessageResponse>>? otherTriggers = null)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        handlers
            .On<CertificateSignedRequest, CertificateSignedResponse>(HandleAsync)
            .On<TriggerMessageRequest, TriggerMessageResponse>((request, context) => request.RequestedMessage switch
            {
                MessageTriggerEnumType.SignChargingStationCertificate =>
                    Trigger(CertificateUses.CsmsConnection, context),
                MessageTriggerEnumType.SignV2GCertificate => Trigger(CertificateUses.Iso15118, context),
                MessageTriggerEnumType.SignCombinedCertificate => Trigger(CertificateUses.Combined, context),
                _ => otherTriggers?.Invoke(request, context) ?? Answer(TriggerMessageStatusEnumType.NotImplemented),
            });
        return handlers;
    }

    /// <summary>
    /// A02.FR.02: a new key pair for each trigger, which also ends what A02.FR.19 and A02.FR.20 stopped. One that
    /// comes while the CSR of another for the same uses waits for its answer is carried out after that, and stands for all
    /// that come meanwhile: a CSMS can't make the station work faster than it answers itself. An EVSE means nothing
    /// here.
    /// </summary>
    private Task<TriggerMessageResponse> Trigger(CertificateUses uses, OcppRequestContext context)
    {
        if (IsEnding)
            return Answer(TriggerMessageStatusEnumType.Rejected);

        context.OnCompleted(() => Post(() => { _triggered.Add(uses); }));
        return Answer(TriggerMessageStatusEnumType.Accepted);
    }

    private static Task<TriggerMessageResponse> Answer(TriggerMessageStatusEnumType status) =>
        Task.FromResult(new TriggerMessageResponse { Status = status });

    private async Task<CertificateSignedResponse> HandleAsync(CertificateSignedRequest request, OcppRequestContext context)
    {
        Task<CertificateSignedResponse> answer = AskAsync(() =>
        {
            _unanswered++;
            return ReceiveAsync(request);
        });
        context.OnCompleted(() => Post(() => _unanswered--));
        return await answer.WaitAsync(context.CancellationToken).ConfigureAwait(false);
    }

    private Task<CertificateSignedResponse> ReceiveAsync(CertificateSignedRequest request)
    {
        // The CSMS may not have seen the answer, and sends it again.
        string? fingerprint = StationChains.Fingerprint(request.CertificateChain);
        if (_state.Held.Any(held => held.Fingerprint == fingerprint))
            return Task.FromResult(new CertificateSignedResponse { Status = CertificateSignedStatusEnumType.Accepted });

        ChainVerdict verdict = _chains.Verify(request, _state.Pending);
        return verdict.IsAccepted ? AcceptAsync(verdict, _state.FindPending(verdict.Pending.KeyId)!) : RefuseAsync(request, verdict);
    }

    /// <summary>A02.FR.07, A02.FR.16, A02.FR.20.</summary>
    private async Task<CertificateSignedResponse> RefuseAsync(CertificateSignedRequest request, ChainVerdict verdict)
    {
        PendingRequest? pending = StationChains.FindPending(request.CertificateChain, _state.Pending);
        Report(Kind.ChainRefused, pending?.KeyId, pending?.Uses ?? CertificateUses.None, verdict.Reason);
        StationState state = WithEvent(_state, PendingSecurityEvent.InvalidCertificate, verdict.Reason);
        await ChangeAsync(pending is null ? state : state.Without(pending).Stop(pending.Uses)).ConfigureAwait(false);
        return new CertificateSignedResponse { Status = CertificateSignedStatusEnumType.Rejected, StatusInfo = verdict.StatusInfo };
    }

    /// <summary>
    /// Accepted once it is saved. When it can't be, the request still waits: the CSMS's next try can succeed.
    /// </summary>
    private async Task<CertificateSignedResponse> AcceptAsync(ChainVerdict verdict, PendingRequest pending)
    {
        string deviations = string.Join(' ', verdict.Deviations);
        var held = new HeldCertificate(CertificateChainText.Write(verdict.Certificates), pending.Uses);
        verdict.Certificates.DisposeAll();
        StationState state = Renewed(_state.Without(pending), held);
        bool isForCars = held.Uses == CertificateUses.Iso15118;

        // A candidate that is being tried stays until it is known how that ends; another one gives way.
        StationState next = isForCars
            ? state with { V2G = held }
            : state with { Candidates = [.. state.Candidates.Where(one => one == _switching), held] };
        if (!await TryChangeAsync(next).ConfigureAwait(false))
        {
            return new CertificateSignedResponse
            {
                Status = CertificateSignedStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType { ReasonCode = "InternalError", AdditionalInfo = "The certificate could not be saved." },
            };
        }

        Report(Kind.ChainAccepted, held.KeyId, held.Uses, deviations);
        if (isForCars)
            Report(Kind.InUse, held.KeyId, held.Uses);

        return new CertificateSignedResponse { Status = CertificateSignedStatusEnumType.Accepted };
    }
}
