using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Versions;
using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

// From the key pair to the CSMS's answer, and again when no certificate comes.
public sealed partial class StationCertificates
{
    /// <summary>
    /// How many requests for the same purpose wait at once. It bounds the keys that triggers of a CSMS can create.
    /// </summary>
    private const int MaxPendingOfSamePurpose = 4;

    private const string Unencrypted = "The connection is not encrypted.";

    private readonly HashSet<PublicKeyId> _underWay = [];
    private readonly HashSet<PublicKeyId> _heldBack = [];

    /// <summary>The purposes for which a trigger has not been carried out yet.</summary>
    private readonly HashSet<CertificatePurpose> _triggered = [];

    /// <summary>
    /// A new key pair (A02.FR.02), a CSR for it (A02.FR.03), and both remembered before anything is sent.
    /// </summary>
    /// <param name="purpose">What the certificate is for.</param>
    /// <param name="change">What changes with it.</param>
    /// <exception cref="IOException">The key or the request could not be kept. No key is left.</exception>
    private async Task<PublicKeyId> CreateRequestAsync(
        CertificatePurpose purpose,
        Func<StationState, StationState> change
    )
    {
        using IStationKey key = await _options.Keys.CreateAsync(_options.KeyAlgorithm).ConfigureAwait(false);
        _keys.Add(key.Id);
        bool isKept = false;
        try
        {
            CertificateSigningRequest csr = CsrBuilder.Build(key, _options.SubjectOf(purpose), _options.MaxCsrLength);
            StationState state = change(_state);
            int id = state.NextRequestId;
            PendingRequest[] older =
            [
                .. state.Pending.Where(one => one.Purpose == purpose).SkipLast(MaxPendingOfSamePurpose - 1),
            ];
            isKept = await TryChangeAsync(
                    state with
                    {
                        LastRequestId = id,
                        Pending =
                        [
                            .. state.Pending.Except(older),
                            new PendingRequest(csr, purpose.Uses)
                            {
                                EvseId = purpose.EvseId,
                                RequestId = id,
                                SendAt = _options.TimeProvider.GetUtcNow(),
                            },
                        ],
                    }
                )
                .ConfigureAwait(false);
        }
        finally
        {
            if (!isKept)
            {
                await DiscardAsync(key.Id).ConfigureAwait(false);
            }
        }

        return isKept ? key.Id : throw new IOException("The request could not be saved, and was not made.");
    }

    /// <summary>Makes a request that no caller waits for: of a trigger or a renewal. A failure is reported.</summary>
    private async Task TryCreateRequestAsync(CertificatePurpose purpose, Func<StationState, StationState> change)
    {
        try
        {
            await CreateRequestAsync(purpose, change).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Any exception of an application's key store means that there is no key.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await ChangeAsync(change(_state)).ConfigureAwait(false);
            Report(Kind.RequestFailed, uses: purpose.Uses, detail: exception.GetType().Name, exception: exception);
        }
    }

    /// <summary>
    /// Carries out triggers; those whose purpose has a CSR that waits for its response are left for later.
    /// </summary>
    private async Task MakeTriggeredAsync(DateTimeOffset now)
    {
        foreach (CertificatePurpose purpose in _triggered.ToArray())
        {
            PendingRequest[] ofSamePurpose = [.. _state.Pending.Where(one => one.Purpose == purpose)];
            if (ofSamePurpose.Any(one => _underWay.Contains(one.KeyId)))
            {
                continue;
            }

            _triggered.Remove(purpose);

            // A key pair that the CSMS has not heard of yet is as good as a new one.
            if (ofSamePurpose.LastOrDefault(one => one.Sendings == 0 && !one.IsGivenUp) is { } unsent)
            {
                await ChangeAsync(_state.Replace(unsent with { SendAt = now }).Resume(purpose)).ConfigureAwait(false);
            }
            else
            {
                await TryCreateRequestAsync(purpose, state => state.Resume(purpose)).ConfigureAwait(false);
            }
        }
    }

