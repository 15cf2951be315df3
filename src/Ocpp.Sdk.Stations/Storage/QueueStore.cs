namespace Ocpp.Stations.Storage;

/// <summary>
/// The messages of a queue in the order in which they were added, and the states beside them, in a file. In memory
/// there is only where each message is. Not thread-safe.
/// </summary>
internal sealed class QueueStore : IQueueRecordReader, IDisposable
{
    /// <summary>Files below this length are not compacted: it would write more than it saves.</summary>
    private const int MinLengthToCompact = 64 * 1024;

    private readonly LinkedList<StoredEntry> _messages = [];
    private readonly Dictionary<long, LinkedListNode<StoredEntry>> _byId = [];
    private readonly Dictionary<string, byte[]> _states = new(StringComparer.Ordinal);
    private readonly RecordFile _file;
    private readonly bool _flushes;

    /// <summary>
    /// What has changed and is not in the file yet, in order: one record, unless writing has failed. A message has one
    /// at most.
    /// </summary>
    private readonly List<Unsaved> _unsaved = [];
    private long _nextId = 1;

    /// <summary>The record that is being read.</summary>
    private (long Position, int Length) _reading;

    private QueueStore(QueueDisk disk, string path, bool flushes)
    {
        _flushes = flushes;
        _file = RecordFile.Open(
            disk,
            path,
            (position, content) =>
            {
                _reading = (position, content.Length);
                QueueRecord.Read(content, this);
            }
        );
        DamagedBytes = _file.DamagedBytes;
    }

    public int Count => _messages.Count;

    /// <summary>How many bytes the messages have in the file.</summary>
    public long Bytes { get; private set; }

    public long FileLength => _file.Length;

    /// <summary>How many bytes were skipped when the file was opened.</summary>
    public long DamagedBytes { get; }

    /// <summary>The number of the last message that was added.</summary>
    public long LastId => _nextId - 1;

    public StoredEntry? First => _messages.First?.Value;

    public IEnumerable<StoredEntry> Messages => _messages;

    /// <inheritdoc cref="RecordFile.Open"/>
    public static QueueStore Open(QueueDisk disk, string path, bool flushes) => new(disk, path, flushes);

    /// <summary>How many bytes a message takes of the file.</summary>
    public static long SizeOf(StoredMessage message, QueueState? state) =>
        QueueRecord.Message(message, state).Length + RecordFile.RecordOverhead;

    /// <summary>Adds a message behind the others, and sets a state together with it.</summary>
    /// <exception cref="IOException">
    /// It can't be written, or what has changed before. Nothing has changed.
    /// </exception>
    public StoredEntry Add(StoredMessage message, QueueState? state)
    {
        Save();
        StoredMessage numbered = message with { Id = _nextId };
        byte[] content = QueueRecord.Message(numbered, state);
        long position = _file.Append(content, _flushes);
        _nextId++;
        if (state is not null)
        {
            Set(state);
        }

        return Insert(numbered, position, content.Length);
    }

    /// <summary>
    /// Adds a message behind the others, and sets a state together with it; in the file with <see cref="Save"/>, and
    /// among the messages only then.
    /// </summary>
    public void Keep(StoredMessage message, QueueState state)
    {
        StoredMessage numbered = message with { Id = _nextId++ };
        Set(state);
        _unsaved.Add(new Unsaved(numbered.Id, QueueRecord.Message(numbered, state), _flushes, numbered));
    }

