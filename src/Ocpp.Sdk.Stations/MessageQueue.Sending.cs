using System.Buffers;
using System.Text;
using System.Text.Json;
using Ocpp.Stations.Storage;
using Ocpp.Stations.Versions;

namespace Ocpp.Stations;

// Sends the messages, the oldest first, one after the other.
public sealed partial class MessageQueue
{
    private IStationConnection? _connection;

    /// <summary>
    /// The last of the messages that waited when the station went offline, or was restarted: they are sent as such that
    /// occurred offline (E11.FR.07).
    /// </summary>
    private long _lastOffline;

    /// <summary>The session whose end has been noted.</summary>
    private OcppSession? _lost;
    private Task _running = Task.CompletedTask;

    /// <summary>
    /// Sends the messages until it is cancelled, the client is closed or the queue is disposed: those that wait, and
    /// those that are added meanwhile.
    /// </summary>
    /// <param name="connection">
    /// Where the session comes from on which may be sent: a <see cref="StationBoot"/>, or a
    /// <see cref="ClientConnection"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <returns>
    /// Completes when the sending has ended; it is then not cancelled, and has not failed.
    /// </returns>
    /// <exception cref="InvalidOperationException">The queue is sending already.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public Task RunAsync(IStationConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_running.IsCompleted)
            {
                throw new InvalidOperationException("The queue is sending already.");
            }

