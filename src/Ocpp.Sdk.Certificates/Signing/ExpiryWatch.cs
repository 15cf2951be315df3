using System.Globalization;

namespace Ocpp.Certificates;

/// <summary>Looks once a day which certificates are about to expire, and reports each once.</summary>
internal sealed class ExpiryWatch(SigningContext context)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromDays(1);

    private readonly HashSet<long> _reported = [];

    /// <summary>Looks until the service stops.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                DateTimeOffset next = context.Now + s_interval;
                await LookAsync().ConfigureAwait(false);
                await context.WaitUntilAsync(next).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            IReadOnlyList<SigningRequest> expiring = await context.Options.Store
                .ListExpiringAsync(context.Now + context.Options.ExpiryNotice, context.Stopping).ConfigureAwait(false);
            foreach (SigningRequest request in expiring.Where(request => _reported.Add(request.Id)))
            {
                string reason = string.Create(CultureInfo.InvariantCulture, $"The certificate is valid until {request.ExpiresAt:u}.");
                context.Report(new(SigningReportKind.Expiring, request.Station, reason) { Request = request });
            }
        }
        catch (SigningRequestStoreException exception)
        {
            context.Report(new(SigningReportKind.StoreFailed, "", exception.Message) { Exception = exception });
        }
    }
}
