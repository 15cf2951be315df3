namespace Ocpp.Stations.Transactions;

/// <summary>When transactions begin and end: variables of the component TxCtrlr. Immutable.</summary>
public sealed record TransactionSettings
{
    private const TransactionPoints AllPoints =
        TransactionPoints.ParkingBayOccupancy
        | TransactionPoints.EVConnected
        | TransactionPoints.Authorized
        | TransactionPoints.DataSigned
        | TransactionPoints.PowerPathClosed
        | TransactionPoints.EnergyTransfer;

    /// <summary>
    /// What begins a transaction: the first of these conditions. Defaults to
    /// <see cref="TransactionPoints.PowerPathClosed"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or one that does not exist.</exception>
    public TransactionPoints TxStartPoint
    {
        get;
        init => field = Check(value, AllPoints);
    } = TransactionPoints.PowerPathClosed;

    /// <summary>
    /// What ends a transaction: the first of these conditions that was met and is no longer. Defaults to
    /// <see cref="TransactionPoints.PowerPathClosed"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is none, or one that does not exist. <see cref="TransactionPoints.DataSigned"/> is not a TxStopPoint.
    /// </exception>
    public TransactionPoints TxStopPoint
    {
        get;
        init => field = Check(value, AllPoints & ~TransactionPoints.DataSigned);
    } = TransactionPoints.PowerPathClosed;

    /// <summary>
    /// Specifies whether a transaction loses its authorization if the CSMS does not accept its idToken (E05). If
    /// <see langword="false"/>, it only gets no more energy. Defaults to <see langword="true"/>.
    /// </summary>
    public bool StopTxOnInvalidId { get; init; } = true;

    /// <summary>
    /// How much energy, in Wh, the transaction may have in all if the CSMS does not accept its idToken and
    /// <see cref="StopTxOnInvalidId"/> is <see langword="false"/> (E05.FR.03). The application measures it, and says so
    /// with <c>EnergyTransferred</c>. Defaults to 0: none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxEnergyOnInvalidId
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>
    /// Specifies whether a transaction loses its authorization when the EV is disconnected (E09). If
    /// <see langword="false"/>, it goes on when the EV is connected again (E10), unless a TxStopPoint ends it. Defaults
    /// to <see langword="true"/>.
    /// </summary>
    public bool StopTxOnEVSideDisconnect { get; init; } = true;

    /// <summary>
    /// How long a driver who is authorized has to connect the EV (E03.FR.05): the authorization ends then. It goes on
    /// over a restart of the station, if a transaction has begun. Applies from the next authorization on. Defaults to
    /// <see langword="null"/>: the station has a timer of its own, or none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    public TimeSpan? EVConnectionTimeOut
    {
        get;
        init => field = value is { } time ? MessageQueue.CheckInterval(time) : null;
    }

    /// <summary>
    /// Specifies whether transactions begin also before the CSMS has accepted the station, such as after a start
    /// without a connection (B02, B03). Counts only with <see cref="EvseTransactionOptions{TMeterValue}.Boot"/>.
    /// Defaults to <see langword="false"/>.
    /// </summary>
    public bool TxBeforeAcceptedEnabled { get; init; }

    /// <summary>
    /// The limits of transactions that the station supports (SupportedLimits; E16.FR.12). Others are neither confirmed
    /// nor obeyed. The longest time is measured by the transaction itself; for the others the application says what is
    /// reached. Defaults to none.
    /// </summary>
    public TransactionLimitKinds SupportedLimits { get; init; }

    /// <summary>
    /// How long a transaction may have been interrupted, by a loss of power or a restart, to be resumed afterwards
    /// (E17). Defaults to 0: it is ended.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan ResumptionTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }

    /// <summary>
    /// Specifies whether a transaction that is resumed gets energy at once, if it had it before the interruption (E17).
    /// If <see langword="false"/>, it waits for <c>AllowEnergyTransfer</c>, for the EV may be another one. Defaults to
    /// <see langword="false"/>.
    /// </summary>
    public bool AllowEnergyTransferResumption { get; init; }

    private static TransactionPoints Check(TransactionPoints value, TransactionPoints possible) =>
        value != TransactionPoints.None && (value & ~possible) == 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There must be a point, and only such ones.");
}
