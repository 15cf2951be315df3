using Microsoft.Extensions.Logging;

namespace Ocpp.Rpc;

/// <summary>
/// Calls the callbacks of the application. What one throws is logged, and affects neither the SDK nor other callbacks.
/// </summary>
/// <param name="logger">Logs exceptions.</param>
/// <param name="subject">What the callbacks concern, for the log, such as a printable identity.</param>
internal readonly struct Callbacks(ILogger logger, string subject)
{
    /// <summary>Calls each delegate of a callback, in the order in which they were added.</summary>
    public void Invoke(Action? callback) => Invoke(callback, 0, static (action, _) => action());

    /// <inheritdoc cref="Invoke(Action)"/>
    public void Invoke<T>(Action<T>? callback, T argument) =>
        Invoke(callback, argument, static (action, argument) => action(argument));

    /// <inheritdoc cref="Invoke(Action)"/>
    public void Invoke<T1, T2>(Action<T1, T2>? callback, T1 first, T2 second) =>
        Invoke(callback, (first, second), static (action, both) => action(both.first, both.second));

    /// <summary>Passes a frame to a callback.</summary>
    public void Invoke(OcppFrameTap? callback, OcppSession session, bool isSent, ReadOnlySpan<byte> frame)
    {
        foreach (OcppFrameTap one in Each(callback))
        {
            try
            {
                one(session, isSent, frame);
            }
#pragma warning disable CA1031 // The application's callback may throw anything; it is logged.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Failed(exception);
            }
        }
    }

    /// <summary>Calls an asynchronous callback.</summary>
    /// <returns>The end of the callback. Never fails.</returns>
    public async Task InvokeAsync(Func<Task> callback)
    {
        try
        {
            await callback().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The application's callback may throw anything; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failed(exception);
        }
    }

    /// <summary>Logs what a callback threw. For callers that have to do more than log it.</summary>
    public void Failed(Exception exception) => OcppLog.CallbackFailed(logger, exception, subject);

#if NET9_0_OR_GREATER
    private static Delegate.InvocationListEnumerator<TCallback> Each<TCallback>(TCallback? callback)
        where TCallback : Delegate => Delegate.EnumerateInvocationList(callback);
#else
    private static IEnumerable<TCallback> Each<TCallback>(TCallback? callback)
        where TCallback : Delegate => callback?.GetInvocationList().Cast<TCallback>() ?? [];
#endif

    private void Invoke<TCallback, TArguments>(
        TCallback? callback,
        TArguments arguments,
        Action<TCallback, TArguments> invoke
    )
        where TCallback : Delegate
    {
        foreach (TCallback one in Each(callback))
        {
            try
            {
                invoke(one, arguments);
            }
#pragma warning disable CA1031 // The application's callback may throw anything; it is logged.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Failed(exception);
            }
        }
    }
}
