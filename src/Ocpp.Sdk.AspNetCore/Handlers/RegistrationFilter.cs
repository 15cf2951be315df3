using System.Collections.Concurrent;
using Ocpp.Versions;

namespace Ocpp.AspNetCore.Handlers;

/// <summary>
/// Refuses what a station may not send before it is accepted. Thread-safe: a station may have two connections for a
/// moment, and several requests at once.
/// </summary>
/// <param name="refusesUnregistered">Whether a station without a response is refused, too.</param>
/// <param name="maxStations">
/// How many stations are remembered. Beyond it one of them is forgotten, so that a store that accepts any identity does
/// not fill the memory: it is treated as one without a response.
/// </param>
internal sealed class RegistrationFilter(bool refusesUnregistered, int maxStations = RegistrationFilter.MaxStations)
{
    /// <summary>How many stations are remembered by default.</summary>
    private const int MaxStations = 100_000;

    private readonly ConcurrentDictionary<string, Registration> _stations = new(OcppIdentity.Comparer);

    public void AddTo(OcppHandlers handlers)
    {
        handlers.ObserveCalls(OnCalling);
        handlers.Use(next =>
            context =>
                context.Protocol.Registration is not { } messages ? next(context)
                : messages.IsRegistration(context.Request) ? RegisterAsync(context, messages, next)
                : MaySend(context) ? next(context)
                : RefuseAsync(context)
        );
    }

    /// <summary>The response is not sent yet: the station's next request finds the status.</summary>
    private async Task RegisterAsync(
        OcppRequestContext context,
        OcppRegistrationMessages messages,
        OcppRequestDelegate next
    )
    {
        await next(context);
        if (context.Response is { } response && messages.FindStatus(response) is { } status)
        {
            Set(context.Session.Identity, status);
        }
    }

    private void Set(string identity, OcppRegistrationStatus status)
    {
        // Where stations without a response are let through, those that are accepted need not be remembered.
        if (status == OcppRegistrationStatus.Accepted && !refusesUnregistered)
        {
            _stations.TryRemove(identity, out _);
            return;
        }

        _stations[identity] = new Registration(status);
        if (_stations.Count > maxStations)
        {
            string? other = _stations
                .Select(station => station.Key)
                .FirstOrDefault(one => !OcppIdentity.Comparer.Equals(one, identity));
            if (other is not null)
            {
                _stations.TryRemove(other, out _);
            }
        }
    }

    private bool MaySend(OcppRequestContext context) =>
        !_stations.TryGetValue(context.Session.Identity, out Registration? registration)
            ? !refusesUnregistered
            : registration.Status == OcppRegistrationStatus.Accepted || registration.IsAsked(context.Action);

    /// <summary>A message that goes one way is not answered, and not handled either.</summary>
    private static Task RefuseAsync(OcppRequestContext context) =>
        context.IsOneWay
            ? Task.CompletedTask
            : throw new OcppCallErrorException(OcppErrorCode.SecurityError, "The station is not accepted.");

    /// <summary>Before it is sent, so that what it asks for can't come first.</summary>
    private void OnCalling(OcppSession session, object request)
    {
        if (
            _stations.TryGetValue(session.Identity, out Registration? registration)
            && registration.Status == OcppRegistrationStatus.Pending
            && session.Protocol.Registration?.FindAskedAction(request) is { } action
        )
        {
            registration.Ask(action);
        }
    }

    /// <summary>The last response to a station, and what it was asked for since then.</summary>
    private sealed class Registration(OcppRegistrationStatus status)
    {
        private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

        public OcppRegistrationStatus Status { get; } = status;

        public void Ask(string action) => _asked[action] = true;

        /// <summary>More than once: a trigger may be for all connectors, and a report has several parts.</summary>
        public bool IsAsked(string action) =>
            _asked.ContainsKey(action) || _asked.ContainsKey(OcppRegistrationMessages.AnyAction);
    }
}
