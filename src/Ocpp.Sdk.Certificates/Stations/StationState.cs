using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// The state of a station's certificate service. Immutable; it is always saved as a whole.
/// </summary>
internal sealed record StationState
{
    public const int CurrentVersion = 2;

    public static StationState Empty { get; } =
        new()
        {
            Version = CurrentVersion,
            Candidates = [],
            Pending = [],
            Renewals = [],
            Events = [],
        };

    /// <summary>The form of the file.</summary>
    public required int Version { get; init; }

    /// <summary>What the station connects to the CSMS with.</summary>
    public HeldCertificate? ChargingStation { get; init; }

    /// <summary>What the station shows to cars (ISO 15118-2).</summary>
    public HeldCertificate? V2G { get; init; }

    /// <summary>What the station shows to cars by ISO 15118-20.</summary>
    public HeldCertificate? V2G20 { get; init; }

    /// <summary>
    /// The V2G certificates of the ISO 15118 controllers that serve one EVSE; <see langword="null"/> if there are none.
    /// </summary>
    public IReadOnlyList<HeldCertificate>? EvseCertificates { get; init; }

    /// <summary>
    /// The accepted certificates with which the station has not connected yet, the newest last: one, and besides it the
    /// one that is being tried.
    /// </summary>
    public required IReadOnlyList<HeldCertificate> Candidates { get; init; }

    /// <summary>The requests that wait for their certificates, the oldest first.</summary>
    public required IReadOnlyList<PendingRequest> Pending { get; init; }

    /// <summary>The id of the newest request (A02.FR.24 of OCPP 2.1); 0 if there was none.</summary>
    public int LastRequestId { get; init; }

    /// <summary>
    /// The id of the next request. The first is random: after the state was lost, the CSMS may still have open requests
    /// with the ids of before.
    /// </summary>
    [JsonIgnore]
    public int NextRequestId
    {
        get
        {
            int next = LastRequestId == 0 ? RandomNumberGenerator.GetInt32(int.MaxValue) : LastRequestId;
            do
            {
                next = next == int.MaxValue ? 1 : next + 1;
            } while (Pending.Any(one => one.RequestId == next));

            return next;
        }
    }

    public required IReadOnlyList<RenewalState> Renewals { get; init; }

    /// <summary>The security events that are to be delivered, the oldest first.</summary>
    public required IReadOnlyList<PendingSecurityEvent> Events { get; init; }

    /// <summary>All certificates; a combined one may come twice.</summary>
    [JsonIgnore]
    public IEnumerable<HeldCertificate> Held =>
        new[] { ChargingStation, V2G, V2G20 }
            .OfType<HeldCertificate>()
            .Concat(EvseCertificates ?? [])
            .Concat(Candidates);

    /// <summary>The keys that must not be destroyed.</summary>
    [JsonIgnore]
    public HashSet<PublicKeyId> KeyIds =>
        [.. Held.Select(held => held.KeyId), .. Pending.Select(pending => pending.KeyId)];

    /// <summary>Whether one certificate can serve a part of both purposes.</summary>
    public static bool Overlap(CertificatePurpose one, CertificatePurpose other) =>
        (one.Uses & other.Uses) != CertificateUses.None && one.EvseId == other.EvseId;

    /// <summary>The certificate in use.</summary>
    public HeldCertificate? InUse(CertificatePurpose purpose) =>
        purpose switch
        {
            { EvseId: not null } => EvseCertificates?.FirstOrDefault(one => one.Purpose == purpose),
            { Uses: CertificateUses.Iso15118 } => V2G,
            { Uses: CertificateUses.Iso15118Part20 } => V2G20,
            _ => ChargingStation,
        };

    public PendingRequest? FindPending(PublicKeyId key) => Pending.FirstOrDefault(pending => pending.KeyId == key);

    public StationState Without(PendingRequest pending) =>
        this with
        {
            Pending = [.. Pending.Where(one => one.KeyId != pending.KeyId)],
        };

    public StationState Replace(PendingRequest pending) =>
        this with
        {
            Pending = [.. Pending.Select(one => one.KeyId == pending.KeyId ? pending : one)],
        };

    /// <summary>With a certificate in use for cars.</summary>
    public StationState WithV2G(HeldCertificate held) =>
        held switch
        {
            { EvseId: not null } => this with
            {
                EvseCertificates = [.. (EvseCertificates ?? []).Where(one => one.Purpose != held.Purpose), held],
            },
            { Uses: CertificateUses.Iso15118Part20 } => this with { V2G20 = held },
            _ => this with { V2G = held },
        };

    public RenewalState Renewal(CertificatePurpose purpose) =>
        Renewals.FirstOrDefault(one => one.Purpose == purpose)
        ?? new RenewalState(purpose.Uses) { EvseId = purpose.EvseId };

    public StationState With(RenewalState renewal) =>
        this with
        {
            Renewals = [.. Renewals.Where(one => one.Purpose != renewal.Purpose), renewal],
        };

    /// <summary>The station makes no request for the purpose on its own until one is triggered.</summary>
    public StationState Stop(CertificatePurpose purpose) => With(Renewal(purpose) with { IsStopped = true });

    /// <summary>Ends what <see cref="Stop"/> began, for all purposes that overlap.</summary>
    public StationState Resume(CertificatePurpose purpose) =>
        this with
        {
            Renewals = [.. Renewals.Where(one => !Overlap(one.Purpose, purpose) || !one.IsStopped)],
        };

    /// <summary>Without what can't be used any more, for its key is gone.</summary>
    public StationState Keep(IReadOnlySet<PublicKeyId> keys) =>
        this with
        {
            ChargingStation = ChargingStation is { } one && keys.Contains(one.KeyId) ? one : null,
            V2G = V2G is { } v2g && keys.Contains(v2g.KeyId) ? v2g : null,
            V2G20 = V2G20 is { } v2g20 && keys.Contains(v2g20.KeyId) ? v2g20 : null,
            EvseCertificates = EvseCertificates is null
                ? null
                : [.. EvseCertificates.Where(held => keys.Contains(held.KeyId))],
            Candidates = [.. Candidates.Where(held => keys.Contains(held.KeyId))],
            Pending = [.. Pending.Where(pending => keys.Contains(pending.KeyId))],
        };
}
