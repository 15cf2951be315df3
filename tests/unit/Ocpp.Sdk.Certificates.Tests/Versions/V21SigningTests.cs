using System.Text.Json;
using System.Threading.Channels;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Stations;
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
        Assert.Equal(SigningFlow.SeccId, TestCsr.Read(delivered.Request.Csr).CommonName);
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

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
