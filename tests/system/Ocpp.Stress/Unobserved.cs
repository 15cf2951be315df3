using System.Collections.Concurrent;

namespace Ocpp.Stress;

/// <summary>Collects the exceptions of tasks that no one looked at: there must be none.</summary>
internal static class Unobserved
{
    private static readonly ConcurrentQueue<Exception> s_exceptions = new();

    public static void Watch() =>
        TaskScheduler.UnobservedTaskException += static (_, unobserved) => s_exceptions.Enqueue(unobserved.Exception);

    /// <summary>Those since the last time; tasks that are garbage are looked through first.</summary>
    public static IReadOnlyList<Exception> Take()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var taken = new List<Exception>();
        while (s_exceptions.TryDequeue(out Exception? exception))
        {
            taken.Add(exception);
        }

        return taken;
    }
}
