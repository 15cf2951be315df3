using System.Threading.Channels;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.V201;
using Ocpp.V201;

namespace Ocpp.Certification.Tests;

/// <summary>The tester in the place of the CSMS: every step is the test's.</summary>
internal sealed class TestCsms : IAsyncDisposable
{
    private readonly Channel<SignCertificateRequest> _requests = Channel.CreateUnbounded<SignCertificateRequest>();
    private readonly Channel<SecurityEventNotificationRequest> _events =
        Channel.CreateUnbounded<SecurityEventNotificationRequest>();

    private Endpoint? _endpoint;

    public Endpoint Endpoint => _endpoint!;

    /// <summary>What it answers SignCertificate with.</summary>
    public SignCertificateResponse Answer { get; set; } = new() { Status = GenericStatusEnumType.Accepted };

    public static async Task<TestCsms> StartAsync()
    {
        var csms = new TestCsms();
        csms._endpoint = await Endpoint.StartAsync(endpoint =>
            endpoint
                .On<HeartbeatRequest, HeartbeatResponse>((_, _) => new() { CurrentTime = DateTimeOffset.UtcNow })
                .On<SignCertificateRequest, SignCertificateResponse>(
                    (request, _) =>
                    {
                        csms._requests.Writer.TryWrite(request);
                        return csms.Answer;
                    }
                )
                .On<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(
                    (request, _) =>
                    {
                        csms._events.Writer.TryWrite(request);
                        return new();
                    }
                )
        );
        return csms;
    }

    public bool HasRequest => _requests.Reader.TryPeek(out _);

    /// <summary>The next SignCertificate.</summary>
    public Task<SignCertificateRequest> RequestedAsync() =>
        _requests.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    /// <summary>The next SecurityEventNotification.</summary>
    public Task<SecurityEventNotificationRequest> ToldAsync() =>
        _events.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    /// <summary>Triggers a SignCertificate, which the station has to accept.</summary>
    public static async Task TriggerAsync(OcppSession station)
    {
        TriggerMessageResponse answer = await station.CallAsync(
            new TriggerMessageRequest { RequestedMessage = MessageTriggerEnumType.SignChargingStationCertificate }
        );
        Assert.Equal(TriggerMessageStatusEnumType.Accepted, answer.Status);
    }

    /// <summary>Has a CSR signed.</summary>
    public static async Task<CertificateSignedRequest> SignAsync(
        ICertificateAuthority authority,
        SignCertificateRequest request
    )
    {
        Assert.True(
            CertificateSigningRequest.TryRead(request.Csr, out CertificateSigningRequest? csr, out CsrFinding? fault),
            fault?.Reason
        );
        CertificateAuthorityAnswer answer = await authority.SignAsync(
            new SigningOrder(csr, request.CertificateType.ToUses())
        );
        return new CertificateSignedRequest
        {
            CertificateChain = Assert.IsType<CertificateAuthorityAnswer.Issued>(answer).Chain.Pem,
            CertificateType = request.CertificateType,
        };
    }

    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();
}
