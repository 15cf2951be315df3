using System.Buffers;
using Ocpp.Stations.Storage;

namespace Ocpp.Stations;

/// <summary>
/// The messages of a station that must reach its CSMS, such as those of transactions (part 2, E04, E11 and E13). They
/// are in a file, so that they survive a restart, a crash and a power loss, and are sent in the order in which they
/// were added, one after the other, over as many connections as it takes. Thread-safe.
/// </summary>
/// <remarks>
/// A message may arrive twice: if the connection or the process ends after the CSMS has it and before its response is
/// on the station's disk. The CSMS recognizes that by what the message itself has, such as the sequence number of a
/// transaction's event.
/// </remarks>
public sealed partial class MessageQueue : IAsyncDisposable
{
    /// <summary>The longest interval that can be set for anything of a station.</summary>
    internal static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    /// <summary>The wait after something that has nothing to do with the message, such as a file that fails.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly MessageQueueOptions _options;
    private readonly QueueStore _store;
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Completes when a message is added or removed; then another one takes its place.</summary>
    private TaskCompletionSource _changed = NewSignal();
    private bool _isDisposed;

    /// <summary>Whether <see cref="SaveLaterAsync"/> goes on.</summary>
    private bool _savesLater;
    private int _maxAttempts;
    private TimeSpan _attemptInterval;

    private MessageQueue(MessageQueueOptions options, QueueStore store)
    {
        _options = options;
        _store = store;
        _maxAttempts = options.MaxAttempts;
        _attemptInterval = options.AttemptInterval;
        _lastOffline = store.LastId;
    }

