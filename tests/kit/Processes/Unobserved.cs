namespace Ocpp.TestKit;

/// <summary>Counts the exceptions of tasks that no one looked at: there must be none.</summary>
internal static class Unobserved
{
    private static int s_count;

    /// <summary>How many there were; tasks that are garbage are looked through first.</summary>
    public static int Count
    {
        get
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Volatile.Read(ref s_count);
        }
    }

    public static void Watch() =>
        TaskScheduler.UnobservedTaskException += static (_, unobserved) =>
        {
            Interlocked.Increment(ref s_count);
            Console.Error.WriteLine($"unobserved: {unobserved.Exception}");
        };
}
