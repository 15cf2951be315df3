using System.Text.Json;
using System.Threading.Channels;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.V21;
using Ocpp.V21;

namespace Ocpp.Certificates.Tests;

/// <summary>A02 and A03 of OCPP 2.1 between both services, with the messages that go over the wire.</summary>
public sealed class V21SigningTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly Channel<SecurityEventNotificationRequest> _events =
        Channel.CreateUnbounded<SecurityEventNotificationRequest>();
    private SigningFlow? _flow;

    private SigningFlow Flow => _flow!;

    public async Task InitializeAsync() =>
        _flow = await SigningFlow.StartAsync(
            V21StationSigning.Instance,
            V21CsmsSigning.Instance,
            csms =>
                csms.On(
                        (SecurityEventNotificationRequest request, OcppRequestContext _) =>
                        {
                            _events.Writer.TryWrite(request);
                            return new SecurityEventNotificationResponse();
                        }
                    )
                    .On(
                        (BootNotificationRequest _, OcppRequestContext _) =>
                            new BootNotificationResponse
                            {
                                CurrentTime = DateTimeOffset.UtcNow,
                                Interval = 1,
                                Status = RegistrationStatusEnumType.Pending,
                            }
                    )
        );

    public ValueTask DisposeAsync() => Flow.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Theory]
    [InlineData(CertificateUses.CsmsConnection, "SignChargingStationCertificate", "ChargingStationCertificate")]
    [InlineData(CertificateUses.Iso15118, "SignV2GCertificate", "V2GCertificate")]
    [InlineData(CertificateUses.Iso15118Part20, "SignV2G20Certificate", "V2G20Certificate")]
    [InlineData(CertificateUses.Combined, "SignCombinedCertificate", null)]
    public async Task A02_FR_23_24_25_Each_kind_of_certificate_is_triggered_signed_and_used_under_its_request_id(
        CertificateUses uses,
        string trigger,
        string? type
    )
    {
        SigningReport delivered = await Flow.ObtainAsync(uses);

        JsonElement csr = Flow.Payload("SignCertificate");
        JsonElement signed = Flow.Payload("CertificateSigned");
        int id = csr.GetProperty("requestId").GetInt32();
        Assert.Equal((uses, id), (delivered.Request!.Uses, delivered.Request.RequestId));
        Assert.Equal(id, signed.GetProperty("requestId").GetInt32());
        Assert.Equal(trigger, Flow.Payload("TriggerMessage").GetProperty("requestedMessage").GetString());
        Assert.Equal((type, type), (Text(csr, "certificateType"), Text(signed, "certificateType")));
        using StationCertificate? certificate = await Flow.Certificates.GetCurrentAsync(uses);
        Assert.Equal(delivered.Request.KeyId, PublicKeyId.Of(certificate!.Certificate.PublicKey));
    }

    [Theory]
    [InlineData(CertificateUses.Iso15118)]
    [InlineData(CertificateUses.Iso15118Part20)]
    public async Task A02_FR_27_A_V2G_request_names_its_root_and_its_CN_is_the_SECC_id(CertificateUses uses)
    {
        SigningReport delivered = await Flow.ObtainAsync(uses);

        CertificateHash root = CertificateHash.OfRoot(Flow.Authority.Root);
        JsonElement hash = Flow.Payload("SignCertificate").GetProperty("hashRootCertificate");
        Assert.Equal(
            (root.HashAlgorithm, root.IssuerNameHash, root.IssuerKeyHash, root.SerialNumber),
            (
                Text(hash, "hashAlgorithm"),
                Text(hash, "issuerNameHash"),
                Text(hash, "issuerKeyHash"),
                Text(hash, "serialNumber")
            )
        );
        Assert.Equal(root, delivered.Request!.RootCertificate);
        Assert.Equal(SigningFlow.SeccId, TestCsr.Read(delivered.Request.Csr).Subject.CommonName);
    }

    [Theory]
    [InlineData(CertificateUses.CsmsConnection)]
    [InlineData(CertificateUses.Iso15118)]
    [InlineData(CertificateUses.Iso15118Part20)]
    public async Task A03_FR_02_A_certificate_that_is_about_to_expire_is_renewed_under_a_request_id_of_its_own(
        CertificateUses uses
    )
    {
        await using SigningFlow flow = await SigningFlow.StartAsync(
            V21StationSigning.Instance,
            V21CsmsSigning.Instance,
            configureStation: options => options with { RenewBefore = TimeSpan.FromDays(366) }
        );

        SigningRequest first = (await flow.ObtainAsync(uses)).Request!;
        SigningRequest renewed = (await flow.ReportAsync(SigningReportKind.Delivered)).Request!;

        Assert.Equal((uses, uses), (first.Uses, renewed.Uses));
        Assert.NotEqual(first.KeyId, renewed.KeyId);
        Assert.NotEqual(first.RequestId, renewed.RequestId);
        Assert.Equal(1, flow.Count("TriggerMessage"));
    }

    [Theory]
    [InlineData(CertificateUses.Iso15118)]
    [InlineData(CertificateUses.Iso15118Part20)]
    public async Task A_trigger_that_names_an_EVSE_asks_for_the_certificate_of_the_SECC_id_of_its_controller(
        CertificateUses uses
    )
    {
        SigningReport station = await Flow.ObtainAsync(uses);
        Assert.False(Flow.Payload("TriggerMessage").TryGetProperty("evse", out _));
        SigningReport evse = await Flow.ObtainAsync(uses, SigningFlow.EvseId);

        JsonElement named = Flow.Payload("TriggerMessage").GetProperty("evse");
        Assert.Equal(SigningFlow.EvseId, named.GetProperty("id").GetInt32());
        Assert.Equal(
            (SigningFlow.SeccId, SigningFlow.EvseSeccId),
            (CommonName(station.Request!), CommonName(evse.Request!))
        );
        using StationCertificate? ofStation = await Flow.Certificates.GetCurrentAsync(uses);
        using StationCertificate? ofEvse = await Flow.Certificates.GetCurrentAsync(uses, SigningFlow.EvseId);
        Assert.Equal(station.Request!.KeyId, PublicKeyId.Of(ofStation!.Certificate.PublicKey));
        Assert.Equal(evse.Request!.KeyId, PublicKeyId.Of(ofEvse!.Certificate.PublicKey));
    }

    [Theory]
    [InlineData(CertificateUses.Iso15118, 1, SigningFlow.SeccId)]
    [InlineData(CertificateUses.CsmsConnection, SigningFlow.EvseId, TestCsr.SerialNumber)]
    [InlineData(CertificateUses.Combined, SigningFlow.EvseId, TestCsr.SerialNumber)]
    public async Task An_EVSE_without_a_controller_of_its_own_or_of_another_certificate_makes_no_difference(
        CertificateUses uses,
        int evseId,
        string commonName
    )
    {
        SigningReport delivered = await Flow.ObtainAsync(uses, evseId);

        Assert.Equal(commonName, CommonName(delivered.Request!));
        using StationCertificate? current = await Flow.Certificates.GetCurrentAsync(uses);
        Assert.Equal(delivered.Request!.KeyId, PublicKeyId.Of(current!.Certificate.PublicKey));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MinValue)]
    public async Task A02_FR_26_A_chain_with_an_unknown_or_negative_request_id_is_rejected(int offset)
    {
        SigningReport delivered = await Flow.ObtainAsync(CertificateUses.Iso15118);

        CertificateSignedResponse response = await Flow.Csms.CallAsync(
            new CertificateSignedRequest
            {
                CertificateChain = Flow.Authority.Root.ExportCertificatePem(),
                CertificateType = CertificateSigningUseEnumType.V2GCertificate,
                RequestId = unchecked(delivered.Request!.RequestId + offset),
            }
        );

        Assert.Equal(
            (CertificateSignedStatusEnumType.Rejected, "NotFound"),
            (response.Status, response.StatusInfo?.ReasonCode)
        );
        Assert.Equal(
            "The station has no open request with this id.",
            (await Flow.ReportAsync(StationCertificateReportKind.ChainRefused)).Detail
        );
    }

    [Fact]
    public async Task A02_FR_24_A_request_id_that_is_open_already_is_rejected_by_the_CSMS()
    {
        SignCertificateRequest request = new()
        {
            Csr = TestCsr.Pem(),
            CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
            RequestId = 7,
        };
        // Pending: the chain is not delivered, so that the request stays open.
        await Flow.Client.CallAsync(
            new BootNotificationRequest
            {
                Reason = BootReasonEnumType.PowerUp,
                ChargingStation = new ChargingStationType { Model = "M", VendorName = "V" },
            }
        );
        Assert.Equal(GenericStatusEnumType.Accepted, (await Flow.Client.CallAsync(request)).Status);

        SignCertificateResponse response = await Flow.Client.CallAsync(request with { Csr = TestCsr.Pem() });

        Assert.Equal(
            (GenericStatusEnumType.Rejected, "DuplicateRequestId"),
            (response.Status, response.StatusInfo?.ReasonCode)
        );
    }

    [Fact]
    public async Task A02_FR_07_An_invalid_chain_is_rejected_and_reported_as_a_security_event()
    {
        CertificateSignedResponse response = await Flow.Csms.CallAsync(
            new CertificateSignedRequest { CertificateChain = Flow.Authority.Root.ExportCertificatePem() }
        );

        Assert.Equal(CertificateSignedStatusEnumType.Rejected, response.Status);
        await Flow.ReportAsync(StationCertificateReportKind.ChainRefused);
        Assert.Equal(
            "InvalidChargingStationCertificate",
            (await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60))).Type
        );
    }

    private static string? CommonName(SigningRequest request) => TestCsr.Read(request.Csr).Subject.CommonName;

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
