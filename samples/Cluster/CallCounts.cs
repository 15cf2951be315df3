namespace Cluster;

/// <summary>The calls that a node was asked for.</summary>
internal sealed class CallCounts
{
    private readonly Lock _gate = new();

    /// <summary>Answered by stations that are connected to this node.</summary>
    public int Local { get; private set; }

    /// <summary>Answered by stations that are connected to other nodes.</summary>
    public int Remote { get; private set; }

    /// <summary>Failed, with a reason.</summary>
    public int Failed { get; private set; }

    /// <summary>The longest that a failed call took to fail.</summary>
    public TimeSpan LongestFailure { get; private set; }

    public void Add(bool isLocal, bool isAnswered, TimeSpan duration)
    {
        lock (_gate)
        {
            switch (isAnswered, isLocal)
            {
                case (true, true):
                    Local++;
                    break;
                case (true, false):
                    Remote++;
                    break;
                default:
                    Failed++;
                    LongestFailure = duration > LongestFailure ? duration : LongestFailure;
                    break;
            }
        }
    }
}
