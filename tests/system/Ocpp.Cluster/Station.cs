using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Ocpp.Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;
using Ocpp.V201;

namespace Ocpp.Cluster;

/// <summary>
/// A station that is called, renews its certificates, and changes its connection now and then: it cuts it, or opens
/// another one while the CSMS believes in the first.
/// </summary>
internal sealed class Station : IAsyncDisposable
{
    public const string OrganizationName = "Example Charging";

    private static readonly CertificateUses[] s_uses = [CertificateUses.CsmsConnection, CertificateUses.Iso15118];

    private readonly StationCertificates _certificates;
    private readonly OcppClient _client;
    private readonly IReadOnlyList<Slot> _slots;
    private readonly ConcurrentDictionary<string, int> _received;
    private readonly Random _random;
    private readonly Random _connecting;
    private readonly TimeSpan _pause;
    private readonly List<Task> _lines = [];
    private Task _beating = Task.CompletedTask;
    private Line? _line;

    private Station(
        StationCertificates certificates,
        Witness witness,
        IReadOnlyList<Slot> slots,
        ConcurrentDictionary<string, int> received,
        TimeSpan pause,
        Random random
    )
    {
        _certificates = certificates;
        _slots = slots;
        _received = received;
        _pause = pause;
        _random = random;
        _connecting = new Random(random.Next());
        Witness = witness;
        OcppHandlers handlers = certificates.AddTo(new OcppHandlers(Ocpp201Protocol.Instance));
        handlers.On((DataTransferRequest request, OcppRequestContext context) => Answer(request, context));
        _client = new OcppClient(
            handlers,
            new OcppClientOptions
            {
                Url = slots[0].StationUrl,
                Identity = witness.Station,
                Random = new Random(random.Next()),
                RetryFirstConnection = true,
                RetryBackOffWaitMinimum = TimeSpan.FromMilliseconds(100),
                // The connection is cut again and again.
                RetryBackOffResetAfter = TimeSpan.Zero,
                RetryBackOffRandomRange = TimeSpan.FromMilliseconds(900),
                RetryBackOffRepeatTimes = 2,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                Transport = (_, cancellationToken) => ConnectAsync(cancellationToken),
                Session = OcppSessionOptions.Default with
                {
                    FrameTap = (_, isSent, frame) => witness.Observe(isSent, frame),
                },
            }
        );
    }

    public string Identity => Witness.Station;

    public Witness Witness { get; }

    /// <summary>The node that it is connected to, as it sees it.</summary>
    public string? Node => _client.State == OcppClientState.Connected ? _line?.Node : null;

    /// <summary>How many connections it has made.</summary>
    public int Connections { get; private set; }

    /// <summary>How many of them it has left open.</summary>
    public int Left { get; private set; }

    /// <param name="slots">The nodes.</param>
    /// <param name="number">The station's number.</param>
    /// <param name="folder">Where its files are.</param>
    /// <param name="root">The authority.</param>
    /// <param name="received">Takes how often each call came.</param>
    /// <param name="pause">How long it has no wish for another certificate, on average.</param>
    /// <param name="random">Its habits.</param>
    public static async Task<Station> OpenAsync(
        IReadOnlyList<Slot> slots,
        int number,
        string folder,
        X509Certificate2 root,
        ConcurrentDictionary<string, int> received,
        TimeSpan pause,
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
                CertSigningWaitMinimum = TimeSpan.FromSeconds(4),
                CertSigningRepeatTimes = 2,
                Reported = witness.Observe,
            }
        );
        return new Station(certificates, witness, slots, received, pause, random);
    }

    /// <summary>Lives until the end, and waits for the certificates that it has asked for.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        _certificates.Use(_client);
        await _client.ConnectAsync(CancellationToken.None);
        _beating = BeatAsync();
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(_pause * (2 * _random.NextDouble()), end)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
            {
                break;
            }

            PublicKeyId key = await _certificates.RequestAsync(
                s_uses[_random.Next(s_uses.Length)],
                cancellationToken: CancellationToken.None
            );
            await Task.Delay(_random.Next(400), CancellationToken.None);
            Change();
            await Witness[key].Closed;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _certificates.DisposeAsync();
        await _client.DisposeAsync();
        await _beating;
        await Task.WhenAll(_lines);
    }

    /// <summary>Changes the connection, or does not.</summary>
    private void Change()
    {
        switch (_random.Next(4))
        {
            case 0:
                _client.Session?.Abort("cut");
                break;
            case 1 when _line is { } line:
                Left++;
                line.Leave();
                break;
        }
    }

    private async Task<WebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        Slot slot = _slots[_connecting.Next(_slots.Count)];
        _line = await Line.ConnectAsync(slot, Identity, ++Connections, Receive, cancellationToken);
        _lines.RemoveAll(line => line.IsCompleted);
        _lines.Add(_line.Receiving);
        return _line;
    }

    private DataTransferResponse Answer(DataTransferRequest request, OcppRequestContext context)
    {
        Receive(request.Data!.Value.GetString()!);
        return new DataTransferResponse
        {
            Status = DataTransferStatusEnumType.Accepted,
            Data = JsonSerializer.SerializeToElement(NumberOf(context.Session)),
        };
    }

    private void Receive(string id) => _received.AddOrUpdate(id, 1, static (_, count) => count + 1);

    /// <summary>
    /// Which connection a session uses: the last one, if the session is open after that was read, because the client
    /// connects anew only after the session has ended. Otherwise the answer is not sent.
    /// </summary>
    private int NumberOf(OcppSession session)
    {
        int last = _line!.Number;
        return session.IsOpen ? last : 0;
    }

    /// <summary>Shows the CSMS at each connection that the station is there: no certificate is sent before.</summary>
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
                // The connection was cut, or its node was killed.
            }
        }
    }
}
