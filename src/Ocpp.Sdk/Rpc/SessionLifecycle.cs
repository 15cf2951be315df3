using System.Diagnostics;

namespace Ocpp.Rpc;

/// <summary>The state of a session and its close reason, changed in one place and under the session's lock.</summary>
/// <param name="gate">The session's lock. Reading needs none.</param>
internal sealed class SessionLifecycle(object gate)
{
    private volatile OcppSessionState _state;
    private volatile OcppCloseReason? _reason;

    public OcppSessionState State => _state;

    /// <summary>Why the session closes; <see langword="null"/> before <see cref="OcppSessionState.Closing"/>.</summary>
    public OcppCloseReason? Reason => _reason;

    /// <summary>The table of transitions; docs/sessions.md shows it with what causes each, and its test.</summary>
    public static bool Allows(OcppSessionState from, OcppSessionState to) =>
        (from, to) switch
        {
            (
                OcppSessionState.Created,
                OcppSessionState.Open
                    or OcppSessionState.Closing
                    or OcppSessionState.Disconnected
            ) => true,
            (
                OcppSessionState.Open,
                OcppSessionState.Draining
                    or OcppSessionState.Closing
                    or OcppSessionState.Disconnected
            ) => true,
            (OcppSessionState.Draining, OcppSessionState.Closing or OcppSessionState.Disconnected) => true,
            (OcppSessionState.Closing, OcppSessionState.Disconnected) => true,
            (OcppSessionState.Disconnected, OcppSessionState.Closed) => true,
            _ => false,
        };

    /// <summary>Enters a state, if the table allows it from the current one. Called under the lock.</summary>
    /// <param name="state">The state to enter.</param>
    /// <param name="reason">
    /// Becomes the close reason if the state is the first that has one. The first reason wins; it is never replaced.
    /// </param>
    /// <returns>Whether the state was entered.</returns>
    public bool TryEnter(OcppSessionState state, OcppCloseReason? reason = null)
    {
        Debug.Assert(Monitor.IsEntered(gate), "Transitions are made under the session's lock.");
        if (!Allows(_state, state))
        {
            return false;
        }

        if (state >= OcppSessionState.Closing)
        {
            Debug.Assert(reason is not null || _reason is not null, "A session that closes has a reason.");
            _reason ??= reason;
        }

        _state = state;
        return true;
    }
}
