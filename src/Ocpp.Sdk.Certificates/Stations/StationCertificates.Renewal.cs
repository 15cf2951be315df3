using Ocpp.V201;

namespace Ocpp.Certificates;

// A03: the station asks by itself before a certificate expires.
public sealed partial class StationCertificates
{
    /// <summary>A03.FR.02.</summary>
    private async Task RenewAsync(DateTimeOffset now)
    {
        foreach ((CertificateSigningUseEnumType? type, HeldCertificate held, DateTimeOffset at) in Renewals().ToArray())
        {
            if (at <= now)
            {
                Report(new StationCertificateReport(StationCertificateReportKind.RenewalDue, held.KeyId, type));
                await TryCreateRequestAsync(
                    type, state => state.With(state.Renewal(type) with { NotBefore = now + _options.RetryRenewalAfter })).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Which certificates the station asks for next by itself, and when.</summary>
    private IEnumerable<(CertificateSigningUseEnumType? Type, HeldCertificate Held, DateTimeOffset At)> Renewals()
    {
        StationState state = _state;
        if (_client is null)
            yield break;

        bool isCombined = state.ChargingStation is { } one && state.V2G is { } other && one.Fingerprint == other.Fingerprint;
        if (state.ChargingStation is { } station && RenewalOf(isCombined ? null : CertificateSigningUseEnumType.ChargingStationCertificate, station) is { } first)
            yield return first;

        if (!isCombined && state.V2G is { } v2g && RenewalOf(CertificateSigningUseEnumType.V2GCertificate, v2g) is { } second)
            yield return second;

        (CertificateSigningUseEnumType?, HeldCertificate, DateTimeOffset)? RenewalOf(CertificateSigningUseEnumType? type, HeldCertificate held)
        {
            RenewalState renewal = state.Renewal(type);
            bool isAskedFor = state.Pending.Any(pending => !pending.IsGivenUp && StationState.Overlap(pending.CertificateType, type)) ||
                state.Candidates.Any(candidate => StationState.Overlap(candidate.CertificateType, type));
            if (renewal.IsStopped || isAskedFor)
                return null;

            DateTimeOffset due = held.NotAfter - _options.RenewBefore;
            return (type, held, renewal.NotBefore > due ? renewal.NotBefore.Value : due);
        }
    }

    /// <summary>After a certificate has come: what stopped is over, and one that is short-lived is renewed in time.</summary>
    private StationState Renewed(StationState state, HeldCertificate held)
    {
        StationState resumed = state.Resume(held.CertificateType);
        RenewalState renewal = resumed.Renewal(held.CertificateType);
        DateTimeOffset now = _options.Clock.GetUtcNow();
        DateTimeOffset half = now + ((held.NotAfter - now) / 2);
        return renewal.NotBefore > half ? resumed.With(renewal with { NotBefore = half }) : resumed;
    }
}
