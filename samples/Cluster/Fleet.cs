using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;
using Ocpp.V201;
using Station;

namespace Cluster;

/// <summary>The stations: many that answer calls, and one that gets certificates.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>The station that gets certificates.</summary>
    public const string Certified = "CS-CERT";

    private readonly List<OcppClient> _stations = [];
    private ChargingStation? _certified;

    /// <summary>Connects them all.</summary>
    /// <param name="url">Where the load balancer is.</param>
    /// <param name="server">The root of the nodes' certificate.</param>
    /// <param name="count">How many.</param>
    public async Task ConnectAsync(Uri url, X509Certificate2 server, int count)
    {
        _stations.AddRange(
            Enumerable.Range(1, count - 1).Select(number => Create(OptionsOf($"CS-{number:d3}", url, server)))
        );
        await Parallel.ForEachAsync(
            _stations,
            new ParallelOptions { MaxDegreeOfParallelism = 20 },
            async (station, cancellationToken) => await station.ConnectAsync(cancellationToken)
        );
    }

    /// <summary>Connects the station that gets certificates.</summary>
    /// <param name="url">Where the load balancer is.</param>
    /// <param name="server">The root of the nodes' certificate.</param>
    /// <param name="root">The operator's root.</param>
    /// <param name="folder">Where it keeps its keys.</param>
    public async Task ConnectCertifiedAsync(Uri url, X509Certificate2 server, X509Certificate2 root, string folder) =>
        _certified = await ChargingStation.ConnectAsync(
            OptionsOf(Certified, url, server),
            new StationCertificatesOptions
            {
                Versions = [V201StationSigning.Instance],
                OrganizationName = NodeApplication.OperatorName,
                SerialNumber = Certified,
                Keys = new FileKeyStore(Path.Combine(folder, "keys")),
                StateFile = Path.Combine(folder, "certificates.json"),
                TrustedRoots = [root],
            },
            CancellationToken.None
        );

    /// <summary>Waits until that station is connected with a new certificate.</summary>
    public Task WhenCertifiedAsync() => _certified!.WhenCertifiedAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_stations.Select(station => station.DisposeAsync().AsTask()));
        if (_certified is not null)
        {
            await _certified.DisposeAsync();
        }
    }

    private static OcppClientOptions OptionsOf(string identity, Uri url, X509Certificate2 server) =>
        new()
        {
            Url = url,
            Identity = identity,
            TrustedRoots = [server],
            RetryFirstConnection = true,
            // A station of the field waits longer, 5 to 20 seconds by default: this one is watched.
            RetryBackOffWaitMinimum = TimeSpan.FromSeconds(1),
            RetryBackOffRandomRange = TimeSpan.FromSeconds(2),
            RetryBackOffRepeatTimes = 1,
        };

    private static OcppClient Create(OcppClientOptions options)
    {
        OcppHandlers handlers = new(Ocpp201Protocol.Instance);
        handlers.On(
            async (ClearCacheRequest _, OcppRequestContext context) =>
            {
                await Task.Delay(200, context.CancellationToken); // a station takes its time
                return new ClearCacheResponse { Status = ClearCacheStatusEnumType.Accepted };
            }
        );
        return new OcppClient(handlers, options);
    }
}
