using System.Text;

namespace Ocpp.Stations.Transactions;

/// <summary>What is known of an EVSE and its transaction. Saved with each event of the transaction.</summary>
internal sealed record TransactionFacts
{
    private const byte Version = 2;

    public bool IsBayOccupied { get; init; }

    public bool IsConnected { get; init; }

    public bool IsAuthorized { get; init; }

    public bool IsDataSigned { get; init; }

    public TransactionChargingState ChargingState { get; init; }

    /// <summary>The idToken that has authorized, in JSON.</summary>
    public byte[]? IdToken { get; init; }

    /// <summary>Whether the CSMS has refused the idToken, and the transaction goes on all the same.</summary>
    public bool IsIdTokenInvalid { get; init; }

    /// <summary>Whether an event has had the idToken: it is sent once (E03.FR.01).</summary>
    public bool IsIdTokenSent { get; init; }

    /// <summary>What the next event has to have; <see langword="null"/> afterwards.</summary>
    public int? RemoteStartId { get; init; }

    /// <inheritdoc cref="RemoteStartId"/>
    public int? ReservationId { get; init; }

    /// <summary>What began the end of the transaction.</summary>
    public TransactionStopReason? StopReason { get; init; }

    /// <summary>The transaction, or <see langword="null"/> if there is none.</summary>
    public string? TransactionId { get; init; }

    /// <summary>The number of the next event.</summary>
    public int SeqNo { get; init; }

    /// <summary>Until when the EV has to be connected, for the authorization ends otherwise (E03.FR.05).</summary>
    public DateTimeOffset? ConnectBy { get; init; }

    /// <summary>
    /// The energy that the transaction has had, as far as the application has said. Not saved: it says it again.
    /// </summary>
    public decimal WattHours { get; init; }

    /// <summary>Whether an event has had the EVSE: it is sent once, when the EV is connected (E01.FR.16).</summary>
    public bool IsEvseSent { get; init; }

    /// <summary>How long energy was transferred, up to <see cref="ChargingSince"/>.</summary>
    public TimeSpan TimeCharged { get; init; }

    public DateTimeOffset? ChargingSince { get; init; }

    public TransactionFacts Deauthorized(TransactionStopReason reason, TransactionChargingState whenOffering) =>
        this with
        {
            IsAuthorized = false,
            IsIdTokenInvalid = false,
            ConnectBy = null,
            StopReason = StopReason ?? reason,
            ChargingState = ChargingState
                is TransactionChargingState.Charging
                    or TransactionChargingState.SuspendedEV
                    or TransactionChargingState.SuspendedEVSE
                ? whenOffering
                : ChargingState,
        };

    /// <summary>
    /// Notes since when energy is transferred, or for how long it was. A clock that was set back in between adds
    /// nothing. Without a transaction, nothing begins its end.
    /// </summary>
    public TransactionFacts At(DateTimeOffset now, TransactionChargingState before) =>
        this with
        {
            TimeCharged =
                ChargingState == TransactionChargingState.Charging && before == ChargingState
                    ? TimeCharged
                    : TimeChargedUntil(now),
            ChargingSince =
                ChargingState != TransactionChargingState.Charging ? null
                : before == ChargingState ? ChargingSince
                : now,
            StopReason = TransactionId is null ? null : StopReason,
        };

    /// <summary>How long energy was transferred in the transaction.</summary>
    public TimeSpan TimeChargedUntil(DateTimeOffset now) =>
        ChargingSince is { } since && now > since ? TimeCharged + (now - since) : TimeCharged;

    /// <summary>The same EVSE without its transaction, which also ends the authorization.</summary>
    public TransactionFacts WithoutTransaction() =>
        new()
        {
            IsBayOccupied = IsBayOccupied,
            IsConnected = IsConnected,
            ChargingState = ChargingState,
        };

    public byte[] ToBytes()
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(IsBayOccupied);
        writer.Write(IsConnected);
        writer.Write(IsAuthorized);
        writer.Write(IsDataSigned);
        writer.Write((byte)ChargingState);
        writer.Write(IsIdTokenInvalid);
        writer.Write(IsIdTokenSent);
        writer.Write(IsEvseSent);
        writer.Write(TransactionId ?? "");
        writer.Write(SeqNo);
        writer.Write((byte)(StopReason is { } reason ? reason + 1 : 0));
        WriteOptional(writer, RemoteStartId);
        WriteOptional(writer, ReservationId);
        writer.Write(TimeCharged.Ticks);
        writer.Write(ChargingSince?.UtcTicks ?? 0);
        writer.Write(ConnectBy?.UtcTicks ?? 0);
        writer.Write(IdToken?.Length ?? -1);
        writer.Write(IdToken ?? []);
        return content.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are of another version.</exception>
    public static TransactionFacts Read(ReadOnlyMemory<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            if (reader.ReadByte() is var version and not Version)
            {
                throw new InvalidDataException($"The saved transaction has version {version}, not {Version}.");
            }

            return new TransactionFacts
            {
                IsBayOccupied = reader.ReadBoolean(),
                IsConnected = reader.ReadBoolean(),
                IsAuthorized = reader.ReadBoolean(),
                IsDataSigned = reader.ReadBoolean(),
                ChargingState = (TransactionChargingState)reader.ReadByte(),
                IsIdTokenInvalid = reader.ReadBoolean(),
                IsIdTokenSent = reader.ReadBoolean(),
                IsEvseSent = reader.ReadBoolean(),
                TransactionId = reader.ReadString() is { Length: > 0 } id ? id : null,
                SeqNo = reader.ReadInt32(),
                StopReason = reader.ReadByte() is > 0 and var reason ? (TransactionStopReason)(reason - 1) : null,
                RemoteStartId = ReadOptional(reader),
                ReservationId = ReadOptional(reader),
                TimeCharged = new TimeSpan(reader.ReadInt64()),
                ChargingSince = ReadTime(reader),
                ConnectBy = ReadTime(reader),
                IdToken = reader.ReadInt32() is >= 0 and var length ? reader.ReadBytes(length) : null,
            };
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The saved transaction is not whole.", exception);
        }
    }

    private static void WriteOptional(BinaryWriter writer, int? value)
    {
        writer.Write(value is not null);
        writer.Write(value ?? 0);
    }

    private static DateTimeOffset? ReadTime(BinaryReader reader) =>
        reader.ReadInt64() is not 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static int? ReadOptional(BinaryReader reader)
    {
        bool isPresent = reader.ReadBoolean();
        int value = reader.ReadInt32();
        return isPresent ? value : null;
    }
}
