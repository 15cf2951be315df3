using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ocpp;
using Ocpp.AspNetCore;
using Ocpp.V201;

namespace Csms;

/// <summary>Has certificates signed, and delivers them with CertificateSigned.</summary>
public sealed partial class CertificateDelivery(
    CertificateAuthority authority, OcppStations stations, ILogger<CertificateDelivery> logger) : BackgroundService
{
    private readonly Channel<CertificateOrder> _orders = Channel.CreateBounded<CertificateOrder>(capacity: 256);

    /// <summary>Orders a certificate.</summary>
    /// <returns><see langword="false"/> when there are too many orders already.</returns>
    public bool TryOrder(CertificateOrder order) => _orders.Writer.TryWrite(order);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Several at once: a station that takes its time to answer must not keep others from their certificates.
        Parallel.ForEachAsync(
            _orders.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stoppingToken },
            DeliverAsync);

    private async ValueTask DeliverAsync(CertificateOrder order, CancellationToken cancellationToken)
    {
        var request = new CertificateSignedRequest
        {
            CertificateChain = authority.IssueToStation(order.Subject, order.PublicKey),
            CertificateType = order.CertificateType,
        };
        if (!stations.TryGet(order.Identity, out OcppSession? session))
        {
            LogFailed(order.Identity, "The station is gone.");
            return;
        }

        try
        {
            CertificateSignedResponse response = await session.CallAsync(request, cancellationToken);
            LogDelivered(order.Identity, response.Status);
        }
        catch (Exception e) when (e is OcppCallErrorException or OcppConnectionClosedException or OcppValidationException
            or OcppQueueFullException or TimeoutException)
        {
            LogFailed(order.Identity, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Identity}: the certificate was {Status} by the station.")]
    private partial void LogDelivered(string identity, CertificateSignedStatusEnumType status);

    [LoggerMessage(2, LogLevel.Warning, "{Identity}: the certificate was not delivered. {Reason}")]
    private partial void LogFailed(string identity, string reason);
}
