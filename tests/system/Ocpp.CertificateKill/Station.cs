using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;
using Ocpp.V201;

namespace Ocpp.CertificateKill;

/// <summary>
/// A station that asks for one certificate after the other, sometimes for two at once, and goes away now and then.
/// </summary>
internal sealed class Station : IAsyncDisposable
{
    public const string OrganizationName = "Example Charging";

    private static readonly CertificateUses[] s_uses =
    [
        CertificateUses.CsmsConnection,
        CertificateUses.Iso15118,
        CertificateUses.Combined,
    ];

    private readonly StationCertificates _certificates;
    private readonly OcppClient _client;
    private readonly Random _random;
    private Task _beating = Task.CompletedTask;

    private Station(StationCertificates certificates, Witness witness, Uri url, string identity, Random random)
    {
        _certificates = certificates;
        _random = random;
        Witness = witness;
        Identity = identity;
        var line = new Random(random.Next());
        _client = new OcppClient(
            certificates.AddTo(new OcppHandlers(Ocpp201Protocol.Instance)),
            new OcppClientOptions
            {
                Url = url,
                Identity = identity,
                RetryFirstConnection = true,
                RetryBackOffWaitMinimum = TimeSpan.FromMilliseconds(50),
                // The connection is cut again and again.
                RetryBackOffResetAfter = TimeSpan.Zero,
                RetryBackOffRandomRange = TimeSpan.FromMilliseconds(250),
                RetryBackOffRepeatTimes = 2,
                Transport = (options, cancellationToken) =>
                    SlowLine.ConnectAsync(options.ConnectionUrl, line, cancellationToken),
                Session = OcppSessionOptions.Default with
                {
                    FrameTap = (_, isSent, frame) => witness.Observe(isSent, frame),
                },
            }
        );
    }

    public string Identity { get; }

    public Witness Witness { get; }

    public static async Task<Station> OpenAsync(
        Uri url,
        int number,
        string folder,
        X509Certificate2 root,
        Random random
    )
    {
        string identity = $"CS-{number.ToString(CultureInfo.InvariantCulture)}";
        string home = Path.Combine(folder, identity);
        var witness = new Witness(identity);
        StationCertificates certificates = await StationCertificates.OpenAsync(
            new StationCertificatesOptions
            {
                Versions = [V201StationSigning.Instance],
                OrganizationName = OrganizationName,
                SerialNumber = identity,
                Keys = new FileKeyStore(Path.Combine(home, "keys")),
                StateFile = Path.Combine(home, "certificates.json"),
                TrustedRoots = [root],
                AllowUnencryptedRequests = true, // all of it is one machine
                CertSigningWaitMinimum = TimeSpan.FromSeconds(2),
                CertSigningRepeatTimes = 2,
                Reported = witness.Observe,
            }
        );
        return new Station(certificates, witness, url, identity, random);
    }

    /// <summary>
    /// Asks until it is told to end, and waits for what it asked for: a certificate, a refusal, or that none came.
    /// </summary>
    public async Task RunAsync(CancellationToken end)
    {
        _certificates.Use(_client);
        await _client.ConnectAsync(CancellationToken.None);
        _beating = BeatAsync();
        while (!end.IsCancellationRequested)
        {
            var keys = new List<PublicKeyId>();
            for (int wanted = _random.Next(3) == 0 ? 2 : 1; wanted > 0; wanted--)
            {
                keys.Add(
                    await _certificates.RequestAsync(
                        s_uses[_random.Next(s_uses.Length)],
                        cancellationToken: CancellationToken.None
                    )
                );
            }

            if (_random.Next(4) == 0)
            {
                await Task.Delay(_random.Next(400), CancellationToken.None);
                _client.Session?.Abort("cut");
            }

            await Task.WhenAll(keys.Select(key => Witness[key].Closed));
            await Task.Delay(_random.Next(500), end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _certificates.DisposeAsync();
        await _client.DisposeAsync();
        await _beating;
    }

    /// <summary>Shows the CSMS at each connection that the station is there: it is sent nothing before.</summary>
    private async Task BeatAsync()
    {
        await foreach (OcppClientStateChange change in _client.StatesAsync())
        {
            try
            {
                if (change.State == OcppClientState.Connected && _client.Session is { } session)
                {
                    await session.CallAsync(new HeartbeatRequest());
                }
            }
            catch (Exception e)
                when (e is OcppConnectionClosedException or OcppTimeoutException or OcppCallErrorException)
            {
                // The connection was cut, or its CSMS was killed.
            }
        }
    }
}
