using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.AspNetCore.Hosting;

/// <summary>Sets TLS up for charging stations.</summary>
public static class OcppHttpsExtensions
{
    /// <summary>
    /// Takes TLS 1.2 and 1.3 (A00.FR.312), and asks for a client certificate without demanding one. It is looked at by the
    /// endpoint, against the operator's roots, not by Kestrel against those of the machine; other endpoints of the
    /// application must not take it for checked.
    /// </summary>
    public static void UseStationCertificates(this HttpsConnectionAdapterOptions https)
    {
        ArgumentNullException.ThrowIfNull(https);
#pragma warning disable CA5398 // The specification names the versions.
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
    }
}
