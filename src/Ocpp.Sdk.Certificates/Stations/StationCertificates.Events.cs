using Ocpp.Certificates.Versions;
using Kind = Ocpp.Certificates.Stations.StationCertificateReportKind;

namespace Ocpp.Certificates.Stations;

// Security events: delivered when connected, in order, and kept until the CSMS has confirmed them.
public sealed partial class StationCertificates
{
    /// <summary>A CSMS that sends bad chains but takes no events must not fill the disk.</summary>
    private const int MaxEvents = 100;

    private bool _isEventUnderWay;
    private DateTimeOffset? _eventsAt;

    private StationState WithEvent(StationState state, string type, string techInfo)
    {
        if (state.Events.Count >= MaxEvents)
        {
            Report(Kind.EventDropped, detail: state.Events[0].Type);
        }

        var one = new PendingSecurityEvent(type, _options.TimeProvider.GetUtcNow(), techInfo);
        return state with { Events = [.. state.Events.Skip(state.Events.Count - MaxEvents + 1), one] };
    }

    private void SendEvent(OcppSession session, DateTimeOffset now)
    {
        if (
            _state.Events.Count == 0
            || _isEventUnderWay
            || _eventsAt > now
            || _switching is not null
            || _options.Versions.Find(session) is not { } version
        )
        {
            return;
        }

        PendingSecurityEvent first = _state.Events[0];
        _isEventUnderWay = true;
        var securityEvent = new SecurityEvent(first.Type, first.Timestamp, first.TechInfo);
        Begin(
            CallAsync(
                async cancellationToken =>
                {
                    await version.ReportAsync(session, securityEvent, cancellationToken).ConfigureAwait(false);
                    return SigningResponse.Accepted;
                },
                (_, failure) => EventSentAsync(first, failure)
            )
        );
    }

    private async Task EventSentAsync(PendingSecurityEvent sent, Exception? failure)
    {
        _isEventUnderWay = false;
        _eventsAt = null;
        if (failure is not null && !IsUnsupported(failure))
        {
            // At the next connect, or later when it is not for the connection that it failed.
            if (failure is not OcppConnectionClosedException)
            {
                _eventsAt = _options.TimeProvider.GetUtcNow() + _options.CertSigningWaitMinimum;
            }

            Report(Kind.EventUnanswered, detail: $"{sent.Type}: {Describe(failure)}");
            return;
        }

        await ChangeAsync(_state with { Events = [.. _state.Events.Where(one => !ReferenceEquals(one, sent))] })
            .ConfigureAwait(false);
        if (failure is null)
        {
            Report(Kind.EventConfirmed, detail: sent.Type);
        }
        else
        {
            Report(Kind.EventDropped, detail: $"{sent.Type}: {Describe(failure)}");
        }
    }
}
