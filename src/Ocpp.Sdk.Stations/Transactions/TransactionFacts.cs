using System.Text;

namespace Ocpp.Stations.Transactions;

/// <summary>What is known of an EVSE and its transaction. Saved with each event of the transaction.</summary>
/// <remarks>
/// Times are counted since the station was started, by timestamps, so that nothing changes when the clock is set. Those
/// of the last run are negative.
/// </remarks>
internal sealed record TransactionFacts
{
    private const byte Version = 4;

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

    /// <summary>The cost so far, as far as it is known. Not saved.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Whether the station calculates the cost: then that of the CSMS does not count (E16.FR.16).</summary>
    public bool HasOwnCost { get; init; }

    /// <summary>The state of charge of the EV, in percent, as far as it is known. Not saved.</summary>
    public int? SoC { get; init; }

    /// <summary>The limits of the transaction.</summary>
    public TransactionLimits? Limits { get; init; }

    /// <summary>Those among them that the CSMS has set: the station's own are never higher (E16.FR.04).</summary>
    public TransactionLimits? CsmsLimits { get; init; }

    /// <summary>The limit that is reached, for which there is no energy any more.</summary>
    public TransactionLimitKinds Reached { get; init; }

    /// <summary>
    /// Whether a transaction was resumed without the transfer of energy (TxAllowEnergyTransferResumption).
    /// </summary>
    public bool IsEnergyWithheld { get; init; }

    /// <summary>When the first and the last event of the transaction were.</summary>
    public TimeSpan BegunAt { get; init; }

    /// <inheritdoc cref="BegunAt"/>
    public TimeSpan LastEventAt { get; init; }

    /// <summary>When the last event of the transaction was, by the clock.</summary>
    public DateTimeOffset? LastEventTime { get; init; }

    /// <summary>Whether an event has had the EVSE: it is sent once, when the EV is connected (E01.FR.16).</summary>
    public bool IsEvseSent { get; init; }

    /// <summary>How long energy was transferred, up to <see cref="ChargingSince"/>.</summary>
    public TimeSpan TimeCharged { get; init; }

    public TimeSpan? ChargingSince { get; init; }

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
    /// Notes since when energy is transferred, or for how long it was. Without a transaction, nothing begins its end.
    /// </summary>
    public TransactionFacts At(TimeSpan now, TransactionChargingState before) =>
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
    public TimeSpan TimeChargedUntil(TimeSpan now) =>
        ChargingSince is { } since && now > since ? TimeCharged + (now - since) : TimeCharged;

    /// <summary>The limit that is reached at a time; the first of them if there are more.</summary>
    public TransactionLimitKinds ReachedAt(TimeSpan now) =>
        (TransactionId, Limits) switch
        {
            (null, _) or (_, null) => TransactionLimitKinds.None,
            (_, { MaxCost: { } most }) when Cost >= most => TransactionLimitKinds.MaxCost,
            (_, { MaxEnergy: { } most }) when WattHours >= most => TransactionLimitKinds.MaxEnergy,
            (_, { MaxSoC: { } most }) when SoC >= most => TransactionLimitKinds.MaxSoC,
            (_, { MaxTime: { } most }) when now - BegunAt >= most => TransactionLimitKinds.MaxTime,
            _ => TransactionLimitKinds.None,
        };

    /// <summary>
    /// With other limits. If the one that was reached is reached no longer, there is energy again (E16.FR.14).
    /// </summary>
    public TransactionFacts WithLimits(TransactionLimits? limits, TransactionLimits? ofCsms, TimeSpan now)
    {
        TransactionFacts changed = this with { Limits = limits, CsmsLimits = ofCsms };
        return changed.ReachedAt(now) == TransactionLimitKinds.None
            ? changed with
            {
                Reached = TransactionLimitKinds.None,
            }
            : changed;
    }

    /// <summary>
    /// After an interruption since the last event: it is part of the transaction, but nothing is known of a transfer of
    /// energy.
    /// </summary>
    public TransactionFacts Interrupted(TimeSpan now, TimeSpan interruption) =>
        this with
        {
            TimeCharged = TimeChargedUntil(LastEventAt),
            ChargingSince = null,
            BegunAt = BegunAt - LastEventAt + now - interruption,
            LastEventAt = now - interruption,
        };

