using System.Threading.Channels;

namespace Ocpp.AspNetCore.Stations;

/// <summary>The changes that wait for one reader. None is left out without its knowledge.</summary>
internal sealed class ChangeQueue
{
    /// <summary>Some seconds of a storm of reconnects.</summary>
    private const int Capacity = 65_536;

    private readonly Channel<OcppStationChange> _changes = Channel.CreateBounded<OcppStationChange>(Capacity);

    public void Write(OcppStationChange change)
    {
        if (!_changes.Writer.TryWrite(change))
        {
            _changes.Writer.TryComplete(
                new InvalidOperationException($"More than {Capacity} changes of connections wait to be read.")
            );
        }
    }

    /// <exception cref="InvalidOperationException">More changes wait than the queue takes.</exception>
    public IAsyncEnumerable<OcppStationChange> ReadAllAsync(CancellationToken cancellationToken) =>
        _changes.Reader.ReadAllAsync(cancellationToken);
}
