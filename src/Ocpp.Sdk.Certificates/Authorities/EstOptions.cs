using System.Net;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Validation;

namespace Ocpp.Certificates.Authorities;

/// <summary>How an EST server is called.</summary>
public sealed record EstOptions
{
    /// <summary>
    /// The label of the authority within the server (RFC 7030 section 3.2.2); <see langword="null"/> for its default.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>
    /// User name and password of HTTP Basic; <see langword="null"/> where a client certificate of the handler does it.
    /// </summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>
    /// The certificates of the authority, for the chain. <see langword="null"/>, the default, asks the server for them
    /// (<c>cacerts</c>) each time before it asks for a certificate.
    /// </summary>
    public X509Certificate2Collection? Issuers { get; init; }

    /// <summary>How long the server may take to answer. Defaults to 1 minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 40 days.</exception>
    public TimeSpan Timeout
    {
        get;
        init => field = OptionValue.Positive(value, TimeSpan.FromDays(40));
    } = TimeSpan.FromMinutes(1);

    /// <summary>When to ask again after a 202 response without Retry-After. Defaults to 5 minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 40 days.</exception>
    public TimeSpan DefaultRetryAfter
    {
        get;
        init => field = OptionValue.Positive(value, TimeSpan.FromDays(40));
    } = TimeSpan.FromMinutes(5);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = TimeProvider.System;
}