    /// <summary>As it was before an interruption, with or without the transfer of energy.</summary>
    public TransactionFacts Resumed(TimeSpan now, TimeSpan interruption, bool allowsEnergy)
    {
        TransactionFacts interrupted = Interrupted(now, interruption);
        return ChargingState switch
        {
            TransactionChargingState.Charging when allowsEnergy => interrupted with { ChargingSince = now },
            TransactionChargingState.Charging
            or TransactionChargingState.SuspendedEV
            or TransactionChargingState.SuspendedEVSE when !allowsEnergy => interrupted.Suspended() with
            {
                IsEnergyWithheld = true,
            },
            _ => interrupted,
        };
    }

    /// <summary>Without energy, which the EVSE does not offer any more.</summary>
    public TransactionFacts Suspended() =>
        this with
        {
            ChargingState = ChargingState is TransactionChargingState.Charging or TransactionChargingState.SuspendedEV
                ? TransactionChargingState.SuspendedEVSE
                : ChargingState,
        };

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
        writer.Write(TimeChargedUntil(LastEventAt).Ticks);
        writer.Write(ChargingSince is not null);
        writer.Write(ConnectBy?.UtcTicks ?? 0);
        WriteLimits(writer, Limits);
        WriteLimits(writer, CsmsLimits);
        writer.Write((byte)Reached);
        writer.Write(IsEnergyWithheld);
        writer.Write((LastEventAt - BegunAt).Ticks);
        writer.Write(LastEventTime?.UtcTicks ?? 0);
        writer.Write(IdToken?.Length ?? -1);
        writer.Write(IdToken ?? []);
        return content.ToArray();
    }

    /// <summary>Reads what the last run has saved.</summary>
    /// <param name="bytes">What was saved.</param>
    /// <param name="now">
    /// The time by the clock. If it is before the last event, because the clock was set back or is not set yet, that
    /// counts as just now.
    /// </param>
    /// <exception cref="InvalidDataException">The bytes are of another version.</exception>
    public static TransactionFacts Read(ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            if (reader.ReadByte() is var version and not Version)
            {
                throw new InvalidDataException($"The saved transaction has version {version}, not {Version}.");
            }

            var facts = new TransactionFacts
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
                ChargingSince = reader.ReadBoolean() ? TimeSpan.Zero : null,
                ConnectBy = ReadTime(reader),
                Limits = ReadLimits(reader),
                CsmsLimits = ReadLimits(reader),
                Reached = (TransactionLimitKinds)reader.ReadByte(),
                IsEnergyWithheld = reader.ReadBoolean(),
                BegunAt = -new TimeSpan(reader.ReadInt64()),
                LastEventTime = ReadTime(reader),
                IdToken = reader.ReadInt32() is >= 0 and var length ? reader.ReadBytes(length) : null,
            };
            return facts.Before(now > facts.LastEventTime ? now - facts.LastEventTime.Value : TimeSpan.Zero);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The saved transaction is not whole.", exception);
        }
    }

    /// <summary>As it is when the last event was some time ago.</summary>
    private TransactionFacts Before(TimeSpan time) =>
        this with
        {
            BegunAt = BegunAt - time,
            LastEventAt = LastEventAt - time,
            ChargingSince = ChargingSince - time,
        };

    private static void WriteOptional(BinaryWriter writer, int? value)
    {
        writer.Write(value is not null);
        writer.Write(value ?? 0);
    }

    private static void WriteLimits(BinaryWriter writer, TransactionLimits? limits)
    {
        writer.Write(limits is not null);
        if (limits is null)
        {
            return;
        }

        writer.Write(limits.MaxCost ?? -1);
        writer.Write(limits.MaxEnergy ?? -1);
        writer.Write(limits.MaxTime?.Ticks ?? -1);
        writer.Write(limits.MaxSoC ?? -1);
    }

    private static TransactionLimits? ReadLimits(BinaryReader reader) =>
        reader.ReadBoolean()
            ? new TransactionLimits
            {
                MaxCost = reader.ReadDecimal() is >= 0 and var cost ? cost : null,
                MaxEnergy = reader.ReadDecimal() is >= 0 and var energy ? energy : null,
                MaxTime = reader.ReadInt64() is >= 0 and var ticks ? new TimeSpan(ticks) : null,
                MaxSoC = reader.ReadInt32() is >= 0 and var percent ? percent : null,
            }
            : null;

    private static DateTimeOffset? ReadTime(BinaryReader reader) =>
        reader.ReadInt64() is not 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static int? ReadOptional(BinaryReader reader)
    {
        bool isPresent = reader.ReadBoolean();
        int value = reader.ReadInt32();
        return isPresent ? value : null;
    }
}
