namespace Ocpp.Stations.Transactions;

/// <summary>
/// When a transaction begins and ends, and what is said of it: the tables of E01 to E06, without state.
/// </summary>
internal static class TransactionRules
{
    private static readonly TransactionPoints[] s_points =
    [
        .. Enum.GetValues<TransactionPoints>().Where(point => point != TransactionPoints.None),
    ];

    /// <summary>Which event follows from a change of what is known, if one does.</summary>
    /// <remarks>
    /// A transaction begins when anything begins and a start point is met, and not only when a start point begins to
    /// be: a driver may authorize anew at an EV that stays connected (E01). It ends when a stop point is left (E06).
    /// </remarks>
    public static TransactionEventKind? Decide(
        TransactionFacts before,
        TransactionFacts after,
        TransactionSettings settings
    )
    {
        if (before.TransactionId is not null)
        {
            return Any(settings.TxStopPoint, point => IsMet(point, before) && !IsMet(point, after))
                ? TransactionEventKind.Ended
                : TransactionEventKind.Updated;
        }

        bool anythingBegins = s_points.Any(point => !IsMet(point, before) && IsMet(point, after));
        return anythingBegins && Any(settings.TxStartPoint, point => IsMet(point, after))
            ? TransactionEventKind.Started
            : null;
    }

    /// <summary>What an EVSE may do.</summary>
    public static TransactionEnergy EnergyOf(TransactionFacts facts, TransactionSettings settings) =>
        facts switch
        {
            { IsConnected: false } or { IsAuthorized: false } => TransactionEnergy.NotAllowed,
            { IsEnergyWithheld: true } or { Reached: not TransactionLimitKinds.None } => TransactionEnergy.NotAllowed,
            { IsIdTokenInvalid: false } => TransactionEnergy.Allowed,
            _ when settings.MaxEnergyOnInvalidId > facts.WattHours => TransactionEnergy.Limited,
            _ => TransactionEnergy.NotAllowed,
        };

    /// <summary>The reason of a transaction that ends at an event, if nothing before has begun its end.</summary>
    public static TransactionStopReason ReasonOf(TransactionTrigger trigger, TransactionChargingState state) =>
        (trigger, state) switch
        {
            (TransactionTrigger.ChargingStateChanged, TransactionChargingState.SuspendedEV) =>
                TransactionStopReason.StoppedByEV,
            (TransactionTrigger.EVCommunicationLost or TransactionTrigger.EVDeparted, _) =>
                TransactionStopReason.EVDisconnected,
            (TransactionTrigger.EnergyLimitReached, _) => TransactionStopReason.EnergyLimitReached,
            (TransactionTrigger.TimeLimitReached, _) => TransactionStopReason.TimeLimitReached,
            (TransactionTrigger.SoCLimitReached, _) => TransactionStopReason.SOCLimitReached,
            (TransactionTrigger.CostLimitReached, _) => TransactionStopReason.LocalOutOfCredit,
            _ => TransactionStopReason.Other,
        };

    /// <summary>The trigger of the event that ends a transaction at once, whatever its stop points.</summary>
    public static TransactionTrigger TriggerOf(TransactionStopReason reason) =>
        reason switch
        {
            TransactionStopReason.DeAuthorized => TransactionTrigger.Deauthorized,
            TransactionStopReason.EnergyLimitReached => TransactionTrigger.EnergyLimitReached,
            TransactionStopReason.EVDisconnected => TransactionTrigger.EVCommunicationLost,
            TransactionStopReason.ImmediateReset or TransactionStopReason.SoftReset => TransactionTrigger.ResetCommand,
            TransactionStopReason.Local or TransactionStopReason.MasterPass => TransactionTrigger.StopAuthorized,
            TransactionStopReason.LocalOutOfCredit => TransactionTrigger.ChargingStateChanged,
            TransactionStopReason.Remote => TransactionTrigger.RemoteStop,
            TransactionStopReason.SOCLimitReached => TransactionTrigger.EnergyLimitReached,
            TransactionStopReason.StoppedByEV => TransactionTrigger.ChargingStateChanged,
            TransactionStopReason.TimeLimitReached => TransactionTrigger.TimeLimitReached,
            TransactionStopReason.Timeout => TransactionTrigger.EVConnectTimeout,
            TransactionStopReason.UnlockCommand => TransactionTrigger.UnlockCommand,
            _ => TransactionTrigger.AbnormalCondition,
        };

    /// <summary>The trigger of the event that says which limit is reached (E16.FR.05).</summary>
    public static TransactionTrigger TriggerOf(TransactionLimitKinds reached) =>
        reached switch
        {
            TransactionLimitKinds.MaxCost => TransactionTrigger.CostLimitReached,
            TransactionLimitKinds.MaxEnergy => TransactionTrigger.EnergyLimitReached,
            TransactionLimitKinds.MaxSoC => TransactionTrigger.SoCLimitReached,
            _ => TransactionTrigger.TimeLimitReached,
        };

    private static bool Any(TransactionPoints points, Func<TransactionPoints, bool> condition) =>
        s_points.Any(point => points.HasFlag(point) && condition(point));

    private static bool IsMet(TransactionPoints point, TransactionFacts facts) =>
        point switch
        {
            TransactionPoints.ParkingBayOccupancy => facts.IsBayOccupied,
            TransactionPoints.EVConnected => facts.IsConnected,
            TransactionPoints.Authorized => facts.IsAuthorized,
            TransactionPoints.DataSigned => facts.IsDataSigned,
            TransactionPoints.PowerPathClosed => facts is { IsConnected: true, IsAuthorized: true },
            TransactionPoints.EnergyTransfer => facts.ChargingState == TransactionChargingState.Charging,
            _ => false,
        };
}
