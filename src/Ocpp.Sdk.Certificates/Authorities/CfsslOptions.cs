using System.Security.Cryptography.X509Certificates;
using Ocpp.Validation;

namespace Ocpp.Certificates.Authorities;

/// <summary>How a cfssl server is called.</summary>
public sealed record CfsslOptions
{
    /// <summary>
    /// The signing profile of the server's configuration; <see langword="null"/> for its default, which the server
    /// takes for a name that it does not know, too.
    /// </summary>
    public string? Profile { get; init; }

    /// <summary>Which of the server's signers signs; <see langword="null"/> for its default.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// The key that requests are authenticated with (<c>authsign</c>, standard authentication: HMAC with SHA-256);
    /// <see langword="null"/> for a server that signs without.
    /// </summary>
    public ReadOnlyMemory<byte>? AuthenticationKey { get; init; }

    /// <summary>
    /// The certificates of the authority, for the chain. <see langword="null"/>, the default, asks the server for that
    /// of its signer (<c>info</c>) each time before it asks for a certificate: enough for a signer right below the
    /// root.
    /// </summary>
    public X509Certificate2Collection? Issuers { get; init; }

    /// <summary>How long the server may take to answer. Defaults to 1 minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 40 days.</exception>
    public TimeSpan Timeout
    {
        get;
        init => field = OptionValue.Positive(value, TimeSpan.FromDays(40));
    } = TimeSpan.FromMinutes(1);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = TimeProvider.System;
}
