using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Authentication;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.AspNetCore.Hosting;

/// <summary>Sets TLS up for charging stations.</summary>
public static class OcppHttpsExtensions
{
    /// <summary>
    /// How long a connection may last without a request. Its TLS handshake has a time of its own: 10 seconds by
    /// default.
    /// </summary>
    private static readonly TimeSpan s_firstRequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Sets TLS up for charging stations on every HTTPS endpoint of the server, as the overload for a single endpoint
    /// does, and ends connections that send no request. Call it before the endpoints are configured; a later call of
    /// <see cref="KestrelServerOptions.ConfigureHttpsDefaults"/> replaces it.
    /// </summary>
    /// <param name="kestrel">The server's options.</param>
    /// <param name="configure">Changes what TLS is set up with.</param>
    /// <param name="firstRequestTimeout">
    /// How long a connection may last without a request, the first one or another. Defaults to 10 seconds, where
    /// Kestrel's own is 130. WebSockets are not affected. It is the server's
    /// <see cref="KestrelServerLimits.KeepAliveTimeout"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="firstRequestTimeout"/> is not positive.
    /// </exception>
    /// <inheritdoc cref="UseStationCertificates(HttpsConnectionAdapterOptions, Action{OcppHttpsOptions}?)"
    /// path="/exception"/>
    public static void UseStationCertificates(
        this KestrelServerOptions kestrel,
        Action<OcppHttpsOptions>? configure = null,
        TimeSpan? firstRequestTimeout = null
    )
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        kestrel.Limits.KeepAliveTimeout = firstRequestTimeout ?? s_firstRequestTimeout;
        kestrel.ConfigureHttpsDefaults(https => https.UseStationCertificates(configure));
    }

    /// <summary>
    /// Sets TLS up for charging stations on an HTTPS endpoint: TLS 1.2 and 1.3 (A00.FR.312) with the cipher suites of
    /// A00.FR.318, and a client certificate that is asked for. Unless
    /// <see cref="OcppHttpsOptions.RequiredClientCertificate"/> is set, the handshake succeeds with any client
    /// certificate and without one: the OCPP endpoint checks it against the operator's roots once it knows the station.
    /// Other endpoints of the application must not regard it as checked. Nothing that a certificate of a peer refers to
    /// is downloaded.
    /// </summary>
    /// <remarks>
    /// A callback in <see cref="HttpsConnectionAdapterOptions.OnAuthenticate"/> that was set before is called first;
    /// one that is set later replaces this set-up.
    /// </remarks>
    /// <param name="https">The endpoint's options.</param>
    /// <param name="configure">Changes what TLS is set up with.</param>
    /// <exception cref="PlatformNotSupportedException">
    /// There are several server certificates, and the runtime is .NET 8.
    /// </exception>
    public static void UseStationCertificates(
        this HttpsConnectionAdapterOptions https,
        Action<OcppHttpsOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(https);
        var options = new OcppHttpsOptions();
        configure?.Invoke(options);
#pragma warning disable CA5398 // The specification names the versions.
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398
        if (options.RequiredClientCertificate is null)
        {
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        }
        else
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (_, _, errors) => errors == SslPolicyErrors.None;
        }

        Action<ConnectionContext, SslServerAuthenticationOptions>? before = https.OnAuthenticate;
        ServerCertificates? certificates = ServerCertificates.Create(options.ServerCertificates);
        certificates?.AddTo(https);
        https.OnAuthenticate = (connection, tls) =>
        {
            before?.Invoke(connection, tls);
            tls.CipherSuitesPolicy = options.CipherSuites;
            tls.CertificateChainPolicy = ChainPolicy(options.RequiredClientCertificate);
            certificates?.Choose(connection, tls);
        };
    }

    /// <summary>
    /// How SslStream builds the chain of a client certificate, which it does before anybody is asked whether the
    /// certificate is accepted. One for each connection: it is filled by the check.
    /// </summary>
    private static X509ChainPolicy ChainPolicy(OcppCertificateOptions? required) =>
        required?.CreateChainPolicy()
        ?? new X509ChainPolicy
        {
            // Without a root, so that there is nothing to search: the endpoint builds the chain that counts.
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
}
