using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.V201;

namespace Ocpp.Certification.Tests;

/// <summary>The tester in the place of the station: every step is the test's.</summary>
internal sealed class TestStation : IAsyncDisposable
{
    private readonly Channel<TriggerMessageRequest> _triggers = Channel.CreateUnbounded<TriggerMessageRequest>();
    private readonly Channel<CertificateSignedRequest> _signed = Channel.CreateUnbounded<CertificateSignedRequest>();
    private readonly FileKeyStore _keys;

    public TestStation(Endpoint csms, CertificateSignedStatusEnumType answer = CertificateSignedStatusEnumType.Accepted)
    {
        _keys = new FileKeyStore(csms.Locate("keys"));
        OcppHandlers handlers = new OcppHandlers(
            Ocpp201Protocol.Instance,
            set =>
                set.On<TriggerMessageRequest, TriggerMessageResponse>(
                        (request, _) =>
                        {
                            _triggers.Writer.TryWrite(request);
                            return new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.Accepted };
                        }
                    )
                    .On<CertificateSignedRequest, CertificateSignedResponse>(
                        (request, _) =>
                        {
                            _signed.Writer.TryWrite(request);
                            return new CertificateSignedResponse { Status = answer };
                        }
                    )
        );
        Client = new OcppClient(handlers, csms.Connection);
    }

    public OcppClient Client { get; }

    public Task<TriggerMessageRequest> TriggeredAsync() =>
        _triggers.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    public Task<CertificateSignedRequest> SignedAsync() =>
        _signed.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    public ValueTask<IStationKey> CreateKeyAsync() => _keys.CreateAsync(StationKeyAlgorithm.EcP256);

    public static string Csr(IStationKey key) => CsrBuilder.Build(key, Endpoint.OrganizationName, Endpoint.Station);

    /// <summary>Checks a chain as a station does.</summary>
    public static X509Certificate2Collection Verify(
        Endpoint csms,
        IStationKey key,
        string chain,
        string? extendedKeyUsage
    )
    {
        ChainVerification verdict = new ChainVerifier([csms.Authority.Root])
        {
            ExtendedKeyUsage = extendedKeyUsage,
        }.Verify(chain, [new PendingCertificate(key.Id, Endpoint.OrganizationName, Endpoint.Station)]);
        Assert.True(verdict.IsAccepted, verdict.Reason);
        return verdict.Certificates;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
