using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.Certificates;
using Ocpp.Certificates.Hosting;
using Ocpp.Certificates.Tests;
using Ocpp.Certificates.V201;
using Ocpp.V201;

namespace Ocpp.Certification.Tests;

/// <summary>Certificate signing as a service of the host.</summary>
public sealed class HostedSigningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_endpoints_trust_the_authority_and_the_service_runs_as_long_as_the_host()
    {
        await using CsmsHost app = Build(sqlite: true, Configure);
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
        await using CsmsHost app = Build(sqlite: false, Configure);

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

    [Fact]
    public async Task B03_A_station_that_a_filter_of_the_application_answers_Pending_is_sent_nothing_until_it_is_Accepted()
    {
        RegistrationStatusEnumType status = RegistrationStatusEnumType.Pending;
        await using CsmsHost app = Build(
            sqlite: true,
            Configure,
            csms =>
                csms.Use(_ =>
                        context =>
                        {
                            context.Response = new BootNotificationResponse
                            {
                                CurrentTime = DateTimeOffset.UtcNow,
                                Interval = 1,
                                Status = status,
                            };
                            return Task.CompletedTask;
                        }
                    )
                    .On(BootNotificationResponse (BootNotificationRequest _) => throw new InvalidOperationException())
        );
        await app.StartAsync();
        await using var station = new OcppClient(
            new OcppHandlers(
                Ocpp201Protocol.Instance,
                handlers =>
                    handlers.On(
                        (TriggerMessageRequest _) =>
                            new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.Accepted }
                    )
            ),
            new OcppClientOptions { Url = app.Url, Identity = "EX-0001" }
        );
        await station.ConnectAsync();

        await BootAsync();
        var e = await Assert.ThrowsAsync<InvalidOperationException>(RenewAsync);
        status = RegistrationStatusEnumType.Accepted;
        await BootAsync();

        Assert.Equal("The station is not accepted: its BootNotification was answered Pending or Rejected.", e.Message);
        Assert.Equal(SigningResponse.Accepted, await RenewAsync());

        Task<SigningResponse> RenewAsync() =>
            app
                .Services.GetRequiredService<HostedSigningService>()
                .Service.RequestRenewalAsync("EX-0001", CertificateUses.CsmsConnection);

        async Task BootAsync()
        {
            var boot = new BootNotificationRequest
            {
                Reason = BootReasonEnumType.PowerUp,
                ChargingStation = new ChargingStationType { Model = "M", VendorName = "V" },
            };

            // What follows from a response is done before the next request is handled.
            await station.CallAsync(boot);
            await station.CallAsync(boot);
        }
    }

    [Fact]
    public void An_endpoint_that_handles_SignCertificate_itself_is_not_made()
    {
        var e = Assert.Throws<ArgumentException>(() =>
            Build(
                sqlite: true,
                Configure,
                csms =>
                    csms.On(
                        (SignCertificateRequest _) =>
                            new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }
                    )
            )
        );

        Assert.Equal("SignCertificate already has a handler.", e.Message);
    }

    public void Dispose() => _folder.Dispose();

    private void Configure(CertificateSigningOptions signing)
    {
        signing.OrganizationName = "Example Charging";
        signing.Versions.Add(V201CsmsSigning.Instance);
        signing.LocalAuthorityFolder = _folder.Locate("ca");
    }

    private CsmsHost Build(
        bool sqlite,
        Action<CertificateSigningOptions> configure,
        Action<OcppEndpointBuilder>? endpoint = null
    ) =>
        CsmsHost.Create(
            endpoint,
            services: services =>
            {
                CertificateSigningBuilder signing = services.AddOcpp().AddCertificateSigning(configure);
                if (sqlite)
                {
                    signing.UseSqlite(_folder.Locate("signing.db"));
                }
            }
        );
}
