namespace Ocpp.Rpc;

/// <summary>Waiting for tasks for a limited time.</summary>
internal static class TaskWaiting
{
    /// <summary>
    /// Marks a task's exception as observed: the task is waited for a time only, and may fail after that.
    /// </summary>
    public static Task Observed(this Task task)
    {
        _ = task.ContinueWith(
            static late => _ = late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        return task;
    }

    /// <returns>Whether the task has ended within the time.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static async Task<bool> EndsWithinAsync(
        this Task task,
        TimeSpan time,
        TimeProvider clock,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await task.WaitAsync(time, clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
