using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

// A03: the station requests a new certificate on its own before one expires.
public sealed partial class StationCertificates
{
    /// <summary>A03.FR.02.</summary>
    private async Task RenewAsync(DateTimeOffset now)
    {
        foreach ((CertificatePurpose purpose, HeldCertificate held, DateTimeOffset at) in Renewals().ToArray())
        {
            if (at <= now)
            {
                Report(Kind.RenewalDue, held.KeyId, purpose.Uses);
                await TryCreateRequestAsync(purpose, state => Postponed(state, purpose)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Which certificates the station requests next on its own, and when.</summary>
    private IEnumerable<(CertificatePurpose Purpose, HeldCertificate Held, DateTimeOffset At)> Renewals()
    {
        StationState state = _state;
        if (_client is null)
        {
            yield break;
        }

        // One that is combined, but only of one use any more, is renewed for that.
        bool isCombined =
            state.ChargingStation is { } one
            && state.V2G is { } other
            && one.Chain.Fingerprint == other.Chain.Fingerprint;
        CertificateUses stationUses = isCombined ? CertificateUses.Combined : CertificateUses.CsmsConnection;
        if (state.ChargingStation is { } station && RenewalOf(stationUses, station) is { } first)
        {
            yield return first;
        }

        if (!isCombined && state.V2G is { } v2g && RenewalOf(CertificateUses.Iso15118, v2g) is { } second)
        {
            yield return second;
        }

        if (state.V2G20 is { } v2g20 && RenewalOf(CertificateUses.Iso15118Part20, v2g20) is { } third)
        {
            yield return third;
        }

        foreach (HeldCertificate held in state.EvseCertificates ?? [])
        {
            // The controller may have been removed since.
            if (_options.PurposeOf(held.Uses, held.EvseId) == held.Purpose && RenewalOf(held.Purpose, held) is { } next)
            {
                yield return next;
            }
        }

        (CertificatePurpose, HeldCertificate, DateTimeOffset)? RenewalOf(
            CertificatePurpose purpose,
            HeldCertificate held
        )
        {
            RenewalState renewal = state.Renewal(purpose);
            bool isAskedFor =
                state.Pending.Any(pending => !pending.IsGivenUp && StationState.Overlap(pending.Purpose, purpose))
                || state.Candidates.Any(candidate => StationState.Overlap(candidate.Purpose, purpose));
            if (renewal.IsStopped || isAskedFor)
            {
                return null;
            }

            DateTimeOffset due = held.Chain.NotAfter - _options.RenewBefore;
            return (purpose, held, renewal.NotBefore > due ? renewal.NotBefore.Value : due);
        }
    }

    /// <summary>The station makes no request for the purpose on its own for a while.</summary>
    private StationState Postponed(StationState state, CertificatePurpose purpose) =>
        state.With(
            state.Renewal(purpose) with
            {
                NotBefore = _options.TimeProvider.GetUtcNow() + _options.RetryRenewalAfter,
            }
        );

    /// <summary>
    /// After a certificate has come: what stopped is over, and one that is short-lived is renewed in time.
    /// </summary>
    private StationState Renewed(StationState state, HeldCertificate held)
    {
        StationState resumed = state.Resume(held.Purpose);
        RenewalState renewal = resumed.Renewal(held.Purpose);
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        DateTimeOffset half = now + ((held.Chain.NotAfter - now) / 2);
        return renewal.NotBefore > half ? resumed.With(renewal with { NotBefore = half }) : resumed;
    }
}
