using System.Threading.Channels;
using Ocpp.Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certification.Tests;

/// <summary>The tester in the place of the CSMS, in each version: every step is the test's.</summary>
internal sealed class TestCsms : IAsyncDisposable
{
    private readonly Channel<CsrMessage> _requests = Channel.CreateUnbounded<CsrMessage>();
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    private Endpoint? _endpoint;

    public Endpoint Endpoint => _endpoint!;

    /// <summary>What it answers SignCertificate with.</summary>
    public MessageAnswer Answer { get; set; } = new(IsAccepted: true);

    public static async Task<TestCsms> StartAsync()
    {
        var csms = new TestCsms();
        csms._endpoint = await Endpoint.StartAsync(endpoint =>
        {
            foreach (TestMessages version in TestMessages.All)
            {
                version.AddBasics(endpoint, securityEvent => csms._events.Writer.TryWrite(securityEvent));
                version.AddCsms(
                    endpoint,
                    request =>
                    {
                        csms._requests.Writer.TryWrite(request);
                        return csms.Answer;
                    }
                );
            }
        });
        return csms;
    }

    public bool HasRequest => _requests.Reader.TryPeek(out _);

    /// <summary>The next SignCertificate.</summary>
    public Task<CsrMessage> RequestedAsync() => _requests.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    /// <summary>The type of the next SecurityEventNotification.</summary>
    public Task<string> ReportedAsync() => _events.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    /// <summary>
    /// Triggers a SignCertificate for the station's own certificate, which the station has to accept.
    /// </summary>
    public static async Task TriggerAsync(OcppSession station)
    {
        var version = TestMessages.Of(station);
        Assert.Equal("Accepted", await version.TriggerAsync(station, version.Trigger));
    }

    /// <summary>Has a CSR signed.</summary>
    public static async Task<ChainMessage> SignAsync(ICertificateAuthority authority, CsrMessage request)
    {
        Assert.True(
            CertificateSigningRequest.TryRead(request.Csr, out CertificateSigningRequest? csr, out CsrFinding? fault),
            fault?.Reason
        );
        CertificateAuthorityAnswer answer = await authority.SignAsync(
            new SigningOrder(csr, CertificateUses.CsmsConnection)
        );
        return new ChainMessage(
            Assert.IsType<CertificateAuthorityAnswer.Issued>(answer).Chain.Pem,
            request.CertificateType,
            request.RequestId
        );
    }

    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();
}
