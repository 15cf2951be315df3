using Ocpp.Certificates.Keys;
using Ocpp.Rpc;
using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

// The state, the keys that it no longer needs, and the reports.
public sealed partial class StationCertificates
{
    private static readonly TimeSpan s_saveAgainAfter = TimeSpan.FromMinutes(1);

    private readonly StationStateFile _file;

    /// <summary>The keys that the store has, as far as they are this service's to destroy.</summary>
    private readonly HashSet<PublicKeyId> _keys;

    private volatile StationState _state;
    private DateTimeOffset? _saveAt;

    /// <summary>Takes a new state, if it can be saved.</summary>
    private async Task<bool> TryChangeAsync(StationState next)
    {
        if (!TrySave(next))
        {
            return false;
        }

        _state = next;
        await DiscardAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Takes a new state for something that has already happened. If it can't be saved now, saving is tried again.
    /// </summary>
    private async Task ChangeAsync(StationState next)
    {
        if (!await TryChangeAsync(next).ConfigureAwait(false))
        {
            _state = next;
            _saveAt = _options.TimeProvider.GetUtcNow() + s_saveAgainAfter;
        }
    }

    private Task SaveAgainAsync(DateTimeOffset now)
    {
        if (_saveAt <= now)
        {
            _saveAt = null;
            return ChangeAsync(_state);
        }

        return Task.CompletedTask;
    }

    private bool TrySave(StationState next)
    {
        try
        {
            _file.Write(next);
            _saveAt = null;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report(Kind.StateNotSaved, detail: exception.GetType().Name, exception: exception);
            return false;
        }
    }

    /// <summary>
    /// Destroys the keys that the saved state does not name: not earlier, or a restart would find a certificate
    /// without its key.
    /// </summary>
    private async Task DiscardAsync()
    {
        HashSet<PublicKeyId> named = _state.KeyIds;
        foreach (PublicKeyId key in _keys.Where(one => !named.Contains(one)).ToArray())
        {
            await DiscardAsync(key).ConfigureAwait(false);
        }
    }

    private async Task DiscardAsync(PublicKeyId key)
    {
        try
        {
            await _options.Keys.DiscardAsync(key).ConfigureAwait(false);
            _keys.Remove(key);
            Report(Kind.Discarded, key);
        }
        // A key that could not be destroyed now is so after the next change, or at the next start.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report(Kind.Failed, key, detail: "The key could not be destroyed.", exception: exception);
        }
    }

    /// <summary>Brings the state and the keys together, at the start.</summary>
    private async Task<bool> TidyAsync()
    {
        StationState state = _state;
        foreach (PublicKeyId key in state.KeyIds.Where(one => !_keys.Contains(one)))
        {
            Report(Kind.Failed, key, detail: "The key of a certificate or request is not in the key store.");
        }

        if (state.KeyIds.IsSubsetOf(_keys))
        {
            await DiscardAsync().ConfigureAwait(false);
        }
        else
        {
            await ChangeAsync(state.Keep(_keys)).ConfigureAwait(false);
        }

        return true;
    }

    private void Report(
        StationCertificateReportKind kind,
        PublicKeyId? key = null,
        CertificateUses uses = CertificateUses.None,
        string detail = "",
        Exception? exception = null
    ) => Report(new StationCertificateReport(kind, key, uses) { Detail = detail, Exception = exception });

    private void Report(StationCertificateReport report)
    {
        if (report.Exception is not null || IsBad(report.Kind))
        {
            StationCertificateLog.ReportedProblem(_options.Logger, report.Exception, _options.SerialNumber, report);
        }
        else
        {
            StationCertificateLog.Reported(_options.Logger, _options.SerialNumber, report);
        }

        new Callbacks(_options.Logger, _options.SerialNumber).Invoke(_options.Reported, report);
    }

    private static bool IsBad(StationCertificateReportKind kind) =>
        kind
            is Kind.RequestRejected
                or Kind.RequestUnanswered
                or Kind.GaveUp
                or Kind.ChainRefused
                or Kind.FellBack
                or Kind.EventUnanswered
                or Kind.EventDropped
                or Kind.Failed;
}
