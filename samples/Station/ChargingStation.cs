using System.Threading.Channels;
using Ocpp;
using Ocpp.Certificates.Stations;

namespace Station;

/// <summary>
/// The charging station: connects, registers with the CSMS, and gets its certificates (OCPP part 2, B01, A02 and A03).
/// It offers the versions that it can get certificates in; <see cref="StationVersion"/> has their messages.
/// </summary>
public sealed class ChargingStation : IAsyncDisposable
{
    /// <summary>
    /// How long the station waits for a certificate: a real one waits for hours, and meanwhile charges cars.
    /// </summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Channel<StationCertificateReport> _reports;

    private ChargingStation(
        OcppClient client,
        StationCertificates certificates,
        Channel<StationCertificateReport> reports
    )
    {
        Client = client;
        Certificates = certificates;
        _reports = reports;
    }

    /// <summary>The station's line to the CSMS.</summary>
    public OcppClient Client { get; }

    /// <summary>The station's certificates.</summary>
    public StationCertificates Certificates { get; }

    /// <summary>The version that the CSMS has chosen for the connection.</summary>
    /// <exception cref="StationException">There is no connection.</exception>
    public StationVersion Version =>
        StationVersion.Of(Client.Session?.Protocol ?? throw new StationException("The connection is lost."));

    /// <summary>Connects, with the certificate that the station has, if it has one, and boots.</summary>
    /// <param name="connection">Where the CSMS is, and who the station is.</param>
    /// <param name="certificates">How the station gets its certificates.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StationException">It could not connect, or was not accepted.</exception>
    public static async Task<ChargingStation> ConnectAsync(
        OcppClientOptions connection,
        StationCertificatesOptions certificates,
        CancellationToken cancellationToken
    )
    {
        var reports = Channel.CreateUnbounded<StationCertificateReport>();
        StationCertificates held = await StationCertificates.OpenAsync(
            certificates with
            {
                Reported = report => reports.Writer.TryWrite(report),
            },
            cancellationToken
        );
        OcppHandlers handlers = held.AddTo(
            new OcppHandlers([.. certificates.Versions.Select(version => version.Protocol)])
        );
        OcppClientOptions options = await held.ApplyToAsync(connection, cancellationToken);
        var station = new ChargingStation(new OcppClient(handlers, options), held, reports);
        try
        {
            await station.Client.ConnectAsync(cancellationToken);
            await station.BootAsync(cancellationToken);
            held.Use(station.Client);
            return station;
        }
        catch (Exception e)
        {
            await station.DisposeAsync();
            throw e is OcppException ? new StationException(e.Message, e) : e;
        }
    }

    /// <summary>Waits until a certificate that was asked for is in use.</summary>
    /// <exception cref="StationException">There is none.</exception>
    public async Task WhenCertifiedAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (StationCertificateReport report in _reports.Reader.ReadAllAsync(either.Token))
            {
                switch (report.Kind)
                {
                    case StationCertificateReportKind.InUse:
                        return;
                    case StationCertificateReportKind.RequestRejected
                    or StationCertificateReportKind.RequestFailed
                    or StationCertificateReportKind.GaveUp
                    or StationCertificateReportKind.ChainRefused
                    or StationCertificateReportKind.FellBack:
                        throw new StationException(report.ToString(), report.Exception);
                }
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StationException($"No certificate came within {s_patience.TotalSeconds} s.", e);
        }
    }

    /// <summary>Makes a call; a failure is reported with its name.</summary>
    /// <exception cref="StationException">It failed.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        CancellationToken cancellationToken
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        try
        {
            return await Client.CallAsync(request, cancellationToken);
        }
        catch (OcppException e)
        {
            throw new StationException($"{TRequest.Action}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Makes a call that the station can do without: a CSMS that does not handle it does not stop the station.
    /// </summary>
    /// <exception cref="StationException">It failed otherwise.</exception>
    public async Task NotifyAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        CancellationToken cancellationToken
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        try
        {
            await CallAsync(request, cancellationToken);
        }
        catch (StationException e)
            when (e.InnerException
                    is OcppCallErrorException { ErrorCode: OcppErrorCode.NotSupported or OcppErrorCode.NotImplemented }
            )
        {
            Console.WriteLine($"The CSMS does not handle {TRequest.Action}; the station goes on without.");
        }
    }

    /// <summary>Closes the connection in order.</summary>
    public async ValueTask DisposeAsync()
    {
        await Certificates.DisposeAsync();
        await Client.DisposeAsync();
    }

    private async Task BootAsync(CancellationToken cancellationToken)
    {
        StationVersion version = Version;
        if (await version.BootAsync(this, cancellationToken) is { } refusal)
        {
            throw new StationException($"BootNotification: the CSMS answered {refusal}");
        }

        await version.NotifyAvailableAsync(this, cancellationToken);
    }
}
