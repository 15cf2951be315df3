using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Versions;
using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

// What the CSMS asks: triggers and chains.
public sealed partial class StationCertificates : IStationSigningHandler
{
    /// <summary>
    /// How many requests of the CSMS have no answer yet that something follows from: it must not overtake the answer.
    /// </summary>
    private int _unanswered;

    /// <summary>
    /// Adds the handlers of the CSMS's triggers and chains, by the version of each protocol that the handlers are for.
    /// </summary>
    /// <param name="handlers">Where to register the handlers.</param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">
    /// No version of <see cref="StationCertificatesOptions.Versions"/> is for a protocol of the handlers, or one of the
    /// requests has a handler already.
    /// </exception>
    public THandlers AddTo<THandlers>(THandlers handlers)
        where THandlers : IOcppHandlers
    {
        ArgumentNullException.ThrowIfNull(handlers);
        foreach (StationSigningVersion version in _options.Versions.For(handlers))
        {
            version.AddHandlers(handlers, this);
        }

        return handlers;
    }

    /// <summary>
    /// A02.FR.02: a new key pair for each trigger, which also ends what A02.FR.19 and A02.FR.20 stopped. One that
    /// comes while the CSR of another for the same uses waits for its answer is carried out after that, and stands for
    /// all that come meanwhile: a CSMS can't make the station work faster than it answers itself.
    /// </summary>
    Task<SigningResponse> IStationSigningHandler.TriggerAsync(CertificateUses uses, OcppRequestContext context)
    {
        if (IsEnding)
        {
            return Task.FromResult(SigningResponse.Rejected());
        }

        context.OnCompleted(() =>
            Post(() =>
            {
                _triggered.Add(uses);
            })
        );
        return Task.FromResult(SigningResponse.Accepted);
    }

    async Task<SigningResponse> IStationSigningHandler.DeliverAsync(
        CertificateDelivery delivery,
        OcppRequestContext context
    )
    {
        Task<SigningResponse> answer = AskAsync(() =>
        {
            _unanswered++;
            return ReceiveAsync(delivery);
        });
        context.OnCompleted(() => Post(() => _unanswered--));
        return await answer.WaitAsync(context.CancellationToken).ConfigureAwait(false);
    }

    private Task<SigningResponse> ReceiveAsync(CertificateDelivery delivery)
    {
        // The CSMS may not have seen the answer, and sends it again. Under the id of an open request it is no
        // repetition: that request is for another key (A02.FR.06).
        string? fingerprint = StationChains.Fingerprint(delivery.Chain);
        bool isForOpenRequest = delivery.RequestId is { } id && _state.Pending.Any(one => one.RequestId == id);
        if (!isForOpenRequest && _state.Held.Any(held => held.Fingerprint == fingerprint))
        {
            return Task.FromResult(SigningResponse.Accepted);
        }

        ChainVerification verification = _chains.Verify(delivery, _state.Pending);
        return verification.IsAccepted
            ? AcceptAsync(verification, _state.FindPending(verification.Pending.KeyId)!)
            : RefuseAsync(delivery, verification);
    }

    /// <summary>
    /// A02.FR.07, A02.FR.16, A02.FR.20. A chain for a request that the station doesn't know (A02.FR.26) says nothing of
    /// the requests that it knows, nor that a certificate is invalid.
    /// </summary>
    private async Task<SigningResponse> RefuseAsync(CertificateDelivery delivery, ChainVerification verification)
    {
        PendingRequest? pending = StationChains.FindPending(delivery, _state.Pending);
        Report(Kind.ChainRefused, pending?.KeyId, pending?.Uses ?? CertificateUses.None, verification.Reason);
        if (verification.Fault != ChainFault.UnknownRequest)
        {
            StationState state = WithEvent(_state, PendingSecurityEvent.InvalidCertificate, verification.Reason);
            await ChangeAsync(pending is null ? state : state.Without(pending).Stop(pending.Uses))
                .ConfigureAwait(false);
        }

        return SigningResponse.Rejected(verification.Rejection);
    }

    /// <summary>
    /// Accepted once it is saved. When it can't be, the request still waits: the CSMS's next try can succeed.
    /// </summary>
    private async Task<SigningResponse> AcceptAsync(ChainVerification verification, PendingRequest pending)
    {
        string deviations = string.Join(' ', verification.Deviations);
        var held = new HeldCertificate(CertificateChainText.Write(verification.Certificates), pending.Uses);
        verification.Certificates.DisposeAll();
        StationState state = Renewed(_state.Without(pending), held);
        bool isForCars = held.Uses.IsV2G;

        // A candidate that is being tried stays until it is known how that ends; another one gives way.
        StationState next = isForCars
            ? state.WithV2G(held)
            : state with
            {
                Candidates = [.. state.Candidates.Where(one => one == _switching), held],
            };
        if (!await TryChangeAsync(next).ConfigureAwait(false))
        {
            return SigningResponse.Rejected(
                new RejectionReason("InternalError", "The certificate could not be saved.")
            );
        }

        Report(Kind.ChainAccepted, held.KeyId, held.Uses, deviations);
        if (isForCars)
        {
            Report(Kind.InUse, held.KeyId, held.Uses);
        }

        return SigningResponse.Accepted;
    }
}