    /// <summary>Sets or removes a state; in the file with <see cref="Save"/>.</summary>
    public void Keep(QueueState state)
    {
        Set(state);
        _unsaved.Add(new Unsaved(null, QueueRecord.State(state), _flushes));
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="InvalidDataException">It has changed since it was written.</exception>
    public StoredMessage Read(StoredEntry entry)
    {
        var reader = new StoredMessageReader();
        QueueRecord.Read(_file.Read(entry.Position, entry.Length), reader);
        return reader.Found ?? throw new InvalidDataException("A record of the queue has changed.");
    }

    /// <summary>
    /// Removes a message, if it is still there, and sets a state together with that; in the file with
    /// <see cref="Save"/>.
    /// </summary>
    public void Remove(StoredEntry entry, QueueState? state = null)
    {
        if (!Forget(entry.Id))
        {
            return;
        }

        if (state is not null)
        {
            Set(state);
        }

        // Without waiting for the device, unless there is something to remember: if it is lost, the message is sent
        // once more, and can be recognized.
        Note(entry.Id, QueueRecord.Removed(entry.Id, state), flush: _flushes && state?.Value is not null);
    }

    /// <summary>
    /// Remembers that the CSMS has failed to process a message once more; in the file with <see cref="Save"/>.
    /// </summary>
    public void CountFailure(StoredEntry entry)
    {
        entry.Attempts++;
        Note(entry.Id, QueueRecord.Failed(entry.Id, entry.Attempts), flush: false);
    }

    /// <summary>Writes what has changed since it was written.</summary>
    /// <exception cref="IOException">
    /// Not all of it can be written. The rest is written the next time, before anything that is added later on.
    /// </exception>
    public void Save()
    {
        int written = 0;
        try
        {
            foreach (Unsaved record in _unsaved)
            {
                long position = _file.Append(record.Content, record.Flush);
                written++;
                if (record.Added is { } message)
                {
                    Insert(message, position, record.Content.Length);
                }
            }
        }
        finally
        {
            _unsaved.RemoveRange(0, written);
        }
    }

    public byte[]? FindState(string key) => _states.GetValueOrDefault(key);

    /// <summary>Sets or removes a state.</summary>
    /// <exception cref="IOException">
    /// It can't be written, or what has changed before. Nothing has changed.
    /// </exception>
    public void SetState(QueueState state)
    {
        Save();
        _file.Append(QueueRecord.State(state), _flushes);
        Set(state);
    }

    /// <summary>
    /// Removes every second of the messages that may be dropped, the second, the fourth and so on (E11.FR.05): what is
    /// left of a transaction covers its whole time. The only one, if there is only one. In the file with
    /// <see cref="Save"/>.
    /// </summary>
    /// <returns>What was removed; nothing if there is nothing that may be.</returns>
    public IReadOnlyList<StoredEntry> Thin()
    {
        StoredEntry[] candidates = [.. _messages.Where(one => one.Retention == MessageRetention.Intermediate)];
        StoredEntry[] dropped =
            candidates.Length == 1 ? candidates : [.. candidates.Where((_, index) => index % 2 == 1)];
        foreach (StoredEntry entry in dropped)
        {
            Remove(entry);
        }

        return dropped;
    }

    /// <summary>Makes the file smaller if less than half of it is in use, or if it is damaged.</summary>
    /// <exception cref="IOException">The new file can't be written. Nothing has changed.</exception>
    public void Compact()
    {
        bool isWorthwhile = _file.Length > MinLengthToCompact && Bytes + StateBytes < _file.Length / 2;
        if (!isWorthwhile && _file.DamagedBytes == 0)
        {
            return;
        }

        // What a message was saved with is a record of its own in the new file: its own record may be shorter there.
        StoredEntry[] entries = [.. _messages];
        int[] lengths = new int[entries.Length];
        StoredMessage[] added = [.. _unsaved.Select(record => record.Added).OfType<StoredMessage>()];
        byte[][] contents = [.. added.Select(message => QueueRecord.Message(message, null))];
        byte[][] before =
        [
            QueueRecord.NextId(_nextId),
            .. _states.Select(state => QueueRecord.State(new QueueState(state.Key, state.Value))),
        ];
        IEnumerable<byte[]> after = entries
            .Where(entry => entry.Attempts > 0)
            .Select(entry => QueueRecord.Failed(entry.Id, entry.Attempts));
        IReadOnlyList<long> positions = _file.Replace(
            before.Concat(entries.Select(ContentOf)).Concat(contents).Concat(after)
        );
        for (int index = 0; index < entries.Length; index++)
        {
            entries[index].Position = positions[before.Length + index];
            entries[index].Length = lengths[index];
        }

        Bytes = entries.Sum(entry => entry.Size);
        for (int index = 0; index < added.Length; index++)
        {
            Insert(added[index], positions[before.Length + entries.Length + index], contents[index].Length);
        }

        _unsaved.Clear(); // the new file has it

        // Read one after the other, as the new file is written: they need not be in memory together.
        byte[] ContentOf(StoredEntry entry, int index)
        {
            byte[] content = QueueRecord.Message(Read(entry), null);
            lengths[index] = content.Length;
            return content;
        }
    }

    public void Dispose() => _file.Dispose();

    void IQueueRecordReader.Message(StoredMessage message)
    {
        _nextId = Math.Max(_nextId, message.Id + 1);
        Insert(message, _reading.Position, _reading.Length);
    }

    void IQueueRecordReader.Removed(long id, QueueState? state)
    {
        Forget(id);
        if (state is not null)
        {
            Set(state);
        }
    }

    void IQueueRecordReader.Failed(long id, int attempts)
    {
        if (_byId.TryGetValue(id, out LinkedListNode<StoredEntry>? node))
        {
            node.Value.Attempts = attempts;
        }
    }

    void IQueueRecordReader.State(QueueState state) => Set(state);

    void IQueueRecordReader.NextId(long id) => _nextId = Math.Max(_nextId, id);

    private long StateBytes => _states.Sum(state => RecordFile.RecordOverhead + state.Key.Length + state.Value.Length);

    private StoredEntry Insert(StoredMessage message, long position, int length)
    {
        var entry = new StoredEntry(message, position, length);
        _byId[entry.Id] = _messages.AddLast(entry);
        Bytes += entry.Size;
        return entry;
    }

    /// <summary>
    /// Takes the record of a change, in the place of one of the same message that is not written yet.
    /// </summary>
    private void Note(long id, byte[] content, bool flush)
    {
        _unsaved.RemoveAll(one => one.Id == id);
        _unsaved.Add(new Unsaved(id, content, flush));
    }

    private bool Forget(long id)
    {
        if (!_byId.Remove(id, out LinkedListNode<StoredEntry>? node))
        {
            return false;
        }

        _messages.Remove(node);
        Bytes -= node.Value.Size;
        return true;
    }

    private void Set(QueueState state)
    {
        if (state.Value is { } value)
        {
            _states[state.Key] = (byte[])value.Clone();
        }
        else
        {
            _states.Remove(state.Key);
        }
    }

    /// <summary>A record that is not in the file yet.</summary>
    /// <param name="Id">The message that it is about; <see langword="null"/> if it is about none.</param>
    /// <param name="Content">Its content.</param>
    /// <param name="Flush">Whether to wait until it is on the storage device.</param>
    /// <param name="Added">The message that it adds; <see langword="null"/> if it adds none.</param>
    private sealed record Unsaved(long? Id, byte[] Content, bool Flush, StoredMessage? Added = null);
}
