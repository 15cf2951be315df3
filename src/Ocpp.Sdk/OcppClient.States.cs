using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ocpp.Security;
using Ocpp.WebSockets;

namespace Ocpp;

// The client's state changes, as reported to listeners.
public sealed partial class OcppClient
{
    /// <summary>How many changes wait for a listener; then the oldest is dropped.</summary>
    private const int MaxUnreadChanges = 64;

    private readonly List<Channel<OcppClientStateChange>> _listeners = [];
    private OcppClientStateChange _lastChange;

    /// <summary>What the client is at.</summary>
    public OcppClientState State
    {
        get
        {
            lock (_gate)
            {
                return _lastChange.State;
            }
        }
    }

    /// <summary>
    /// The state when the listening begins, and then every change until the client is closed, for any number of
    /// listeners. One that lets 64 changes pass unread misses the oldest.
    /// </summary>
    /// <param name="cancellationToken">Ends the listening.</param>
    public async IAsyncEnumerable<OcppClientStateChange> StatesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var changes = Channel.CreateBounded<OcppClientStateChange>(
            new BoundedChannelOptions(MaxUnreadChanges)
            {
                FullMode = BoundedChannelFullMode.DropOldest,
                SingleReader = true,
            }
        );
        lock (_gate)
        {
            _listeners.Add(changes);
            Notify(changes);
        }

        try
        {
            await foreach (
                OcppClientStateChange change in changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)
            )
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                _listeners.Remove(changes);
            }
        }
    }

    private void Change(
        OcppClientState state,
        OcppCloseReason? closeReason = null,
        OcppConnectionFailedException? failure = null,
        DateTimeOffset? nextTryAt = null
    )
    {
        OcppClientOptions options = Options;
        var change = new OcppClientStateChange(state, options.Session.TimeProvider.GetUtcNow())
        {
            CloseReason = closeReason,
            Failure = failure,
            NextTryAt = nextTryAt,
        };
        lock (_gate)
        {
            _lastChange = change;
            _listeners.ForEach(Notify);
        }

        if (failure is null)
        {
            OcppClientLog.Changed(options.Session.Logger, options.Identity, change);
        }
        else
        {
            OcppClientLog.Failed(options.Session.Logger, options.Identity, change, Causes(failure));
        }
    }

    private static string Causes(OcppConnectionFailedException failure)
    {
        var causes = new List<string> { failure.Reason.ToString() };
        for (Exception? cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            causes.Add($"{cause.GetType().Name}: {PrintableText.Of(cause.Message)}");
        }

        return string.Join(" <- ", causes);
    }

    /// <summary>Sends a listener the last change; called under the lock.</summary>
    private void Notify(Channel<OcppClientStateChange> listener)
    {
        listener.Writer.TryWrite(_lastChange);
        if (_lastChange.State == OcppClientState.Closed)
        {
            listener.Writer.TryComplete();
        }
    }
}
