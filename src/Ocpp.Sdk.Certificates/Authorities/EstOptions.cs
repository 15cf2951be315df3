using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Authorities;

/// <summary>How an EST server is asked.</summary>
public sealed record EstOptions
{
    /// <summary>
    /// Which of the server's authorities signs (RFC 7030 section 3.2.2); <see langword="null"/> for its default.
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

    /// <summary>How long the server may take to answer. Default 1 minute.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>When to ask again after a 202 that does not say when. Default 5 minutes.</summary>
    public TimeSpan DefaultRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
