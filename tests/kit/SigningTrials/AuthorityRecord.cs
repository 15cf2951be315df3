namespace Ocpp.TestKit;

/// <summary>What the authority did for one key.</summary>
/// <param name="isRefused">Whether it signs nothing for it.</param>
internal sealed class AuthorityRecord(bool isRefused)
{
    private readonly List<string> _issued = [];
    private int _asked;

    public bool IsRefused { get; } = isRefused;

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The serial numbers of what it issued.</summary>
    public IReadOnlyList<string> Issued
    {
        get
        {
            lock (_issued)
            {
                return [.. _issued];
            }
        }
    }

    public void CountAsked() => Interlocked.Increment(ref _asked);

    public void AddIssued(string serialNumber)
    {
        lock (_issued)
        {
            _issued.Add(serialNumber);
        }
    }
}
