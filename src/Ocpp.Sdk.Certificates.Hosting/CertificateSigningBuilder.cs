using Microsoft.Extensions.DependencyInjection;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Hosting;

/// <summary>Configures where the requests of stations are stored.</summary>
public sealed class CertificateSigningBuilder : ISigningRequestStoreBuilder
{
    internal CertificateSigningBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <inheritdoc/>
    public void UseStore(Func<TimeProvider, ISigningRequestStore> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        Services.AddSingleton(new SigningStoreFactory(open));
    }
}