    /// <summary>How many messages wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _store.Count;
            }
        }
    }

    /// <summary>How many bytes the messages have in the file.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _store.Bytes;
            }
        }
    }

    /// <summary>How many times a message is sent if the CSMS fails to process it (E13.FR.02).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxAttempts
    {
        get
        {
            lock (_gate)
            {
                return _maxAttempts;
            }
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            lock (_gate)
            {
                _maxAttempts = value;
            }
        }
    }

    /// <summary>
    /// The wait after the CSMS has failed to process a message, multiplied by the number of preceding transmissions
    /// (E13.FR.03). Applies from the next wait on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    public TimeSpan AttemptInterval
    {
        get
        {
            lock (_gate)
            {
                return _attemptInterval;
            }
        }
        set
        {
            CheckInterval(value);
            lock (_gate)
            {
                _attemptInterval = value;
            }
        }
    }

    /// <summary>
    /// Whether the station is connected, as far as the queue knows: <see langword="false"/> before
    /// <see cref="RunAsync"/>. An event of a transaction that occurs while it is not is marked so (E04.FR.03).
    /// </summary>
    public bool IsOnline => Volatile.Read(ref _connection) is { IsConnected: true };

    /// <summary>Opens the queue, and reads what is in its file.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidDataException">The file is not a queue, or a queue of another version.</exception>
    /// <exception cref="IOException">The file can't be read or made, or another process uses it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or made.</exception>
    public static MessageQueue Open(MessageQueueOptions options) => Open(options, new QueueDisk());

    /// <inheritdoc cref="Open(MessageQueueOptions)"/>
    internal static MessageQueue Open(MessageQueueOptions options, QueueDisk disk)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = QueueStore.Open(disk, Path.GetFullPath(options.Path), options.FlushToDisk);
        var queue = new MessageQueue(options, store);
        if (store.DamagedBytes > 0)
        {
            queue.Report(
                new MessageQueueReport(MessageQueueReportKind.Damaged)
                {
                    Detail = $"{store.DamagedBytes} bytes could not be read, {store.Count} messages could",
                }
            );
        }

        lock (queue._gate)
        {
            queue.Compact();
        }

        return queue;
    }

    /// <summary>
    /// Adds a message. When the method returns, the message is in the file, and on the storage device if
    /// <see cref="MessageQueueOptions.FlushToDisk"/> is set.
    /// </summary>
    /// <param name="protocol">The version that the message is of.</param>
    /// <param name="request">The message.</param>
    /// <param name="retention">What becomes of the message when the queue is full.</param>
    /// <param name="state">
    /// A state that is saved together with the message, or <see langword="null"/>. It is saved even if the message is
    /// dropped.
    /// </param>
    /// <param name="responseValue">
    /// A value that the CSMS chooses, which the response or the message has; <see langword="null"/> if there is none.
    /// </param>
    /// <returns>
    /// <see langword="false"/> if the message was dropped, because it may be and the queue is full of messages that may
    /// not.
    /// </returns>
    /// <exception cref="OcppValidationException">The message breaks rules of its schema.</exception>
    /// <exception cref="ArgumentException">The protocol does not have the message.</exception>
    /// <exception cref="MessageQueueFullException">
    /// The queue is full, and there is nothing that may be dropped.
    /// </exception>
    /// <exception cref="IOException">
    /// The message can't be written, such as when the disk is full. What is in the queue stays.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public bool Add<TRequest, TResponse>(
        OcppProtocol protocol,
        IOcppRequest<TRequest, TResponse> request,
        MessageRetention retention = MessageRetention.Required,
        QueueState? state = null,
        ResponseValue? responseValue = null
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(request);
        if (protocol.FindAction(TRequest.Action)?.RequestType != typeof(TRequest))
        {
            throw new ArgumentException($"{typeof(TRequest)} is not a message of {protocol.Subprotocol}.");
        }

        var payload = new ArrayBufferWriter<byte>();
        OcppJson.Write(payload, (TRequest)request);
        return Add(
            new StoredMessage
            {
                Id = 0,
                CreatedAt = _options.TimeProvider.GetUtcNow(),
                Retention = retention,
                Subprotocol = protocol.Subprotocol,
                Action = TRequest.Action,
                ResponseValue = responseValue,
                Payload = payload.WrittenMemory,
            },
            state
        );
    }

    /// <summary>Lists the messages that wait, in order, without their payloads.</summary>
    public IReadOnlyList<QueuedMessage> List()
    {
        lock (_gate)
        {
            return [.. _store.Messages.Select(entry => Describe(entry))];
        }
    }

    /// <summary>Whether a message with a property waits.</summary>
    /// <param name="condition">
    /// Whether a message has it. Gets each message with its payload, until one has it. It must not block, nor use the
    /// queue.
    /// </param>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public bool Contains(Func<QueuedMessage, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _store.Messages.Any(entry => condition(Describe(entry, _store.Read(entry).Payload)));
        }
    }

    /// <summary>Finds a state that was saved (<see cref="QueueState"/>).</summary>
    /// <param name="key">What the state belongs to.</param>
    /// <returns><see langword="null"/> if there is none.</returns>
    public byte[]? FindState(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (_gate)
        {
            return (byte[]?)_store.FindState(key)?.Clone();
        }
    }

    /// <summary>Saves a state, or removes it, without a message.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="IOException">It can't be written. Nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void SetState(QueueState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            SaveState(state);
            Compact();
        }
    }

    /// <summary>Waits until no message waits.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WhenEmptyAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_store.Count == 0)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the sending, and closes the file. What waits is there again when the queue is opened.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            running = _running;
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            Try(_store.Save);
            _store.Dispose();
        }

        _ending.Dispose();
    }

    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    internal static TimeSpan CheckInterval(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestInterval);
        return value;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static QueuedMessage Describe(StoredEntry entry, ReadOnlyMemory<byte> payload = default) =>
        new()
        {
            Id = entry.Id,
            Subprotocol = entry.Subprotocol,
            Action = entry.Action,
            CreatedAt = entry.CreatedAt,
            Retention = entry.Retention,
            Attempts = entry.Attempts,
            ResponseValue = entry.ResponseValue,
            Payload = payload,
        };

    private bool Add(StoredMessage message, QueueState? state)
    {
        var dropped = new List<StoredEntry>();
        bool isAdded;
        try
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                isAdded = MakeRoom(message, state, dropped);
                if (state is { IsKept: true })
                {
                    isAdded = true;
                    _store.Keep(message, state);
                    Save();
                }
                else if (isAdded)
                {
                    Write(() => _store.Add(message, state));
                }
                else if (message.Retention != MessageRetention.Intermediate)
                {
                    throw new MessageQueueFullException();
                }
                else if (state is not null)
                {
                    SaveState(state);
                }

                Compact();
            }
        }
        finally
        {
            dropped.ForEach(entry => Report(MessageQueueReportKind.Dropped, entry));
        }

        if (!isAdded)
        {
            Report(new MessageQueueReport(MessageQueueReportKind.Dropped) { Detail = $"{message.Action}, not added" });
        }

        return isAdded;
    }

    /// <summary>Drops what may be dropped until there is room for a message. Called under the lock.</summary>
    /// <returns>Whether there is.</returns>
    private bool MakeRoom(StoredMessage message, QueueState? state, List<StoredEntry> dropped)
    {
        long size = QueueStore.SizeOf(message, state);
        while (_store.Count >= _options.MaxMessages || _store.Bytes + size > _options.MaxBytes)
        {
            int before = _store.Count;
            dropped.AddRange(_store.Thin());
            Save();
            if (_store.Count == before)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Called under the lock.</summary>
    private void SignalChange()
    {
        TaskCompletionSource changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }

    /// <summary>
    /// Writes what has changed. If that is not possible, it is tried again before anything is added, and from time to
    /// time. Called under the lock.
    /// </summary>
    private void Save()
    {
        if (!Try(() => Write(_store.Save)) && !_savesLater)
        {
            _savesLater = true;
            _ = SaveLaterAsync(_ending.Token);
        }
    }

    /// <summary>Saves a state. Called under the lock.</summary>
    /// <exception cref="IOException">It can't be written, and is not kept. Nothing has changed.</exception>
    private void SaveState(QueueState state)
    {
        if (state.IsKept)
        {
            _store.Keep(state);
            Save();
        }
        else
        {
            Write(() => _store.SetState(state));
        }
    }

    /// <summary>Makes the file smaller, if that is worthwhile. Called under the lock.</summary>
    private void Compact() => Try(() => Write(_store.Compact));

    /// <summary>
    /// Writes something, and before it what could not be written: if only that can be, there may be a message, too.
    /// Called under the lock.
    /// </summary>
    private void Write(Action action)
    {
        try
        {
            action();
        }
        finally
        {
            SignalChange();
        }
    }

    /// <summary>Tries to write what could not be written until it is, or until the queue is closed.</summary>
    private async Task SaveLaterAsync(CancellationToken ending)
    {
        while (true)
        {
            await Task.Delay(s_pause, _options.TimeProvider, ending)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_gate)
            {
                if (_isDisposed || FailureOf(() => Write(_store.Save)) is null)
                {
                    _savesLater = false;
                    return;
                }
            }
        }
    }

    /// <summary>Does something with the file that the queue can do without for now. A failure is reported.</summary>
    /// <returns>Whether it is done.</returns>
    private bool Try(Action action)
    {
        if (FailureOf(action) is not { } exception)
        {
            return true;
        }

        Report(
            new MessageQueueReport(MessageQueueReportKind.StorageFailed)
            {
                Detail = exception.GetType().Name,
                Exception = exception,
            }
        );
        return false;
    }

    private static Exception? FailureOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return exception;
        }
    }

    private void Report(
        MessageQueueReportKind kind,
        StoredEntry entry,
        string detail = "",
        Exception? exception = null
    ) => Report(new MessageQueueReport(kind, Describe(entry)) { Detail = detail, Exception = exception });

    private void Report(MessageQueueReport report)
    {
        if (report.Kind is MessageQueueReportKind.Delivered)
        {
            StationLog.QueueReported(_options.Logger, report);
        }
        else
        {
            StationLog.QueueReportedProblem(_options.Logger, report.Exception, report);
        }

        StationCallback.Invoke(_options.Logger, _options.Reported, report);
    }
}
