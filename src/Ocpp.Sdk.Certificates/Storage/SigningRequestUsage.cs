namespace Ocpp.Certificates.Storage;

/// <summary>What a store knows that decides whether another request of a station is accepted.</summary>
public sealed record SigningRequestUsage
{
    /// <summary>
    /// Whether the station has an unfinished request for the same key and type, which this one repeats (A02.FR.17).
    /// </summary>
    public bool IsRepeat { get; init; }

    /// <summary>How many requests of the station are unfinished.</summary>
    public int UnfinishedCount { get; init; }

    /// <summary>How many requests of the station were accepted since the time that was asked for.</summary>
    public int RecentCount { get; init; }

    /// <summary>Whether another station has a request for the same key.</summary>
    public bool IsKeyOfAnotherStation { get; init; }

    /// <summary>Whether another unfinished request of the station has the same request id (A02.FR.24).</summary>
    public bool IsRequestIdInUse { get; init; }

    /// <summary>Whether a certificate for the same key was delivered.</summary>
    public bool IsKeyCertified { get; init; }
}
