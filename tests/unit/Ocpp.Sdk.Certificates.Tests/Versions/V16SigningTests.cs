using System.Threading.Channels;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V16;
using Ocpp.Certificates.V21;
using Ocpp.Certificates.Versions;
using Ocpp.Testing;
using Ocpp.V16;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// Certificate signing of OCPP 1.6 between both services, with the messages of its security extension on the wire.
/// </summary>
public sealed class V16SigningTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly Channel<SecurityEventNotificationRequest> _events =
        Channel.CreateUnbounded<SecurityEventNotificationRequest>();
    private SigningFlow? _flow;

    private SigningFlow Flow => _flow!;

    public async Task InitializeAsync() =>
        _flow = await SigningFlow.StartAsync(
            new V16StationSigning
            {
                OtherTriggers = (request, _) =>
                    Task.FromResult(
                        new ExtendedTriggerMessageResponse
                        {
                            Status =
                                request.RequestedMessage == MessageTriggerEnumType.Heartbeat
                                    ? TriggerMessageStatusEnumType.Accepted
                                    : TriggerMessageStatusEnumType.Rejected,
                        }
                    ),
            },
            V16CsmsSigning.Instance,
            csms =>
                csms.On(
                    (SecurityEventNotificationRequest request, OcppRequestContext _) =>
                    {
                        _events.Writer.TryWrite(request);
                        return new SecurityEventNotificationResponse();
                    }
                )
        );

    public ValueTask DisposeAsync() => Flow.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task A_certificate_is_triggered_signed_and_used_with_a_CSR_and_a_chain_and_nothing_else()
    {
        SigningReport delivered = await Flow.ObtainAsync(CertificateUses.CsmsConnection);

        Assert.Equal(
            """{"requestedMessage":"SignChargePointCertificate"}""",
            Flow.Payload("ExtendedTriggerMessage").GetRawText()
        );
        Assert.Equal([("csr", delivered.Request!.Csr)], Properties("SignCertificate"));
        Assert.Equal([("certificateChain", delivered.Request.Chain)], Properties("CertificateSigned"));
        Assert.Equal(
            (CertificateUses.CsmsConnection, null, null),
            (delivered.Request.Uses, delivered.Request.RequestId, delivered.Request.RootCertificate)
        );
        Assert.Equal(TestCsr.SerialNumber, TestCsr.Read(delivered.Request.Csr).Subject.CommonName);
        using StationCertificate? certificate = await Flow.Certificates.GetCurrentAsync(CertificateUses.CsmsConnection);
        Assert.Equal(delivered.Request.KeyId, PublicKeyId.Of(certificate!.Certificate.PublicKey));
    }

    [Fact]
    public async Task A_station_asks_by_itself_and_gets_its_certificate()
    {
        PublicKeyId key = await Flow.Certificates.RequestAsync(CertificateUses.CsmsConnection);

        // The connection shows that the station is accepted once a request of it is answered: this is its first.
        SigningReport delivered = await Flow.ReportAsync(SigningReportKind.Delivered);

        Assert.Equal(key, delivered.Request!.KeyId);
        await Flow.ReportAsync(StationCertificateReportKind.InUse);
    }

    [Fact]
    public async Task An_invalid_chain_is_rejected_without_a_reason_and_reported_as_a_security_event()
    {
        SigningResponse response = await V16CsmsSigning.Instance.DeliverAsync(
            Flow.Csms,
            new CertificateDelivery(Flow.Authority.Root.ExportCertificatePem(), CertificateUses.CsmsConnection),
            CancellationToken.None
        );

        Assert.Equal(SigningResponse.Rejected(), response);
        StationCertificateReport refused = await Flow.ReportAsync(StationCertificateReportKind.ChainRefused);
        SecurityEventNotificationRequest reported = await NextEventAsync();
        Assert.Equal(("InvalidChargePointCertificate", refused.Detail), (reported.Type, reported.TechInfo));
    }

    [Fact]
    public async Task A_CSR_that_the_policy_refuses_is_rejected_without_a_reason_and_reported_to_the_operator()
    {
        SigningResponse response = await V16StationSigning.Instance.SubmitAsync(
            Flow.Client.Session!,
            new CsrSubmission(TestCsr.Pem(organization: "Somebody Else"), CertificateUses.CsmsConnection),
            CancellationToken.None
        );

        Assert.Equal(SigningResponse.Rejected(), response);
        SigningReport refused = await Flow.ReportAsync(SigningReportKind.CsrRefused);
        Assert.False(refused.Evaluation!.IsAccepted);
        Assert.NotEmpty(refused.Reason);
    }

    [Theory]
    [InlineData(CertificateUses.Iso15118)]
    [InlineData(CertificateUses.Combined)]
    [InlineData(CertificateUses.Iso15118Part20)]
    public async Task Another_certificate_than_the_stations_own_is_refused_before_anything_is_sent(CertificateUses uses)
    {
        await Assert.ThrowsAsync<NotSupportedException>(() =>
            Flow.Service.RequestRenewalAsync(TestCsr.SerialNumber, uses)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Flow.Certificates.RequestAsync(uses));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            V16CsmsSigning.Instance.TriggerAsync(Flow.Csms, new CertificateTrigger(uses), CancellationToken.None)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            V16StationSigning.Instance.SubmitAsync(
                Flow.Client.Session!,
                new CsrSubmission(TestCsr.Pem(), uses),
                CancellationToken.None
            )
        );
        Assert.Equal(0, Flow.FrameCount);
    }

    [Fact]
    public async Task A_V2G_request_of_a_station_with_further_versions_is_not_sent_on_a_session_of_1_6_but_postponed()
    {
        await using SigningFlow flow = await SigningFlow.StartAsync(
            V16StationSigning.Instance,
            V16CsmsSigning.Instance,
            configureStation: options => options with { Versions = [.. options.Versions, V21StationSigning.Instance] }
        );
        DateTimeOffset before = DateTimeOffset.UtcNow;

        PublicKeyId key = await flow.Certificates.RequestAsync(CertificateUses.Iso15118);

        StationCertificateReport rejected = await flow.ReportAsync(StationCertificateReportKind.RequestRejected);
        Assert.Equal(
            (key, CertificateUses.Iso15118, "The version of OCPP has no such certificate."),
            (rejected.KeyId, rejected.Uses, rejected.Detail)
        );
        Assert.Equal(key, (await flow.ReportAsync(StationCertificateReportKind.Discarded)).KeyId);
        await flow.Certificates.SettleAsync();
        StationState state = new StationStateFile(flow.StateFile).Read()!;
        Assert.Empty(state.Pending);
        RenewalState renewal = Assert.Single(state.Renewals);
        Assert.Equal((CertificateUses.Iso15118, false), (renewal.Uses, renewal.IsStopped));
        Assert.InRange(renewal.NotBefore!.Value, before.AddDays(1), DateTimeOffset.UtcNow.AddDays(1));
        Assert.Equal(0, flow.FrameCount);
    }

    [Theory]
    [InlineData(MessageTriggerEnumType.Heartbeat, TriggerMessageStatusEnumType.Accepted)]
    [InlineData(MessageTriggerEnumType.MeterValues, TriggerMessageStatusEnumType.Rejected)]
    public async Task Other_triggers_go_to_the_application(
        MessageTriggerEnumType trigger,
        TriggerMessageStatusEnumType expected
    )
    {
        ExtendedTriggerMessageResponse response = await Flow.Csms.CallAsync(
            new ExtendedTriggerMessageRequest { RequestedMessage = trigger }
        );

        Assert.Equal(expected, response.Status);
    }

    [Fact]
    public async Task Other_triggers_are_not_implemented_without_a_handler()
    {
        await using SigningFlow flow = await SigningFlow.StartAsync(
            V16StationSigning.Instance,
            V16CsmsSigning.Instance
        );

        ExtendedTriggerMessageResponse response = await flow.Csms.CallAsync(
            new ExtendedTriggerMessageRequest { RequestedMessage = MessageTriggerEnumType.Heartbeat }
        );

        Assert.Equal(TriggerMessageStatusEnumType.NotImplemented, response.Status);
    }

    [Fact]
    public async Task Another_security_event_keeps_its_name_and_its_text_is_cut_to_what_the_field_can_have()
    {
        DateTimeOffset timestamp = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);
        await V16StationSigning.Instance.ReportAsync(
            Flow.Client.Session!,
            new SecurityEvent("DiscardedRenewedClientCertificate", timestamp, new string('x', 256)),
            CancellationToken.None
        );

        SecurityEventNotificationRequest reported = await NextEventAsync();
        Assert.Equal(
            ("DiscardedRenewedClientCertificate", timestamp, new string('x', 255)),
            (reported.Type, reported.Timestamp, reported.TechInfo)
        );
    }

    [Theory]
    [InlineData(TriggerMessageStatusEnumType.Accepted, SigningStatus.Accepted)]
    [InlineData(TriggerMessageStatusEnumType.Rejected, SigningStatus.Rejected)]
    [InlineData(TriggerMessageStatusEnumType.NotImplemented, SigningStatus.NotImplemented)]
    public async Task The_CSMS_reads_each_answer_to_a_trigger(
        TriggerMessageStatusEnumType status,
        SigningStatus expected
    )
    {
        var station = new OcppHandlers(Ocpp16Protocol.Instance);
        station.On(
            (ExtendedTriggerMessageRequest _, OcppRequestContext _) =>
                new ExtendedTriggerMessageResponse { Status = status }
        );
        await using OcppPair pair = OcppPair.Create(station, new OcppHandlers(Ocpp16Protocol.Instance));

        SigningResponse response = await V16CsmsSigning.Instance.TriggerAsync(
            pair.Csms,
            new CertificateTrigger(CertificateUses.CsmsConnection),
            CancellationToken.None
        );

        Assert.Equal(new SigningResponse(expected), response);
    }

    [Theory]
    [InlineData(RegistrationStatus.Accepted, true)]
    [InlineData(RegistrationStatus.Pending, false)]
    [InlineData(RegistrationStatus.Rejected, false)]
    public void A_station_is_accepted_by_the_response_to_its_BootNotification(RegistrationStatus status, bool expected)
    {
        BootNotificationResponse response = new()
        {
            CurrentTime = DateTimeOffset.UnixEpoch,
            Interval = 1,
            Status = status,
        };

        Assert.Equal(expected, V16CsmsSigning.Instance.ReadRegistration(response));
        Assert.Null(V16CsmsSigning.Instance.ReadRegistration(new SecurityEventNotificationResponse()));
    }

    private async Task<SecurityEventNotificationRequest> NextEventAsync() =>
        await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    private IEnumerable<(string Name, string? Value)> Properties(string action) =>
        Flow.Payload(action).EnumerateObject().Select(one => (one.Name, one.Value.GetString()));
}
