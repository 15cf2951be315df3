using System.Text.Json.Serialization;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Stations;

/// <summary>
/// A request whose certificate the station waits for, as its state keeps it. The key is in the key store.
/// </summary>
/// <param name="Request">The CSR.</param>
/// <param name="Uses">What the certificate is for.</param>
internal sealed record PendingRequest([property: JsonIgnore] CertificateSigningRequest Request, CertificateUses Uses)
{
    private const int MaxDoublings = 40;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(3650);

    /// <exception cref="InvalidDataException">The text is not a CSR.</exception>
    [JsonConstructor]
    public PendingRequest(string csr, CertificateUses uses)
        : this(
            csr is not null && CertificateSigningRequest.TryRead(csr, out CertificateSigningRequest? request, out _)
                ? request
                : throw new InvalidDataException("A CSR can't be read."),
            uses
        ) { }

    /// <summary>The CSR in PEM: the same each time it is sent, so that the CSMS recognises it.</summary>
    [JsonPropertyOrder(-1)]
    public string Csr => Request.ToPem();

    /// <summary>
    /// The station's id of the request; <see langword="null"/> for one that was made before requests had ids.
    /// </summary>
    public int? RequestId { get; init; }

    /// <summary>The EVSE that a V2G certificate is for; <see langword="null"/> for the station's controller.</summary>
    public int? EvseId { get; init; }

    [JsonIgnore]
    public CertificatePurpose Purpose => new(Uses, EvseId);

    /// <summary>When the CSR is to be sent, or the request given up; none when it was.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>How many times the CSR was sent, those not counted that were lost with the connection.</summary>
    public int Sendings { get; init; }

    /// <summary>How many times the connection was lost before the answer came.</summary>
    public int Losses { get; init; }

    [JsonIgnore]
    public PublicKeyId KeyId => Request.KeyId;

    /// <summary>
    /// Whether no certificate came in all the time (A02.FR.19). One that comes all the same is taken.
    /// </summary>
    [JsonIgnore]
    public bool IsGivenUp => SendAt is null;

    /// <summary>After it was sent: the wait for the certificate, doubled each time (A02.FR.17, A02.FR.18).</summary>
    public PendingRequest Sent(DateTimeOffset now, TimeSpan minimum) =>
        this with
        {
            Sendings = Sendings + 1,
            SendAt = now + Doubled(minimum, Sendings),
        };

    /// <summary>
    /// After the connection was lost meanwhile: at the next connect, and later where it was lost again, for it may be
    /// this that the CSMS cannot bear.
    /// </summary>
    public PendingRequest Lost(DateTimeOffset now, TimeSpan minimum) =>
        this with
        {
            Losses = Losses + 1,
            SendAt = Losses == 0 ? now : now + Doubled(minimum, Losses - 1),
        };

    private static TimeSpan Doubled(TimeSpan wait, int times)
    {
        double seconds = wait.TotalSeconds * Math.Pow(2, Math.Min(times, MaxDoublings));
        return seconds < s_longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : s_longest;
    }
}