            _connection = connection;
            return _running = SendAllAsync(connection, cancellationToken);
        }
    }

    private async Task SendAllAsync(IStationConnection connection, CancellationToken cancellationToken)
    {
        await Task.Yield(); // not under the lock of the caller
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, cancellationToken);
        try
        {
            var pace = new SendingPace(_options.TimeProvider, _options.MaxMessagesPerSecond);
            OcppSession? useless = null;
            OcppSession? watched = null;
            while (true)
            {
                OcppSession? session = await connection
                    .WaitForSessionAsync(useless, either.Token)
                    .ConfigureAwait(false);
                if (session is null)
                {
                    return;
                }

                if (session != watched)
                {
                    watched = session;
                    _ = WatchAsync(session);
                }

                if (await WaitForMessageAsync(session, either.Token).ConfigureAwait(false) is not { } entry)
                {
                    useless = session;
                    NoteLoss(session);
                    continue;
                }

                await pace.WaitAsync(either.Token).ConfigureAwait(false);
                useless = await SendAsync(entry, session, either.Token).ConfigureAwait(false) ? null : session;
                NoteLoss(session);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // What waits is sent when the queue runs again.
        }
        finally
        {
            Volatile.Write(ref _connection, null);
        }
    }

    /// <returns>The oldest message; <see langword="null"/> if there was none until the session ended.</returns>
    private async Task<StoredEntry?> WaitForMessageAsync(OcppSession session, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_store.First is { } entry)
                {
                    return entry;
                }

                changed = _changed.Task;
            }

            if (session.Completion.IsCompleted)
            {
                return null;
            }

            await Task.WhenAny(changed, session.Completion).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a message once, and waits as long as the next sending has to.</summary>
    /// <returns><see langword="false"/> if the session is of no use any more.</returns>
    private async Task<bool> SendAsync(StoredEntry entry, OcppSession session, CancellationToken cancellationToken)
    {
        try
        {
            StoredMessage message;
            lock (_gate)
            {
                message = Complete(_store.Read(entry));
            }

            if (PayloadFor(session, entry, message) is not { } content)
            {
                Report(
                    MessageQueueReportKind.HeldBack,
                    entry,
                    $"{entry.Subprotocol}, the connection is {session.Protocol.Subprotocol}"
                );
                return false;
            }

            using JsonDocument payload = JsonDocument.Parse(content);
            JsonElement response = await session
                .CallAsync(entry.Action, payload.RootElement, cancellationToken)
                .ConfigureAwait(false);
            _connection?.Exchanged();
            QueuedMessage delivered = Describe(entry, message.Payload);
            StationCallback.Invoke(_options.Logger, () => _options.Responded?.Invoke(delivered, response));
            Remove(entry, response);
            Report(MessageQueueReportKind.Delivered, entry);
            return true;
        }
        catch (OcppConnectionClosedException)
        {
            // Whether the CSMS has it is unknown: it is sent again, and recognized.
            return false;
        }
        catch (OcppQueueFullException)
        {
            await WaitAsync(s_pause, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report(MessageQueueReportKind.StorageFailed, entry, exception.GetType().Name, exception);
            await WaitAsync(s_pause, cancellationToken).ConfigureAwait(false);
        }
        catch (OcppTimeoutException exception) when (!_options.TimeoutsCount && !LacksValue(entry))
        {
            entry.Timeouts++;
            Report(MessageQueueReportKind.TimedOut, entry, exception: exception);
            int transmissions = Math.Min(entry.Timeouts + entry.Attempts, MaxAttempts);
            await WaitAsync(AttemptInterval * transmissions, cancellationToken).ConfigureAwait(false);
        }
        catch (OcppException exception)
        {
            await FailAsync(entry, exception, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is OcppValidationException or ArgumentException or InvalidDataException or JsonException)
        {
            // Its record has changed, or an older version of the SDK has written what this one does not send. It would
            // fail for ever, and keep all others waiting.
            Remove(entry);
            Report(MessageQueueReportKind.GaveUp, entry, exception.GetType().Name, exception);
        }

        return true;
    }

    /// <summary>
    /// The payload in the version of the session, which the station and its CSMS may have agreed on after the message
    /// was added.
    /// </summary>
    private ReadOnlyMemory<byte>? PayloadFor(OcppSession session, StoredEntry entry, StoredMessage message)
    {
        ReadOnlyMemory<byte>? payload =
            session.Protocol.Subprotocol == entry.Subprotocol
                ? message.Payload
                : Translate(Describe(entry, message.Payload), session.Protocol);
        return entry.Action == TransactionEventNames.Action && entry.Id <= _lastOffline && payload is { } content
            ? MarkOffline(content)
            : payload;
    }

    /// <returns>
    /// <see langword="null"/> if the message has to wait for a session of its own; also if the application's
    /// translation fails, which is logged.
    /// </returns>
    private ReadOnlyMemory<byte>? Translate(QueuedMessage message, OcppProtocol protocol) =>
        StationCallback.Invoke(
            _options.Logger,
            () => _connection?.Translate(message, protocol),
            onFailure: (ReadOnlyMemory<byte>?)null
        );

    /// <summary>Sets <c>offline</c> of an event of a transaction.</summary>
    private static ReadOnlyMemory<byte> MarkOffline(ReadOnlyMemory<byte> payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload);
        var marked = new ArrayBufferWriter<byte>(payload.Length + 16);
        using (var writer = new Utf8JsonWriter(marked))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!property.NameEquals(TransactionEventNames.Offline))
                {
                    property.WriteTo(writer);
                }
            }

            writer.WriteBoolean(TransactionEventNames.Offline, true);
            writer.WriteEndObject();
        }

        return marked.WrittenMemory;
    }

    /// <summary>Notes the end of a session when it happens, also while the sending waits for something else.</summary>
    private async Task WatchAsync(OcppSession session)
    {
        await session.Completion.ConfigureAwait(false);
        NoteLoss(session);
    }

    /// <summary>
    /// What waits when a session has ended is sent as such that occurred offline; but not what is added later on.
    /// </summary>
    private void NoteLoss(OcppSession session)
    {
        lock (_gate)
        {
            if (!session.IsOpen && session != _lost)
            {
                _lost = session;
                _lastOffline = _store.LastId;
            }
        }
    }

    /// <summary>The CSMS has failed to process a message (E13.FR.02 to E13.FR.04).</summary>
    private async Task FailAsync(StoredEntry entry, OcppException exception, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _store.CountFailure(entry);
            Save();
        }

        string detail = exception is OcppCallErrorException error
            ? error.ErrorCode.ToString()
            : exception.GetType().Name;
        // Without the id of its transaction a sample is of little use, and another attempt is unlikely to help.
        bool isLast = entry.Retention == MessageRetention.Intermediate && LacksValue(entry);
        if (isLast || entry.Attempts >= MaxAttempts)
        {
            Remove(entry);
            Report(MessageQueueReportKind.GaveUp, entry, detail, exception);
            return;
        }

        Report(MessageQueueReportKind.AttemptFailed, entry, detail, exception);
        await WaitAsync(AttemptInterval * entry.Attempts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether a message is sent without the value that the CSMS should have chosen: the one before it whose response
    /// would have had the value was given up.
    /// </summary>
    private bool LacksValue(StoredEntry entry)
    {
        lock (_gate)
        {
            return entry.ResponseValue is { Role: not ResponseValueRole.Given } value
                && _store.FindState(value.Key) is null;
        }
    }

    /// <summary>Puts the value into the message that the CSMS has chosen. Called under the lock.</summary>
    private StoredMessage Complete(StoredMessage message)
    {
        if (
            message.ResponseValue is not { Role: not ResponseValueRole.Given } value
            || _store.FindState(value.Key) is not { } known
        )
        {
            return message;
        }

        var completed = new ArrayBufferWriter<byte>(message.Payload.Length + known.Length);
        using JsonDocument payload = JsonDocument.Parse(message.Payload);
        using var writer = new Utf8JsonWriter(completed);
        writer.WriteStartObject();
        foreach (JsonProperty property in payload.RootElement.EnumerateObject())
        {
            if (property.NameEquals(value.Property))
            {
                writer.WritePropertyName(value.Property);
                writer.WriteRawValue(known);
            }
            else
            {
                property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return message with { Payload = completed.WrittenMemory };
    }

    /// <summary>
    /// What is saved in the same record that removes a message: the value that its response has, or that it is not
    /// needed any more.
    /// </summary>
    private static QueueState? StateAfter(StoredEntry entry, JsonElement response) =>
        entry.ResponseValue switch
        {
            { Role: ResponseValueRole.Given } value
                when response.ValueKind == JsonValueKind.Object
                    && response.TryGetProperty(value.Property, out JsonElement given) => new QueueState(
                value.Key,
                Encoding.UTF8.GetBytes(given.GetRawText())
            ),
            { Role: ResponseValueRole.UsedLast } value => new QueueState(value.Key, null),
            _ => null,
        };

    private void Remove(StoredEntry entry, JsonElement response = default)
    {
        QueueState? state = StateAfter(entry, response);
        lock (_gate)
        {
            _store.Remove(entry, state);
            Save();
            Compact();
            SignalChange();
        }
    }

    /// <summary>Waits, also for longer than a timer can: the interval and the attempts may add up to years.</summary>
    private async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        for (TimeSpan left = time; left > TimeSpan.Zero; left -= LongestInterval)
        {
            TimeSpan next = left < LongestInterval ? left : LongestInterval;
            await Task.Delay(next, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
