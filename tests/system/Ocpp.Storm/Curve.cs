namespace Ocpp.Storm;

/// <summary>Counts tries and connections, second by second.</summary>
internal sealed class Curve(int stations)
{
    private readonly List<int> _tries = [];
    private readonly List<int> _connects = [];
    private readonly int[] _triesOfStation = new int[stations];
    private readonly bool[] _isBack = new bool[stations];

    /// <summary>In each second, how many stations tried to connect at any region.</summary>
    public IReadOnlyList<int> Tries => _tries;

    /// <summary>In each second, how many were connected.</summary>
    public IReadOnlyList<int> Connects => _connects;

    /// <summary>All tries.</summary>
    public long TryCount { get; private set; }

    /// <summary>The most tries that one station made.</summary>
    public int MostTries => _triesOfStation.Max();

    /// <summary>How many stations are back.</summary>
    public int Back { get; private set; }

    /// <summary>How many connections were made by stations that were back already.</summary>
    public int ConnectedAgain { get; private set; }

    /// <summary>When the last connection was made, in milliseconds.</summary>
    public long Last { get; private set; }

    /// <summary>Differs where any try differs.</summary>
    public ulong Fingerprint { get; private set; } = 14695981039346656037;

    public void Add(Attempt attempt)
    {
        int second = (int)(attempt.Time / 1000);
        while (_tries.Count <= second)
        {
            _tries.Add(0);
            _connects.Add(0);
        }

        _tries[second]++;
        TryCount++;
        _triesOfStation[attempt.Station]++;
        Fingerprint =
            (Fingerprint ^ (ulong)attempt.Time ^ ((ulong)attempt.Station << 42) ^ (attempt.IsAccepted ? 1UL : 0))
            * 1099511628211;
        if (!attempt.IsAccepted)
        {
            return;
        }

        _connects[second]++;
        Last = attempt.Time;
        ConnectedAgain += _isBack[attempt.Station] ? 1 : 0;
        Back += _isBack[attempt.Station] ? 0 : 1;
        _isBack[attempt.Station] = true;
    }

    /// <summary>In how many seconds this part of the stations was back.</summary>
    public int SecondsUntil(double part)
    {
        long back = 0;
        for (int second = 0; second < _connects.Count; second++)
        {
            back += _connects[second];
            if (back >= part * stations)
            {
                return second + 1;
            }
        }

        throw new InvalidOperationException("As many stations are not back.");
    }
}
