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
    /// A02.FR.02: a new key pair for each trigger, which also ends what A02.FR.19 and A02.FR.20 stopped. While a CSR
    /// for the same purpose waits for its response, all triggers that come are carried out as one afterwards: a CSMS
    /// can't make the station work faster than it responds itself.
    /// </summary>
    Task<SigningResponse> IStationSigningHandler.TriggerAsync(CertificateTrigger trigger, OcppRequestContext context)
    {
        if (IsEnding)
        {
            return Task.FromResult(SigningResponse.Rejected());
        }

        CertificatePurpose purpose = _options.PurposeOf(trigger.Uses, trigger.EvseId);
        context.OnCompleted(() =>
            Post(() =>
            {
                _triggered.Add(purpose);
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
        CertificateChain? chain = CertificateChain.TryRead(delivery.Chain, out CertificateChain? read) ? read : null;
        IReadOnlyList<PendingRequest> pending = delivery.RequestId is { } id
            ? [.. _state.Pending.Where(one => one.RequestId == id)]
            : _state.Pending;

        // The CSMS may not have seen the response, and sends the chain again. Under the id of an open request it is not
        // a repetition: that request is for another key (A02.FR.06).
        bool isForOpenRequest = delivery.RequestId is not null && pending.Count > 0;
        if (!isForOpenRequest && _state.Held.Any(held => held.Chain.Fingerprint == chain?.Fingerprint))
        {
            return Task.FromResult(SigningResponse.Accepted);
        }

        if (delivery.RequestId is not null && !isForOpenRequest)
        {
            // A02.FR.26. It concerns none of the open requests, and the certificate need not be invalid.
            var unknown = ChainVerification.Refuse(
                ChainFault.UnknownRequest,
                "The station has no open request with this id."
            );
            Report(Kind.ChainRefused, detail: unknown.Reason);
            return Task.FromResult(SigningResponse.Rejected(unknown.Rejection));
        }

        ChainVerification verification = _chains.Verify(delivery, chain, pending);
        return verification.IsAccepted
            ? AcceptAsync(verification, _state.FindPending(verification.Request.KeyId)!)
            : RefuseAsync(verification, isForOpenRequest ? pending[0] : StationChains.Find(chain, pending));
    }

    /// <summary>A02.FR.07, A02.FR.16, A02.FR.20.</summary>
    /// <param name="verification">Why the chain is refused.</param>
    /// <param name="pending">
    /// The request that the chain is for: the one that the CSMS names, otherwise the one whose key the chain has.
    /// </param>
    private async Task<SigningResponse> RefuseAsync(ChainVerification verification, PendingRequest? pending)
    {
        Report(Kind.ChainRefused, pending?.KeyId, pending?.Uses ?? CertificateUses.None, verification.Reason);
        StationState state = WithEvent(_state, PendingSecurityEvent.InvalidCertificate, verification.Reason);
        await ChangeAsync(pending is null ? state : state.Without(pending).Stop(pending.Purpose)).ConfigureAwait(false);
        return SigningResponse.Rejected(verification.Rejection);
    }

    /// <summary>
    /// Accepts a chain once it is saved. If it can't be saved, the request stays open: the CSMS's next try can succeed.
    /// </summary>
    private async Task<SigningResponse> AcceptAsync(ChainVerification verification, PendingRequest pending)
    {
        var held = new HeldCertificate(verification.Chain!, pending.Uses) { EvseId = pending.EvseId };
        StationState state = Renewed(_state.Without(pending), held);
        bool isForCars = held.Uses.IsV2G;

        // A candidate that is being tried stays until the outcome is known; any other one is replaced.
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

        Report(Kind.ChainAccepted, held.KeyId, held.Uses, string.Join(' ', verification.Deviations));
        if (isForCars)
        {
            Report(Kind.InUse, held.KeyId, held.Uses);
        }

        return SigningResponse.Accepted;
    }
}
