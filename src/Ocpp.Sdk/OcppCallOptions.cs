using Ocpp.SignedMessages;
using Ocpp.Validation;
using Ocpp.WebSockets;

namespace Ocpp;

/// <summary>How one call is made. Immutable.</summary>
public sealed record OcppCallOptions
{
    /// <summary>The defaults.</summary>
    public static OcppCallOptions Default { get; } = new();

    /// <summary>
    /// How long to wait for the answer, from when the request is sent. Defaults to
    /// <see cref="OcppSessionOptions.ResponseTimeout"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 24 days.</exception>
    public TimeSpan? Timeout
    {
        get;
        init => field = value is { } timeout ? OptionValue.Positive(timeout, BackOff.Longest) : null;
    }

    /// <summary>
    /// Signs the request (part 4, section 7). The response must then be signed, too, and is verified as
    /// <see cref="OcppSessionOptions.SignedMessages"/> says. Defaults to none: the request is sent as usual.
    /// </summary>
    public IOcppMessageSigner? Signer { get; init; }

    /// <summary>
    /// Accepts a response that is not signed to a request that is: from a peer that verifies, and has no key of its
    /// own. Anyone on the way can then replace the response. Defaults to <see langword="false"/>.
    /// </summary>
    public bool AcceptUnsignedResponse { get; init; }
}
