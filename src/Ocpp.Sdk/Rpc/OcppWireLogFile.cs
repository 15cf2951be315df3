using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;

namespace Ocpp.Rpc;

/// <summary>
/// A wire log in files: a line for each frame, without the secrets in it (<see cref="OcppWireLog"/>), and for each
/// connection that begins and ends. <c>ocpp check</c> reads it. Thread-safe; sessions do not wait for the disk.
/// </summary>
/// <remarks>
/// Add <see cref="Tap"/> to <see cref="OcppSessionOptions.FrameTap"/>. A connection is then logged with its first
/// frame; add <see cref="Connected"/> to what is called when a connection begins, for those without any. Each line has
/// the time, the identity as in a URL, what happened, and the frame: <c>2026-01-31T12:00:00.0000000Z CS-1 received
/// [2,"1","Heartbeat",{}]</c>. A new file begins with a line for each connection that is open.
/// </remarks>
public sealed class OcppWireLogFile : IAsyncDisposable
{
    private readonly OcppWireLogFileOptions _options;
    private readonly RolledFile _file;

    /// <summary>The sessions that have begun, with what completes when their end is among the entries.</summary>
    private readonly ConcurrentDictionary<OcppSession, Task> _sessions = new();
    private readonly Channel<WireLogEntry> _entries = Channel.CreateUnbounded<WireLogEntry>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Task _writing;

    /// <summary>The sessions that are open where the writing has come to.</summary>
    private readonly HashSet<OcppSession> _open = [];

    /// <summary>The bytes of the entries that wait: what bounds the channel.</summary>
    private long _waitingBytes;
    private long _dropped;
    private bool _hasFailed;

    private OcppWireLogFile(OcppWireLogFileOptions options, RolledFile file)
    {
        (_options, _file) = (options, file);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Opens a log.</summary>
    /// <param name="options">Where it is, and how large it may become.</param>
    /// <exception cref="IOException">The file can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static OcppWireLogFile Open(OcppWireLogFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var file = new RolledFile(options.Path, options.MaxFileSize, options.MaxFullFiles);
        file.Open();
        return new OcppWireLogFile(options, file);
    }

    /// <summary>Logs a frame: an <see cref="OcppFrameTap"/>.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isSent">Whether this side sends it.</param>
    /// <param name="frame">The frame.</param>
    public void Tap(OcppSession session, bool isSent, ReadOnlySpan<byte> frame)
    {
        Connected(session);
        Add(new WireLogEntry(Now, session, isSent ? "sent" : "received", PooledFrame.Copy(frame)));
    }

    /// <summary>Logs that a connection has begun, unless it is logged already, and later that it has ended.</summary>
    /// <param name="session">The session.</param>
    public void Connected(OcppSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (_sessions.ContainsKey(session))
        {
            return;
        }

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_sessions.TryAdd(session, ended.Task))
        {
            Add(new WireLogEntry(Now, session, $"connected, {session.Protocol.Subprotocol}, {session.Connection}"));
            _ = EndAsync(session, ended);
        }
    }

    /// <summary>Writes what waits, and closes the file. What is logged later is dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach ((OcppSession session, Task ended) in _sessions)
        {
            if (session.Completion.IsCompleted)
            {
                await ended.ConfigureAwait(false);
            }
        }

        _entries.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private DateTimeOffset Now => _options.TimeProvider.GetUtcNow();

    private async Task EndAsync(OcppSession session, TaskCompletionSource ended)
    {
        OcppCloseReason reason = await session.Completion.ConfigureAwait(false);
        _sessions.TryRemove(session, out _);
        Add(new WireLogEntry(Now, session, $"disconnected: {reason}") { IsEnd = true });
        ended.SetResult();
    }

    private void Add(WireLogEntry entry)
    {
        if (
            Interlocked.Add(ref _waitingBytes, entry.Size) <= _options.MaxWaitingBytes
            && _entries.Writer.TryWrite(entry)
        )
        {
            return;
        }

        Interlocked.Add(ref _waitingBytes, -entry.Size);
        Interlocked.Increment(ref _dropped);
        entry.Frame.Return();
    }

    private async Task WriteAllAsync()
    {
        ChannelReader<WireLogEntry> entries = _entries.Reader;
        while (await entries.WaitToReadAsync().ConfigureAwait(false))
        {
            while (entries.TryRead(out WireLogEntry entry))
            {
                Try(() => Write(entry));
                entry.Frame.Return();
                Interlocked.Add(ref _waitingBytes, -entry.Size);
            }
        }

        Try(WriteDropped);
        _file.Dispose();
    }

    private void Write(WireLogEntry entry)
    {
        WriteDropped();
        WriteLine(entry);
        if (entry.Session is { } session)
        {
            _ = entry.IsEnd ? _open.Remove(session) : _open.Add(session);
        }
    }

    private void WriteDropped()
    {
        long dropped = Interlocked.Read(ref _dropped);
        if (dropped > 0)
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"dropped {dropped} lines");
            WriteLine(new WireLogEntry(Now, null, what));
            Interlocked.Add(ref _dropped, -dropped);
        }
    }

    private void WriteLine(WireLogEntry entry)
    {
        byte[] line = entry.ToLine();
        if (_file.RollFor(line.Length))
        {
            // The version of each connection, which the frames of this file do not name.
            foreach (OcppSession session in _open)
            {
                string what = $"open, {session.Protocol.Subprotocol}, {session.Connection}";
                _file.Write(new WireLogEntry(entry.Time, session, what).ToLine());
            }
        }

        _file.Write(line);
        _hasFailed = false;
    }

    /// <summary>A disk that is full, or gone, costs lines, but neither the log nor the sessions end with it.</summary>
    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Interlocked.Increment(ref _dropped);
            _file.Close();
            if (!_hasFailed)
            {
                _hasFailed = true;
                OcppLog.WireLogFailed(_options.Logger, exception);
            }
        }
    }
}
