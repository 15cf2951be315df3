using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Ocpp.AspNetCore;
using Ocpp.Certificates.Hosting;
using Ocpp.Certificates.Ocsp;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds OCSP to a CSMS.</summary>
public static class OcspClientExtensions
{
    /// <summary>
    /// The name of the HTTP client that asks the responders, by which <c>services.AddHttpClient</c> configures it, such
    /// as its proxy. It must not follow redirects.
    /// </summary>
    public const string HttpClient = "Ocpp.Ocsp";

    /// <summary>
    /// Adds an <see cref="OcspClient"/>, one for the whole CSMS, that asks the responders with a client of
    /// <see cref="IHttpClientFactory"/>.
    /// </summary>
    /// <param name="ocpp">What <c>AddOcpp</c> returned.</param>
    /// <param name="options">The options.</param>
    public static OcppBuilder AddOcspClient(this OcppBuilder ocpp, OcspClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(ocpp);
        ArgumentNullException.ThrowIfNull(options);
        ocpp.Services.AddHttpClient(HttpClient)
            .ConfigurePrimaryHttpMessageHandler(static () =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    SslOptions =
                    {
                        // Nothing is downloaded that the server's certificate refers to.
                        CertificateChainPolicy = new X509ChainPolicy
                        {
                            RevocationMode = X509RevocationMode.NoCheck,
                            DisableCertificateDownloads = true,
                        },
                    },
                }
            );
        ocpp.Services.TryAddSingleton(provider => new OcspClient(
            new FactoryHttpHandler(provider.GetRequiredService<IHttpMessageHandlerFactory>(), HttpClient),
            options
        ));
        return ocpp;
    }
}
