using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Authentication;
using Ocpp.Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Rpc;

namespace Ocpp.Certification.Tests;

/// <summary>
/// The CSMS's end over real TLS WebSockets, with security profiles 2 and 3, an operator's certificate authority, and
/// one station that is known, in each version of OCPP. What it does with messages, the test says.
/// </summary>
internal sealed class Endpoint : IAsyncDisposable
{
    public const string OrganizationName = "Example Charging";
    public const string Station = "EX-0001";
    private const string Password = "certification-test";

    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _serverCertificate;
    private readonly TestAuthority _serverAuthority = new("Servers");
    private readonly ConcurrentQueue<string> _frames = new();
    private readonly KnownStation _stations = new();
    private readonly CsmsHost _host;

    private Endpoint(Action<OcppEndpointBuilder> handle)
    {
        _serverCertificate = _serverAuthority.IssueServer();
        Authority = LocalCertificateAuthority.Open(_folder.Locate("ca"), new() { OrganizationName = OrganizationName });
        _host = CsmsHost.Create(
            csms =>
            {
                csms.RequireProfile(OcppSecurityProfile.TlsBasic, OcppSecurityProfile.ClientCertificate);
                handle(csms);
            },
            options =>
            {
                options.Certificates.TrustedRoots.Add(Authority.Root);
                options.Certificates.Intermediates.Add(Authority.Issuing);
                options.Certificates.OrganizationName = OrganizationName;
                options.Session = OcppSessionOptions.Default with
                {
                    FrameTap = (session, isSent, frame) =>
                        _frames.Enqueue(
                            $"{(isSent ? "CSMS" : "station")} {OcppWireLog.Redact(frame, session.Protocol)}"
                        ),
                };
            },
            _stations,
            _serverCertificate,
            protocols: [.. TestMessages.All.Select(version => version.Protocol)]
        );
        Sessions = new Sessions(_host.Services.GetRequiredService<IOptions<OcppOptions>>().Value);
    }

    /// <summary>The operator's certificate authority.</summary>
    public LocalCertificateAuthority Authority { get; }

    /// <summary>The station's connections, one after the other.</summary>
    public Sessions Sessions { get; }

    /// <summary>What went over all connections, with the sender before each frame, without certificates.</summary>
    public IReadOnlyCollection<string> Frames => _frames;

    /// <summary>How the station connects with security profile 2.</summary>
    public OcppClientOptions Connection =>
        new()
        {
            Url = _host.Url,
            Identity = Station,
            Password = Password,
            TrustedRoots = [_serverAuthority.Certificate],
            RetryBackOffWaitMinimum = TimeSpan.FromMilliseconds(50),
            RetryBackOffRandomRange = TimeSpan.FromMilliseconds(50),
        };

    /// <summary>How the station connects with security profile 3, by a certificate of the operator.</summary>
    public async Task<OcppClientOptions> CertifiedConnectionAsync()
    {
        IStationKey key = await new FileKeyStore(Locate("keys")).CreateAsync(StationKeyAlgorithm.EcP256);
        CertificateAuthorityAnswer answer = await Authority.SignAsync(
            new SigningOrder(CsrBuilder.Build(key, OrganizationName, Station), CertificateUses.CsmsConnection)
        );
        CertificateChain chain = Assert.IsType<CertificateAuthorityAnswer.Issued>(answer).Chain;
        return Connection with
        {
            Password = null,
            ClientCertificate = key.UseForTls(chain.Leaf),
            ClientCertificateIntermediates = [chain.Certificates[1]],
        };
    }

    public static async Task<Endpoint> StartAsync(Action<OcppEndpointBuilder> handle)
    {
        var endpoint = new Endpoint(handle);
        await endpoint._host.StartAsync();
        return endpoint;
    }

    /// <summary>Demands a security profile of the station from now on.</summary>
    public void Demand(OcppSecurityProfile profile) => _stations.Profile = profile;

    /// <summary>Accepts the password with this hash from now on, and no other.</summary>
    public void Accept(string passwordHash) => _stations.PasswordHash = passwordHash;

    public string Locate(string file) => _folder.Locate(file);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Authority.Dispose();
        _serverCertificate.Dispose();
        _serverAuthority.Dispose();
        _folder.Dispose();
    }

    private sealed class KnownStation : IOcppStationStore
    {
        public string PasswordHash { get; set; } = OcppPassword.Hash(Password);

        public OcppSecurityProfile? Profile { get; set; }

        public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
            ValueTask.FromResult(
                OcppIdentity.Comparer.Equals(login.Identity, Station)
                    ? new OcppStationAccount
                    {
                        Identity = Station,
                        PasswordHash = PasswordHash,
                        SerialNumber = Station,
                        Profile = Profile,
                    }
                    : null
            );
    }
}
