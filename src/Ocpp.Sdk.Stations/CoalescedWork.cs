namespace Ocpp.Stations;

/// <summary>
/// Does something in one call after the other, whichever threads ask for it: what is asked for during a call is done in
/// one more, on the thread of that call. Of two calls at once, the one that saw the older state could end last, and
/// leave that behind.
/// </summary>
/// <param name="work">Does it for the state of that moment. It must not throw.</param>
internal sealed class CoalescedWork(Action work)
{
    private int _requests;

    /// <summary>Does it now, or has the thread that does it already do it once more.</summary>
    public void Request()
    {
        if (Interlocked.Increment(ref _requests) > 1)
        {
            return;
        }

        int done = 1;
        do
        {
            work();
            done = Interlocked.Add(ref _requests, -done);
        } while (done > 0);
    }
}
