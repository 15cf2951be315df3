using Ocpp.V201;
using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

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
                Report(Kind.RenewalDue, held.KeyId, type);
                await TryCreateRequestAsync(type, state => Postponed(state, type)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Which certificates the station asks for next by itself, and when.</summary>
    private IEnumerable<(CertificateSigningUseEnumType? Type, HeldCertificate Held, DateTimeOffset At)> Renewals()
    {
        StationState state = _state;
        if (_client is null)
            yield break;

        // One that is combined, but only of one use any more, is renewed for that.
        bool isCombined = state.ChargingStation is { } one && state.V2G is { } other && one.Fingerprint == other.Fingerprint;
        CertificateSigningUseEnumType? stationType = isCombined ? null : CertificateSigningUseEnumType.ChargingStationCertificate;
        if (state.ChargingStation is { } station && RenewalOf(stationType, station) is { } first)
            yield return first;

        if (!isCombined && state.V2G is { } v2g && RenewalOf(CertificateSigningUseEnumType.V2GCertificate, v2g) is { } second)
            yield return second;

        (CertificateSigningUseEnumType?, HeldCertificate, DateTimeOffset)? RenewalOf(CertificateSigningUseEnumType? type, HeldCertificate held)
        {
            RenewalState renewal = state.Renewal(type);
            bool isAskedFor =
                state.Pending.Any(pending => !pending.IsGivenUp && StationState.Overlap(pending.CertificateType, type))
                || state.Candidates.Any(candidate => StationState.Overlap(candidate.CertificateType, type));
            if (renewal.IsStopped || isAskedFor)
                return null;

            DateTimeOffset due = held.NotAfter - _options.RenewBefore;
            return (type, held, renewal.NotBefore > due ? renewal.NotBefore.Value : due);
        }
    }

    /// <summary>No request of this type by the station itself for a while.</summary>
    private StationState Postponed(StationState state, CertificateSigningUseEnumType? type) =>
        state.With(state.Renewal(type) with { NotBefore = _options.Clock.GetUtcNow() + _options.RetryRenewalAfter });

    /// <summary>
    /// After a certificate has come: what stopped is over, and one that is short-lived is renewed in time.
    /// </summary>
    private StationState Renewed(StationState state, HeldCertificate held)
    {
        StationState resumed = state.Resume(held.CertificateType);
        RenewalState renewal = resumed.Renewal(held.CertificateType);
        DateTimeOffset now = _options.Clock.GetUtcNow();
        DateTimeOffset half = now + ((held.NotAfter - now) / 2);
        return renewal.NotBefore > half ? resumed.With(renewal with { NotBefore = half }) : resumed;
    }
}
