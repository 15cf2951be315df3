using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

// A03: the station asks by itself before a certificate expires.
public sealed partial class StationCertificates
{
    /// <summary>A03.FR.02.</summary>
    private async Task RenewAsync(DateTimeOffset now)
    {
        foreach ((CertificateUses uses, HeldCertificate held, DateTimeOffset at) in Renewals().ToArray())
        {
            if (at <= now)
            {
                Report(Kind.RenewalDue, held.KeyId, uses);
                await TryCreateRequestAsync(uses, state => Postponed(state, uses)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Which certificates the station asks for next by itself, and when.</summary>
    private IEnumerable<(CertificateUses Uses, HeldCertificate Held, DateTimeOffset At)> Renewals()
    {
        StationState state = _state;
        if (_client is null)
        {
            yield break;
        }

        // One that is combined, but only of one use any more, is renewed for that.
        bool isCombined =
            state.ChargingStation is { } one && state.V2G is { } other && one.Fingerprint == other.Fingerprint;
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

        (CertificateUses, HeldCertificate, DateTimeOffset)? RenewalOf(CertificateUses uses, HeldCertificate held)
        {
            RenewalState renewal = state.Renewal(uses);
            bool isAskedFor =
                state.Pending.Any(pending => !pending.IsGivenUp && StationState.Overlap(pending.Uses, uses))
                || state.Candidates.Any(candidate => StationState.Overlap(candidate.Uses, uses));
            if (renewal.IsStopped || isAskedFor)
            {
                return null;
            }

            DateTimeOffset due = held.NotAfter - _options.RenewBefore;
            return (uses, held, renewal.NotBefore > due ? renewal.NotBefore.Value : due);
        }
    }

    /// <summary>No request for these uses by the station itself for a while.</summary>
    private StationState Postponed(StationState state, CertificateUses uses) =>
        state.With(
            state.Renewal(uses) with
            {
                NotBefore = _options.TimeProvider.GetUtcNow() + _options.RetryRenewalAfter,
            }
        );

    /// <summary>
    /// After a certificate has come: what stopped is over, and one that is short-lived is renewed in time.
    /// </summary>
    private StationState Renewed(StationState state, HeldCertificate held)
    {
        StationState resumed = state.Resume(held.Uses);
        RenewalState renewal = resumed.Renewal(held.Uses);
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        DateTimeOffset half = now + ((held.NotAfter - now) / 2);
        return renewal.NotBefore > half ? resumed.With(renewal with { NotBefore = half }) : resumed;
    }
}
