namespace Ocpp.AspNetCore;

/// <summary>
/// Handles each event of a transaction once. A station sends an event again if it did not get the response, such as
/// because the connection was cut (part 2, E04 and E13): the CSMS recognizes it by the station, the transaction and the
/// sequence number, and responds as it did before. Thread-safe.
/// </summary>
/// <remarks>
/// The responses of the last events are in memory, so that an event that comes again after a restart, or to another
/// node, is handled again. A store with a unique key of these three recognizes it there.
/// </remarks>
/// <param name="capacity">How many responses are kept: those of the last events. Defaults to 10,000.</param>
/// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
public sealed class OcppTransactionEvents(int capacity = 10_000)
{
    private readonly int _capacity =
        capacity > 0 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, null);
    private readonly object _gate = new();

    /// <summary>The responses by their events; <see langword="null"/> if the handler has failed.</summary>
    private readonly Dictionary<Key, Task<object?>> _responses = [];

    /// <summary>The events in the order in which they were handled.</summary>
    private readonly Queue<Key> _handled = [];

    /// <summary>
    /// Handles an event, or returns the response that it got before. If it comes again while it is handled, both get
    /// the same response. An event whose handler has failed is handled again when it comes again.
    /// </summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="station">The identity of the station (<see cref="OcppSession.Identity"/>).</param>
    /// <param name="transactionId">The id of the transaction, which is unique for the station (E01.FR.08).</param>
    /// <param name="seqNo">The sequence number of the event in the transaction.</param>
    /// <param name="handle">Handles the event. What it throws reaches the caller.</param>
    public async Task<TResponse> HandleOnceAsync<TResponse>(
        string station,
        string transactionId,
        int seqNo,
        Func<Task<TResponse>> handle
    )
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(transactionId);
        ArgumentNullException.ThrowIfNull(handle);
        var key = new Key(station, transactionId, seqNo, typeof(TResponse));
        var handling = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        while (Begin(key, handling.Task) is { } before)
        {
            if (await before.ConfigureAwait(false) is TResponse response)
            {
                return response;
            }
        }

        try
        {
            TResponse response = await handle().ConfigureAwait(false);
            End(key);
            handling.SetResult(response);
            return response;
        }
        catch
        {
            lock (_gate)
            {
                _responses.Remove(key);
            }

            handling.SetResult(null);
            throw;
        }
    }

    /// <returns>The handling that has begun before; <see langword="null"/> if this one is the first.</returns>
    private Task<object?>? Begin(Key key, Task<object?> handling)
    {
        lock (_gate)
        {
            return _responses.TryAdd(key, handling) ? null : _responses[key];
        }
    }

    /// <summary>Keeps a response. What is still handled does not count.</summary>
    private void End(Key key)
    {
        lock (_gate)
        {
            _handled.Enqueue(key);
            if (_handled.Count > _capacity)
            {
                _responses.Remove(_handled.Dequeue());
            }
        }
    }

    private readonly record struct Key(string Station, string TransactionId, int SeqNo, Type Response);
}
