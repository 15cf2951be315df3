using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Storage;

/// <summary>
/// Which requests <see cref="ISigningRequestStore.ListAsync"/> lists: those for which all of this holds.
/// </summary>
public sealed record SigningRequestFilter
{
    /// <summary>The station's identity; any without it.</summary>
    public string? Station { get; init; }

    /// <summary>The key to be certified; any without it.</summary>
    public PublicKeyId? KeyId { get; init; }

    /// <summary>The state; any without it.</summary>
    public SigningRequestState? State { get; init; }

    /// <summary>Only those with a smaller number: for the next page, that of the last one listed.</summary>
    public long? BeforeId { get; init; }

    /// <summary>How many at most. Default 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;
}
