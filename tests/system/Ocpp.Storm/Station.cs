using Ocpp.WebSockets;

namespace Ocpp.Storm;

/// <summary>A station that has lost its connection, and what it does as <see cref="OcppClient"/> does it.</summary>
internal sealed class Station(OcppClientOptions options, bool hasSecondProfile)
{
    private BackOff _backOff = new(options);
    private int _failed;

    /// <summary>Whether it is at the second network profile.</summary>
    public bool IsElsewhere { get; private set; }

    /// <summary>The wait after the connection was lost, or after a failed try at the same CSMS.</summary>
    /// <returns>In milliseconds: <c>Task.Delay</c>, by which the client waits, leaves out what is less.</returns>
    public long Wait() => (long)_backOff.Next().TotalMilliseconds;

    /// <summary>The wait after a failed try, in milliseconds.</summary>
    public long Fail()
    {
        if (!hasSecondProfile || ++_failed < options.ConnectionAttempts)
        {
            return Wait();
        }

        // OcppClient.ReconnectAsync begins the waits anew with other options, the first try at once. The application
        // calls it when the last failed try is reported, in the wait that follows; from the second profile the client
        // goes back by itself, without a wait.
        if (!IsElsewhere)
        {
            _ = Wait();
        }

        IsElsewhere = !IsElsewhere;
        _failed = 0;
        _backOff = new BackOff(options);
        return 0;
    }
}
