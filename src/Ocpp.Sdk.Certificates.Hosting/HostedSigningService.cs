using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Versions;

namespace Ocpp.Certificates.Hosting;

/// <summary>The signing service of the host: runs from before the server listens until it has stopped.</summary>
public sealed class HostedSigningService : IHostedLifecycleService, IOcppEndpointConfigurator, ICsmsSigningHandler
{
    private readonly CertificateSigningOptions _options;
    private readonly SigningAuthority _authority;
    private readonly SigningStoreFactory? _factory;
    private readonly Func<IOcppStations> _stations;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private ISigningRequestStore? _store;
    private SigningService? _service;

    internal HostedSigningService(
        IOptions<CertificateSigningOptions> options,
        SigningAuthority authority,
        SigningStoreFactory? factory,
        Func<IOcppStations> stations, // which need the options of the endpoints, to which this service adds its own
        TimeProvider timeProvider,
        ILoggerFactory loggers
    )
    {
        _options = options.Value;
        _authority = authority;
        _factory = factory;
        _stations = stations;
        _timeProvider = timeProvider;
        _logger = loggers.CreateLogger("Ocpp.Certificates.Signing");
    }

    /// <summary>The service, for example to trigger renewals.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public SigningService Service =>
        _service ?? throw new InvalidOperationException("The host has not started certificate signing.");

    /// <summary>The store of the requests.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public ISigningRequestStore Store =>
        _store ?? throw new InvalidOperationException("The host has not started certificate signing.");

    /// <inheritdoc/>
    public void Configure(OcppEndpointBuilder endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        foreach (
            CsmsSigningVersion version in _options.Versions.Where(version =>
                endpoint.Protocols.Contains(version.Protocol)
            )
        )
        {
            version.AddHandlers(endpoint, this);
        }
    }

    /// <inheritdoc/>
    Task<SigningResponse> ICsmsSigningHandler.SubmitAsync(
        CsrSubmission submission,
        CsmsSigningVersion version,
        OcppRequestContext context
    ) => ((ICsmsSigningHandler)Service).SubmitAsync(submission, version, context);

    /// <inheritdoc/>
    void ICsmsSigningHandler.Responding(OcppSession session, object response) =>
        ((ICsmsSigningHandler)Service).Responding(session, response);

    /// <inheritdoc/>
    void ICsmsSigningHandler.Responded(OcppSession session, object response) =>
        ((ICsmsSigningHandler)Service).Responded(session, response);

    /// <summary>Reports a connection to the service.</summary>
    internal void Connected(OcppSession session) => Service.Connected(session);

    /// <inheritdoc/>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        SigningStoreFactory factory =
            _factory
            ?? throw new InvalidOperationException(
                "Certificate signing needs a store: AddCertificateSigning(…).UseSqlite(path)."
            );
        _store = factory.Open(_timeProvider);
        IOcppStations stations = _stations();
        var options = new SigningServiceOptions
        {
            Versions = [.. _options.Versions],
            Policy = new CsrPolicy { OrganizationName = _options.OrganizationName! },
            Store = _store,
            Authority = _authority.Authority,
            FindRemoteStation = stations.SpansNodes ? FindStationAsync : null,
            TimeProvider = _timeProvider,
            Logger = _logger,
        };
        _service = await SigningService
            .StartAsync(_options.ConfigureService?.Invoke(options) ?? options, cancellationToken)
            .ConfigureAwait(false);

        async ValueTask<RemoteStation?> FindStationAsync(string identity, CancellationToken token)
        {
            OcppStationConnection? connection = await stations.FindAsync(identity, token).ConfigureAwait(false);
            return connection is null
                ? null
                : new RemoteStation(connection.Subprotocol, stations.Station(connection.Identity));
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_service is not null)
        {
            await _service.DisposeAsync().ConfigureAwait(false);
        }

        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }
}
