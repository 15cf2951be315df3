using Microsoft.Extensions.Logging;

namespace Ocpp.Stations;

/// <summary>Calls the callbacks of the application. What one throws is logged, and affects nothing else.</summary>
internal static class StationCallback
{
    public static void Invoke<T>(ILogger logger, Action<T>? callback, T argument) =>
        Invoke(logger, callback is null ? null : () => callback(argument));

    /// <returns>Whether the callback has returned.</returns>
    public static bool Invoke(ILogger logger, Action? callback) =>
        Invoke(
            logger,
            () =>
            {
                callback?.Invoke();
                return true;
            },
            onFailure: false
        );

    /// <returns>What the callback has returned, or <paramref name="onFailure"/> if it has thrown.</returns>
    public static T Invoke<T>(ILogger logger, Func<T> callback, T onFailure)
    {
        try
        {
            return callback();
        }
#pragma warning disable CA1031 // The application's callback may throw anything; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            StationLog.CallbackFailed(logger, exception);
            return onFailure;
        }
    }
}
