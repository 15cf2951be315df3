using System.Globalization;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Signing;

/// <summary>
/// What is done once a day: certificates that are about to expire are reported, each once, and what was finished long
/// ago is forgotten.
/// </summary>
internal sealed class DailyMaintenance(SigningContext context)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromDays(1);

    private readonly HashSet<long> _reported = [];

    /// <summary>Goes round until the service stops.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                DateTimeOffset next = context.Now + s_interval;
                await TryAsync(ReportExpiringAsync).ConfigureAwait(false);
                await TryAsync(RemoveFinishedAsync).ConfigureAwait(false);
                await context.WaitUntilAsync(next).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (SigningRequestStoreException exception)
        {
            context.Report(new(SigningReportKind.StoreFailed, "", exception.Message) { Exception = exception });
        }
    }

    private async Task ReportExpiringAsync()
    {
        IReadOnlyList<SigningRequest> expiring = await context
            .Options.Store.ListExpiringAsync(context.Now + context.Options.ExpiryNotice, context.Stopping)
            .ConfigureAwait(false);
        foreach (SigningRequest request in expiring.Where(request => _reported.Add(request.Id)))
        {
            string reason = string.Create(
                CultureInfo.InvariantCulture,
                $"The certificate is valid until {request.ExpiresAt:u}."
            );
            context.Report(new(SigningReportKind.Expiring, request.Station, reason) { Request = request });
        }
    }

    private Task RemoveFinishedAsync() =>
        context.Options.Store.RemoveFinishedAsync(context.Now - context.Options.KeepFinishedFor, context.Stopping);
}
