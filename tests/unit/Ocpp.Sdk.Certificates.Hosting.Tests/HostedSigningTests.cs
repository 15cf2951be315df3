using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.V201;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Certificates.Hosting.Tests;

/// <summary>Certificate signing as a service of the host.</summary>
public sealed class HostedSigningTests : IDisposable
{
    private const string StationIdentity = "EX-0001";

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource<SigningReport> _delivered = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

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
    public async Task A_station_gets_its_certificate_and_the_next_start_has_its_request_and_trusts_the_same_root()
    {
        string root;
        PublicKeyId key;
        await using (CsmsHost app = Build(sqlite: true, ConfigureOverPlainWebSockets, AddHeartbeat))
        {
            root = RootOf(app);
            await app.StartAsync();
            key = await ObtainAsync(app);
            await app.StopAsync();
        }

        await using CsmsHost next = Build(sqlite: true, ConfigureOverPlainWebSockets);
        Assert.Equal(root, RootOf(next));
        await next.StartAsync();
        ISigningRequestStore store = next.Services.GetRequiredService<HostedSigningService>().Store;
        SigningRequest kept = Assert.Single(await store.ListAsync(new SigningRequestFilter()));
        Assert.Equal((StationIdentity, key, SigningRequestState.Delivered), (kept.Station, kept.KeyId, kept.State));
        await next.StopAsync();
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
    public async Task B03_A_station_that_a_filter_answers_Pending_is_sent_nothing_until_it_is_Accepted()
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
            ConnectionTo(app)
        );
        await station.ConnectAsync();

        await BootAsync();
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => RenewAsync(app));
        status = RegistrationStatusEnumType.Accepted;
        await BootAsync();

        Assert.Equal("The station is not accepted: its BootNotification was answered Pending or Rejected.", e.Message);
        Assert.Equal(SigningResponse.Accepted, await RenewAsync(app));

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
    public async Task A_station_that_is_connected_to_another_node_is_asked_for_a_renewal()
    {
        var triggered = new TaskCompletionSource<TriggerMessageRequest>();
        await using var elsewhere = OcppPair.Create(
            new OcppHandlers(
                Ocpp201Protocol.Instance,
                handlers =>
                    handlers.On(
                        (TriggerMessageRequest request) =>
                        {
                            triggered.SetResult(request);
                            return new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.Accepted };
                        }
                    )
            ),
            new OcppHandlers(Ocpp201Protocol.Instance),
            new OcppPairOptions { Identity = StationIdentity }
        );
        await using CsmsHost app = Build(
            sqlite: true,
            Configure,
            services: services => services.AddSingleton<IOcppStations>(new StationsElsewhere(elsewhere.Csms))
        );
        await app.StartAsync();

        Assert.Equal(SigningResponse.Accepted, await RenewAsync(app));
        Assert.Equal(MessageTriggerEnumType.SignChargingStationCertificate, (await triggered.Task).RequestedMessage);
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

    /// <summary>
    /// The CSMS triggers, and the station gets a certificate below the root that the endpoints trust.
    /// </summary>
    private async Task<PublicKeyId> ObtainAsync(CsmsHost app)
    {
        var inUse = new TaskCompletionSource<PublicKeyId>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StationCertificates certificates = await StationCertificates.OpenAsync(
            new StationCertificatesOptions
            {
                Versions = [V201StationSigning.Instance],
                OrganizationName = "Example Charging",
                SerialNumber = StationIdentity,
                Keys = new FileKeyStore(_folder.Locate("keys")),
                StateFile = _folder.Locate("station/certificates.json"),
                TrustedRoots = app.Services.GetRequiredService<IOptions<OcppOptions>>().Value.Certificates.TrustedRoots,
                AllowUnencryptedRequests = true,
                Reported = report =>
                {
                    if (report is { Kind: StationCertificateReportKind.InUse, KeyId: { } key })
                    {
                        inUse.TrySetResult(key);
                    }
                },
            }
        );
        await using var client = new OcppClient(
            certificates.AddTo(new OcppHandlers(Ocpp201Protocol.Instance)),
            ConnectionTo(app)
        );
        await client.ConnectAsync();
        certificates.Use(client);

        // What follows from a response is done before the next request is handled: the CSMS knows the connection.
        await client.CallAsync(new HeartbeatRequest());
        await client.CallAsync(new HeartbeatRequest());
        Assert.Equal(SigningResponse.Accepted, await RenewAsync(app));

        PublicKeyId issued = await inUse.Task.WaitAsync(CsmsHost.Patience);
        Assert.Equal(SigningReportKind.Delivered, (await _delivered.Task.WaitAsync(CsmsHost.Patience)).Kind);
        using StationCertificate? current = await certificates.GetCurrentAsync(CertificateUses.CsmsConnection);
        Assert.Equal(issued, PublicKeyId.Of(current!.Certificate.PublicKey));
        return issued;
    }

    private static Task<SigningResponse> RenewAsync(CsmsHost app) =>
        app
            .Services.GetRequiredService<HostedSigningService>()
            .Service.RequestRenewalAsync(StationIdentity, CertificateUses.CsmsConnection);

    private static OcppClientOptions ConnectionTo(CsmsHost app) => new() { Url = app.Url, Identity = StationIdentity };

    private static void AddHeartbeat(OcppEndpointBuilder csms) =>
        csms.On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow });

    private static string RootOf(CsmsHost app) =>
        Assert
            .Single(app.Services.GetRequiredService<IOptions<OcppOptions>>().Value.Certificates.TrustedRoots)
            .Thumbprint;

    private void ConfigureOverPlainWebSockets(CertificateSigningOptions signing)
    {
        Configure(signing);
        signing.ConfigureService = service =>
            service with
            {
                Policy = service.Policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.Encryption } },
                Reported = report =>
                {
                    if (report.Kind == SigningReportKind.Delivered)
                    {
                        _delivered.TrySetResult(report);
                    }
                },
            };
    }

    private void Configure(CertificateSigningOptions signing)
    {
        signing.OrganizationName = "Example Charging";
        signing.Versions.Add(V201CsmsSigning.Instance);
        signing.LocalAuthorityFolder = _folder.Locate("ca");
    }

    private CsmsHost Build(
        bool sqlite,
        Action<CertificateSigningOptions> configure,
        Action<OcppEndpointBuilder>? endpoint = null,
        Action<IServiceCollection>? services = null
    ) =>
        CsmsHost.Create(
            endpoint,
            services: collection =>
            {
                services?.Invoke(collection);
                CertificateSigningBuilder signing = collection.AddOcpp().AddCertificateSigning(configure);
                if (sqlite)
                {
                    signing.UseSqlite(_folder.Locate("signing.db"));
                }
            }
        );
}
