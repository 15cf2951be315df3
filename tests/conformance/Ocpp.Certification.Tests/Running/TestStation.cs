using System.Threading.Channels;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certification.Tests;

/// <summary>The tester in the place of the station: every step is the test's.</summary>
internal sealed class TestStation : IAsyncDisposable
{
    private readonly Channel<string> _triggers = Channel.CreateUnbounded<string>();
    private readonly Channel<ChainMessage> _signed = Channel.CreateUnbounded<ChainMessage>();
    private readonly FileKeyStore _keys;
    private readonly TestMessages _version;

    /// <param name="csms">Where it connects.</param>
    /// <param name="version">What it speaks.</param>
    /// <param name="accepts">Whether it accepts its certificate.</param>
    public TestStation(Endpoint csms, TestMessages version, bool accepts = true)
    {
        _keys = new FileKeyStore(csms.Locate("keys"));
        _version = version;
        Client = new OcppClient(
            new OcppHandlers(
                version.Protocol,
                station =>
                    version.AddStation(
                        station,
                        requestedMessage => _triggers.Writer.TryWrite(requestedMessage),
                        message =>
                        {
                            _signed.Writer.TryWrite(message);
                            return new MessageAnswer(accepts);
                        }
                    )
            ),
            csms.Connection
        );
    }

    public OcppClient Client { get; }

    /// <summary>What the next trigger asks for.</summary>
    public Task<string> TriggeredAsync() => _triggers.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    /// <summary>The next CertificateSigned.</summary>
    public Task<ChainMessage> SignedAsync() => _signed.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    /// <summary>Sends SignCertificate.</summary>
    public Task<MessageAnswer> SubmitAsync(IStationKey key, string? certificateType) =>
        _version.SubmitAsync(Client, new CsrMessage(Csr(key).ToPem(), certificateType, _version.RequestId));

    public Task HeartbeatAsync() => _version.HeartbeatAsync(Client);

    public Task ReportAsync(string securityEvent) => _version.ReportAsync(Client, securityEvent);

    /// <summary>Connects again, with a certificate and without the password.</summary>
    public async Task ReconnectAsync(IStationKey key, CertificateChain chain)
    {
        OcppReconnection reconnection = await Client.ReconnectAsync(
            Client.Options with
            {
                Password = null,
                ClientCertificate = key.UseForTls(chain.Leaf),
                ClientCertificateIntermediates = [chain.Certificates[1]],
            }
        );
        Assert.True(reconnection.IsNew, reconnection.Failure?.Message);
    }

    public ValueTask<IStationKey> CreateKeyAsync() => _keys.CreateAsync(StationKeyAlgorithm.EcP256);

    private static CertificateSigningRequest Csr(IStationKey key) =>
        CsrBuilder.Build(key, Endpoint.OrganizationName, Endpoint.Station);

    /// <summary>Checks a chain as a station does.</summary>
    public static CertificateChain Verify(
        Endpoint csms,
        IStationKey key,
        string chain,
        params string[] extendedKeyUsages
    )
    {
        ChainVerification verdict = new ChainVerifier([csms.Authority.Root])
        {
            ExtendedKeyUsages = extendedKeyUsages,
        }.Verify(chain, [Csr(key)]);
        Assert.True(verdict.IsAccepted, verdict.Reason);
        return verdict.Chain;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
