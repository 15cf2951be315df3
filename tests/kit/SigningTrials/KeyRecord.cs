using Ocpp.V201;

namespace Ocpp.TestKit;

/// <summary>What a station saw of one of its keys, on the line and by its own reports.</summary>
internal sealed class KeyRecord
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was asked for; none for a combined certificate.</summary>
    public CertificateSigningUseEnumType? CertificateType { get; set; }

    /// <summary>Whether the CSMS answered SignCertificate with Accepted.</summary>
    public bool IsPromised { get; set; }

    /// <summary>Whether the CSMS answered SignCertificate with Rejected, and why.</summary>
    public string? Refusal { get; set; }

    /// <summary>The CertificateSigned that came for it, in their order.</summary>
    public List<Delivery> Deliveries { get; } = [];

    /// <summary>How often the station took a certificate for it as a new one: once, however often it comes.</summary>
    public int TimesTaken { get; set; }

    /// <summary>When it did, in the order of all that the station took.</summary>
    public int TakenAs { get; set; }

    /// <summary>Whether the station destroyed the key.</summary>
    public bool IsDiscarded { get; set; }

    /// <summary>Ends when the station expects nothing more of it.</summary>
    public Task Closed => _closed.Task;

    public void Close() => _closed.TrySetResult();
}