    private void SendRequests(OcppSession session, DateTimeOffset now)
    {
        if (_switching is not null)
        {
            return; // on the next connection, which is about to come
        }

        StationSigningVersion? version = _options.Versions.Find(session);
        bool isEncrypted = _client?.Options.Url.Scheme == "wss";
        string? obstacle =
            version is null ? "The version of OCPP has no certificate signing here."
            : !isEncrypted && !_options.AllowUnencryptedRequests ? Unencrypted
            : null;
        _heldBack.RemoveWhere(key => _state.FindPending(key) is null);
        foreach (PendingRequest pending in _state.Pending.Where(one => one.SendAt <= now))
        {
            if (version is null || obstacle is not null)
            {
                if (_heldBack.Add(pending.KeyId))
                {
                    Report(Kind.RequestHeldBack, pending.KeyId, pending.Uses, obstacle ?? "");
                }

                continue;
            }

            if (!_underWay.Add(pending.KeyId))
            {
                continue;
            }

            _heldBack.Remove(pending.KeyId);
            Report(Kind.RequestSent, pending.KeyId, pending.Uses, isEncrypted ? "" : Unencrypted);
            Begin(
                CallAsync(
                    cancellationToken => SubmitAsync(version, session, pending, cancellationToken),
                    (response, failure) => SentAsync(pending.KeyId, response, failure)
                )
            );
        }
    }

    private Task<SigningResponse> SubmitAsync(
        StationSigningVersion version,
        OcppSession session,
        PendingRequest pending,
        CancellationToken cancellationToken
    ) =>
        version.Supports(pending.Uses)
            ? version.SubmitAsync(
                session,
                new CsrSubmission(pending.Csr, pending.Uses)
                {
                    RequestId = pending.RequestId,
                    RootCertificate = _chains.RootOf(pending.Uses),
                },
                cancellationToken
            )
            : Task.FromResult(SigningResponse.NotImplemented);

    private Task SentAsync(PublicKeyId key, SigningResponse? response, Exception? failure)
    {
        _underWay.Remove(key);
        if (_state.FindPending(key) is not { } pending || IsEnding)
        {
            return Task.CompletedTask; // its certificate came before the answer, or it gave way to a newer request
        }

        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        TimeSpan wait = _options.CertSigningWaitMinimum;
        if (response?.IsAccepted == true)
        {
            ReportRequest(Kind.RequestAccepted, "");
            return ChangeAsync(_state.Replace(pending.Sent(now, wait))); // A02.FR.17
        }

        if (response is not null || IsUnsupported(failure))
        {
            ReportRequest(
                Kind.RequestRejected,
                response switch
                {
                    null => Describe(failure),
                    { Status: SigningStatus.NotImplemented } => "The version of OCPP has no such certificate.",
                    _ => "The CSMS answered Rejected.",
                }
            );
            return ChangeAsync(Postponed(_state.Without(pending), pending.Purpose));
        }

        ReportRequest(Kind.RequestUnanswered, Describe(failure));
        bool isLost = failure is OcppConnectionClosedException;
        return ChangeAsync(_state.Replace(isLost ? pending.Lost(now, wait) : pending.Sent(now, wait)));

        void ReportRequest(StationCertificateReportKind kind, string detail) =>
            Report(kind, pending.KeyId, pending.Uses, detail);
    }

    /// <summary>A02.FR.19: after so many repeats, and the wait after the last, no more until it is triggered.</summary>
    private async Task GiveUpAsync(DateTimeOffset now)
    {
        foreach (PendingRequest pending in _state.Pending)
        {
            if (pending.SendAt <= now && pending.Sendings > _options.CertSigningRepeatTimes)
            {
                Report(Kind.GaveUp, pending.KeyId, pending.Uses);
                StationState state = _state.Replace(pending with { SendAt = null });
                await ChangeAsync(state.Stop(pending.Purpose)).ConfigureAwait(false);
            }
        }
    }
}
