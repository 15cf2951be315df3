namespace Ocpp;

/// <summary>What becomes of a call that is made while an <see cref="OcppClient"/> is not connected.</summary>
public enum OcppOfflineCalls
{
    /// <summary>It fails at once with <see cref="OcppConnectionClosedException"/>.</summary>
    Fail,

    /// <summary>
    /// It waits for the next connection, in order with others, at most <see cref="OcppSessionOptions.MaxQueuedCalls"/>
    /// of them and each as long as its cancellation token lets it.
    /// </summary>
    Wait,
}
