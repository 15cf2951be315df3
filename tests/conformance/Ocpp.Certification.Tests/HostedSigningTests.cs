using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.Certificates.Hosting;
using Ocpp.Certificates.Tests;
using Ocpp.Certificates.V201;

namespace Ocpp.Certification.Tests;

/// <summary>Certificate signing as a service of the host.</summary>
public sealed class HostedSigningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_endpoints_trust_the_authority_and_the_service_runs_as_long_as_the_host()
    {
        await using WebApplication app = Build(sqlite: true, Configure);
        OcppOptions endpoints = app.Services.GetRequiredService<IOptions<OcppOptions>>().Value;
        Assert.Equal("Example Charging", endpoints.Certificates.OrganizationName);
        Assert.Single(endpoints.Certificates.TrustedRoots);
        Assert.Single(endpoints.Certificates.Intermediates);
        HostedSigningService signing = app.Services.GetRequiredService<HostedSigningService>();
        Assert.Throws<InvalidOperationException>(() => signing.Service);

        await app.StartAsync();
        Assert.Empty(await signing.Store.ListUnfinishedAsync());
        await app.StopAsync();
    }

    [Fact]
    public async Task Without_a_store_the_application_does_not_start()
    {
        await using WebApplication app = Build(sqlite: false, Configure);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());

        Assert.Equal("Certificate signing needs a store: AddCertificateSigning(…).UseSqlite(path).", e.Message);
    }

    [Fact]
    public void Without_an_authority_no_endpoint_is_made()
    {
        var e = Assert.Throws<OptionsValidationException>(() =>
            Build(
                sqlite: true,
                signing =>
                {
                    signing.OrganizationName = "Example Charging";
                    signing.Versions.Add(V201CsmsSigning.Instance);
                }
            )
        );

        Assert.Equal(
            "Certificate signing needs one authority: CertificateSigningOptions.Authority or LocalAuthorityFolder.",
            e.Message
        );
    }

    public void Dispose() => _folder.Dispose();

    private void Configure(CertificateSigningOptions signing)
    {
        signing.OrganizationName = "Example Charging";
        signing.Versions.Add(V201CsmsSigning.Instance);
        signing.LocalAuthorityFolder = _folder.Locate("ca");
    }

    private WebApplication Build(bool sqlite, Action<CertificateSigningOptions> configure)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        CertificateSigningBuilder signing = builder
            .Services.AddOcpp()
            .AllowAnyStation()
            .AddCertificateSigning(configure);
        if (sqlite)
        {
            signing.UseSqlite(_folder.Locate("signing.db"));
        }

        WebApplication app = builder.Build();
        app.MapOcpp("/ocpp", Ocpp.V201.Ocpp201Protocol.Instance, _ => { });
        return app;
    }
}
