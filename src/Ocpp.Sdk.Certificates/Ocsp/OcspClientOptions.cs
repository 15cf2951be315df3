using System.Security.Cryptography.X509Certificates;
using Ocpp.Validation;

namespace Ocpp.Certificates.Ocsp;

/// <summary>Which OCSP responders are asked, whom their responses are believed, and what they may cost.</summary>
public sealed record OcspClientOptions
{
    /// <summary>
    /// The responders that may be asked. The URL of a responder comes from a station or from a car: without this list,
    /// they could send the CSMS to any server that it can reach, such as one in its own network. An entry is a URL of
    /// <c>http</c> or <c>https</c>, as usual for OCSP, whose responses are signed. It allows exactly this URL; if its
    /// path ends with a slash, also every path below it. Scheme and port must be the same.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// An entry is not an absolute URL of <c>http</c> or <c>https</c>, or has a user name.
    /// </exception>
    public required IReadOnlyList<Uri> Responders
    {
        get;
        init => field = OcspResponders.Check(value);
    }

    /// <summary>
    /// The roots of the issuers whose certificates can be asked for, such as V2G roots and those of mobility operators.
    /// </summary>
    public required X509Certificate2Collection TrustedRoots
    {
        get;
        init => field = OptionValue.NotNull(value);
    }

    /// <summary>
    /// The authorities below <see cref="TrustedRoots"/>. The issuer of a certificate must be among them or the roots,
    /// unless the responder sends its certificate along. Defaults to none.
    /// </summary>
    public X509Certificate2Collection Intermediates
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = [];

    /// <summary>
    /// How long the status of a certificate may take, with the wait for its turn. Defaults to 10 seconds: less than a
    /// station waits for its response.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than a day.</exception>
    public TimeSpan Timeout
    {
        get;
        init => field = OptionValue.Positive(value, TimeSpan.FromDays(1));
    } = TimeSpan.FromSeconds(10);

    /// <summary>The most bytes of a response that are read. Defaults to 16 KiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxResponseSize
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 16 * 1024;

    /// <summary>How many requests are made to one of the responders at once; others wait. Defaults to 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxConcurrentRequests
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 16;

    /// <summary>
    /// How many responses are kept in memory until they are no longer current; about 2 kB each. Defaults to 10,000; 0
    /// keeps none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxCachedResponses
    {
        get;
        init => field = OptionValue.NotNegative(value);
    } = 10_000;

    /// <summary>
    /// How long a response is used if its next update is later than that, or not known. Defaults to one hour. A revoked
    /// certificate is accepted for as long at most, if its responder publishes the revocation at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 40 days.</exception>
    public TimeSpan MaxAge
    {
        get;
        init => field = OptionValue.Positive(value, TimeSpan.FromDays(40));
    } = TimeSpan.FromHours(1);

    /// <summary>How far the clock of a responder may differ. Defaults to 5 minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or more than a day.</exception>
    public TimeSpan ClockTolerance
    {
        get;
        init => field = OptionValue.NotNegative(value, TimeSpan.FromDays(1));
    } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a response must repeat the nonce that each request has, so that an earlier response can't be replayed
    /// while it is current. Defaults to <see langword="false"/>, because many responders sign their responses in
    /// advance. A nonce that is there must always be the right one.
    /// </summary>
    public bool RequireNonce { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = TimeProvider.System;
}
