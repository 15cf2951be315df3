using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// All that a station's certificate service remembers. Immutable; what is saved is always one whole state.
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
    /// What was accepted for the connection and was not connected with yet, the newest last: one, and beside it the
    /// one that is just tried.
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
        new[] { ChargingStation, V2G, V2G20 }.OfType<HeldCertificate>().Concat(Candidates);

    /// <summary>The keys that must not be destroyed.</summary>
    [JsonIgnore]
    public HashSet<PublicKeyId> KeyIds =>
        [.. Held.Select(held => held.KeyId), .. Pending.Select(pending => pending.KeyId)];

    /// <summary>Whether two certificates have a use in common.</summary>
    public static bool Overlap(CertificateUses one, CertificateUses other) => (one & other) != CertificateUses.None;

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
        held.Uses == CertificateUses.Iso15118Part20 ? this with { V2G20 = held } : this with { V2G = held };

    public RenewalState Renewal(CertificateUses uses) =>
        Renewals.FirstOrDefault(one => one.Uses == uses) ?? new RenewalState(uses);

    public StationState With(RenewalState renewal) =>
        this with
        {
            Renewals = [.. Renewals.Where(one => one.Uses != renewal.Uses), renewal],
        };

    /// <summary>No request for these uses by the station itself, until one is triggered.</summary>
    public StationState Stop(CertificateUses uses) => With(Renewal(uses) with { IsStopped = true });

    /// <summary>Ends what <see cref="Stop"/> began, for all with a use in common.</summary>
    public StationState Resume(CertificateUses uses) =>
        this with
        {
            Renewals = [.. Renewals.Where(one => !Overlap(one.Uses, uses) || !one.IsStopped)],
        };

    /// <summary>Without what can't be used any more, for its key is gone.</summary>
    public StationState Keep(IReadOnlySet<PublicKeyId> keys) =>
        this with
        {
            ChargingStation = ChargingStation is { } one && keys.Contains(one.KeyId) ? one : null,
            V2G = V2G is { } v2g && keys.Contains(v2g.KeyId) ? v2g : null,
            V2G20 = V2G20 is { } v2g20 && keys.Contains(v2g20.KeyId) ? v2g20 : null,
            Candidates = [.. Candidates.Where(held => keys.Contains(held.KeyId))],
            Pending = [.. Pending.Where(pending => keys.Contains(pending.KeyId))],
        };
}
