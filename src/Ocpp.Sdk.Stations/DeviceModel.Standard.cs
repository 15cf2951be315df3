using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Transactions;

namespace Ocpp.Stations;

// The standard variables that the parts of the SDK obey.
public sealed partial class DeviceModel
{
    private const int AuthorizationKeyDigits = 40;
    private const int SecondsADay = 24 * 60 * 60;

    /// <summary>A timer takes no longer.</summary>
    private const int LongestWait = 24 * SecondsADay;

    /// <summary>
    /// Adds HeartbeatInterval of OCPPCommCtrlr. What the CSMS sets applies at once, and also when it leaves the
    /// interval to the station in a later registration; otherwise the interval of a registration takes its place.
    /// </summary>
    /// <param name="boot">The registration of the station.</param>
    /// <exception cref="ArgumentException">The variable has been added already.</exception>
    public void AddVariablesOf(StationBoot boot)
    {
        ArgumentNullException.ThrowIfNull(boot);
        AddSeconds(StandardVariables.HeartbeatInterval, boot.HeartbeatInterval, 1, SecondsADay)
            .Apply(seconds => boot.HeartbeatInterval = TimeSpan.FromSeconds(seconds))
            .ReadFrom(() => Seconds(boot.HeartbeatInterval));
    }

    /// <summary>
    /// Adds MessageAttempts and MessageAttemptInterval of OCPPCommCtrlr, for TransactionEvent (E13.FR.02, E13.FR.03).
    /// </summary>
    /// <param name="queue">The queue of messages.</param>
    /// <exception cref="ArgumentException">The variables have been added already.</exception>
    public void AddVariablesOf(MessageQueue queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        Component(StandardComponents.OcppCommCtrlr)
            .AddInteger(
                StandardVariables.MessageAttempts,
                queue.MaxAttempts,
                new VariableOptions { Instance = StandardInstances.TransactionEvent, MinLimit = 1 }
            )
            .Apply(attempts => queue.MaxAttempts = attempts);
        AddSeconds(
                StandardVariables.MessageAttemptInterval,
                queue.AttemptInterval,
                1,
                SecondsADay,
                instance: StandardInstances.TransactionEvent
            )
            .Apply(seconds => queue.AttemptInterval = TimeSpan.FromSeconds(seconds));
    }

    /// <summary>
    /// Adds RetryBackOffWaitMinimum, RetryBackOffRandomRange, RetryBackOffRepeatTimes and WebSocketPingInterval of
    /// OCPPCommCtrlr, and MessageTimeout, which the CSMS can only read. The back-off applies when the connection is
    /// lost the next time. For another interval of pings the client reconnects once it has responded.
    /// </summary>
    /// <param name="client">The client. From now on, the variables change its options.</param>
    /// <exception cref="ArgumentException">The variables have been added already.</exception>
    public void AddVariablesOf(OcppClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        OcppClientOptions options = client.Options;
        Variable<int> minimum = AddSeconds(
            StandardVariables.RetryBackOffWaitMinimum,
            options.RetryBackOffWaitMinimum,
            1,
            LongestWait
        );
        Variable<int> range = AddSeconds(
            StandardVariables.RetryBackOffRandomRange,
            options.RetryBackOffRandomRange,
            0,
            LongestWait
        );
        Variable<int> times = Component(StandardComponents.OcppCommCtrlr)
            .AddInteger(
                StandardVariables.RetryBackOffRepeatTimes,
                options.RetryBackOffRepeatTimes,
                new VariableOptions { MinLimit = 0 }
            );
        Variable<int> ping = AddSeconds(
            StandardVariables.WebSocketPingInterval,
            options.KeepAliveInterval,
            0,
            LongestWait
        );
        Component(StandardComponents.OcppCommCtrlr)
            .AddInteger(
                StandardVariables.MessageTimeout,
                Seconds(options.Session.ResponseTimeout),
                VariableOptions.ReadOnly with
                {
                    Instance = StandardInstances.Default,
                    Unit = "s",
                }
            );

        Change(isPing: false);
        minimum.Changed += _ => Change(isPing: false);
        range.Changed += _ => Change(isPing: false);
        times.Changed += _ => Change(isPing: false);
        ping.Changed += _ => Change(isPing: true);

        // The values are read when it is the client's turn, so that the last ones are those that it ends with.
        void Change(bool isPing) =>
            _ = ChangeAsync(
                client,
                current =>
                    current with
                    {
                        RetryBackOffWaitMinimum = TimeSpan.FromSeconds(minimum.Value),
                        RetryBackOffRandomRange = TimeSpan.FromSeconds(range.Value),
                        RetryBackOffRepeatTimes = times.Value,
                        KeepAliveInterval = TimeSpan.FromSeconds(ping.Value),
                    },
                isPing
            );
    }

    /// <summary>
    /// Adds ResetRetries of OCPPCommCtrlr, and AllowReset of each EVSE, which the CSMS can only read (B11.FR.10).
    /// </summary>
    /// <param name="reset">What resets the station.</param>
    /// <exception cref="ArgumentException">The variables have been added already.</exception>
    public void AddVariablesOf(StationReset reset)
    {
        ArgumentNullException.ThrowIfNull(reset);
        Component(StandardComponents.OcppCommCtrlr)
            .AddInteger(StandardVariables.ResetRetries, reset.Retries, new VariableOptions { MinLimit = 0 })
            .Apply(retries => reset.Retries = retries);
        foreach (int evseId in reset.EvseIds)
        {
            Component(StandardComponents.Evse, evseId)
                .AddBoolean(StandardVariables.AllowReset, reset.AllowsEvseReset, VariableOptions.ReadOnly);
        }
    }

    /// <summary>
    /// Adds TxUpdatedInterval, TxStartedMeasurands, TxUpdatedMeasurands and TxEndedMeasurands of SampledDataCtrlr, and
    /// Interval, Measurands and SendDuringIdle of AlignedDataCtrlr (J01, J02). An interval of 0 stands for none. The
    /// last event of a transaction has the readings of its beginning and its end, and none between them: both
    /// TxEndedInterval are 0, and can only be read.
    /// </summary>
    /// <param name="meter">The meters of the station.</param>
    /// <param name="measurands">What the meters can measure, such as <c>Energy.Active.Import.Register</c>.</param>
    /// <exception cref="ArgumentException">
    /// The variables have been added already, or the settings of the meters have a measurand that is not in the list.
    /// </exception>
    public void AddVariablesOf(StationMeter meter, IReadOnlyList<string> measurands)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(measurands);
        DeviceComponent sampled = Component(StandardComponents.SampledDataCtrlr);
        DeviceComponent aligned = Component(StandardComponents.AlignedDataCtrlr);
        VariableOptions interval = new()
        {
            Unit = "s",
            MinLimit = 0,
            MaxLimit = SecondsADay,
        };
        VariableOptions none = VariableOptions.ReadOnly with { Unit = "s", IsConstant = true };
        MeterSettings settings = meter.Settings;
        sampled
            .AddInteger(StandardVariables.TxUpdatedInterval, Seconds(settings.TxUpdatedInterval), interval)
            .Apply(value => meter.Change(now => now with { TxUpdatedInterval = Interval(value) }));
        sampled
            .AddMembers(StandardVariables.TxStartedMeasurands, measurands, settings.TxStartedMeasurands)
            .Apply(value => meter.Change(now => now with { TxStartedMeasurands = value }));
        sampled
            .AddMembers(StandardVariables.TxUpdatedMeasurands, measurands, settings.TxUpdatedMeasurands)
            .Apply(value => meter.Change(now => now with { TxUpdatedMeasurands = value }));
        sampled
            .AddMembers(StandardVariables.TxEndedMeasurands, measurands, settings.TxEndedMeasurands)
            .Apply(value => meter.Change(now => now with { TxEndedMeasurands = value }));
        sampled.AddInteger(StandardVariables.TxEndedInterval, 0, none);
        aligned
            .AddInteger(StandardVariables.Interval, Seconds(settings.AlignedInterval), interval)
            .Apply(value => meter.Change(now => now with { AlignedInterval = Interval(value) }));
        aligned
            .AddMembers(StandardVariables.Measurands, measurands, settings.AlignedMeasurands)
            .Apply(value => meter.Change(now => now with { AlignedMeasurands = value }));
        aligned
            .AddBoolean(StandardVariables.SendDuringIdle, settings.SendDuringIdle)
            .Apply(value => meter.Change(now => now with { SendDuringIdle = value }));
        aligned.AddInteger(StandardVariables.TxEndedInterval, 0, none);
    }

    /// <summary>
    /// Adds OrganizationName, CertSigningWaitMinimum and CertSigningRepeatTimes of SecurityCtrlr.
    /// </summary>
    /// <param name="settings">The values that they begin with.</param>
    /// <param name="apply">
    /// Is called with the values now, and whenever one of them has changed: to set those of <c>StationCertificates</c>.
    /// </param>
    /// <exception cref="ArgumentException">The variables have been added already.</exception>
    public void AddCertificateSigning(CertificateSigningSettings settings, Action<CertificateSigningSettings> apply)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(apply);
        DeviceComponent security = Component(StandardComponents.SecurityCtrlr);
        Variable<string> name = security
            .AddText(
                StandardVariables.OrganizationName,
                settings.OrganizationName,
                new VariableOptions { MinLimit = 1, MaxLimit = CertificateSigningSettings.MaxOrganizationNameLength }
            )
            .Accept(value => !value.Any(char.IsControl) && !string.IsNullOrWhiteSpace(value));
        Variable<int> wait = security.AddInteger(
            StandardVariables.CertSigningWaitMinimum,
            Seconds(settings.CertSigningWaitMinimum),
            new VariableOptions
            {
                Unit = "s",
                MinLimit = 1,
                MaxLimit = LongestWait,
            }
        );
        Variable<int> times = security.AddInteger(
            StandardVariables.CertSigningRepeatTimes,
            settings.CertSigningRepeatTimes,
            new VariableOptions { MinLimit = 0 }
        );

        Apply();
        name.Changed += _ => Apply();
        wait.Changed += _ => Apply();
        times.Changed += _ => Apply();

        void Apply() =>
            apply(new CertificateSigningSettings(name.Value, TimeSpan.FromSeconds(wait.Value), times.Value));
    }

    /// <summary>
    /// Adds the configuration key AuthorizationKey of OCPP 1.6, which can only be set: 20 bytes as 40 hexadecimal
    /// digits. The client reconnects with a new one after the response, and uses the last one after a restart.
    /// </summary>
    /// <param name="client">The client. From now on, the key changes its options.</param>
    /// <exception cref="ArgumentException">The key has been added already.</exception>
    public void AddAuthorizationKey(OcppClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        Variable<string> key = Component(ConfigurationKeys.Component)
            .AddText(
                ConfigurationKeys.AuthorizationKey,
                "",
                new VariableOptions
                {
                    Mutability = VariableMutability.WriteOnly,
                    MinLimit = AuthorizationKeyDigits,
                    MaxLimit = AuthorizationKeyDigits,
                }
            )
            .Accept(digits => digits.All(char.IsAsciiHexDigit));
        if (key.Value.Length > 0)
        {
            Change(isToReconnect: false);
        }

        key.Changed += _ => Change(isToReconnect: true);

        void Change(bool isToReconnect) =>
            _ = ChangeAsync(
                client,
                current => current with { Password = null, AuthorizationKey = Convert.FromHexString(key.Value) },
                isToReconnect
            );
    }

    /// <summary>
    /// Adds TxStartPoint, TxStopPoint, StopTxOnInvalidId, StopTxOnEVSideDisconnect, MaxEnergyOnInvalidId,
    /// EVConnectionTimeOut and TxBeforeAcceptedEnabled of TxCtrlr. An EVConnectionTimeOut of 0 stands for none.
    /// </summary>
    /// <param name="settings">The values that they begin with.</param>
    /// <param name="apply">
    /// Is called with the values now, and whenever one of them has changed: to set those of the transactions.
    /// </param>
    /// <exception cref="ArgumentException">The variables have been added already.</exception>
    public void AddTransactions(TransactionSettings settings, Action<TransactionSettings> apply)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(apply);
        DeviceComponent component = Component(StandardComponents.TxCtrlr);
        string[] points =
        [
            .. Enum.GetValues<TransactionPoints>().Where(one => one != TransactionPoints.None).Select(one => $"{one}"),
        ];
        Variable<IReadOnlyList<string>> start = component
            .AddMembers(StandardVariables.TxStartPoint, points, NamesOf(settings.TxStartPoint))
            .Accept(names => names.Count > 0);
        Variable<IReadOnlyList<string>> stop = component
            .AddMembers(
                StandardVariables.TxStopPoint,
                [.. points.Where(one => one != nameof(TransactionPoints.DataSigned))],
                NamesOf(settings.TxStopPoint)
            )
            .Accept(names => names.Count > 0);
        string[] limits = ["maxCost", "maxEnergy", "maxTime", "maxSoC"];
        component.AddMembers(
            StandardVariables.SupportedLimits,
            limits,
            [.. limits.Where(one => settings.SupportedLimits.HasFlag(Enum.Parse<TransactionLimitKinds>(one, true)))],
            VariableOptions.ReadOnly with
            {
                IsConstant = true,
            }
        );
        Variable<int> resumption = component.AddInteger(
            StandardVariables.ResumptionTimeout,
            Seconds(settings.ResumptionTimeout),
            new VariableOptions { Unit = "s", MinLimit = 0 }
        );
        Variable<bool> resumesEnergy = component.AddBoolean(
            StandardVariables.AllowEnergyTransferResumption,
            settings.AllowEnergyTransferResumption
        );
        Variable<bool> invalidId = component.AddBoolean(
            StandardVariables.StopTxOnInvalidId,
            settings.StopTxOnInvalidId
        );
        Variable<bool> disconnect = component.AddBoolean(
            StandardVariables.StopTxOnEVSideDisconnect,
            settings.StopTxOnEVSideDisconnect
        );
        Variable<int> energy = component.AddInteger(
            StandardVariables.MaxEnergyOnInvalidId,
            settings.MaxEnergyOnInvalidId,
            new VariableOptions { Unit = "Wh", MinLimit = 0 }
        );

        Variable<int> timeOut = component.AddInteger(
            StandardVariables.EVConnectionTimeOut,
            Seconds(settings.EVConnectionTimeOut),
            new VariableOptions
            {
                Unit = "s",
                MinLimit = 0,
                MaxLimit = SecondsADay,
            }
        );
        Variable<bool> beforeAccepted = component.AddBoolean(
            StandardVariables.TxBeforeAcceptedEnabled,
            settings.TxBeforeAcceptedEnabled
        );

        Apply();
        timeOut.Changed += _ => Apply();
        beforeAccepted.Changed += _ => Apply();
        start.Changed += _ => Apply();
        resumption.Changed += _ => Apply();
        resumesEnergy.Changed += _ => Apply();
        stop.Changed += _ => Apply();
        invalidId.Changed += _ => Apply();
        disconnect.Changed += _ => Apply();
        energy.Changed += _ => Apply();

        void Apply() =>
            apply(
                settings with
                {
                    TxStartPoint = PointsOf(start.Value),
                    ResumptionTimeout = TimeSpan.FromSeconds(resumption.Value),
                    AllowEnergyTransferResumption = resumesEnergy.Value,
                    TxStopPoint = PointsOf(stop.Value),
                    StopTxOnInvalidId = invalidId.Value,
                    StopTxOnEVSideDisconnect = disconnect.Value,
                    MaxEnergyOnInvalidId = energy.Value,
                    EVConnectionTimeOut = Interval(timeOut.Value),
                    TxBeforeAcceptedEnabled = beforeAccepted.Value,
                }
            );

        static string[] NamesOf(TransactionPoints points) =>
            [
                .. Enum.GetValues<TransactionPoints>()
                    .Where(one => one != TransactionPoints.None && points.HasFlag(one))
                    .Select(one => $"{one}"),
            ];

        static TransactionPoints PointsOf(IReadOnlyList<string> names) =>
            names.Aggregate(TransactionPoints.None, (points, one) => points | Enum.Parse<TransactionPoints>(one));
    }

    private static int Seconds(TimeSpan time) => (int)Math.Min(Math.Ceiling(time.TotalSeconds), int.MaxValue);

    /// <summary>0 stands for none.</summary>
    private static int Seconds(TimeSpan? time) => time is { } some ? Seconds(some) : 0;

    /// <inheritdoc cref="Seconds(TimeSpan?)"/>
    private static TimeSpan? Interval(int seconds) => seconds == 0 ? null : TimeSpan.FromSeconds(seconds);

    private Variable<int> AddSeconds(string name, TimeSpan value, int min, int max, string? instance = null) =>
        Component(StandardComponents.OcppCommCtrlr)
            .AddInteger(
                name,
                Seconds(value),
                new VariableOptions
                {
                    Instance = instance,
                    Unit = "s",
                    MinLimit = min,
                    MaxLimit = max,
                }
            );

    /// <summary>Adds the limits of the messages of the device model itself (B06.FR.16, B06.FR.17).</summary>
    private void AddMessageLimits()
    {
        DeviceComponent component = Component(StandardComponents.DeviceDataCtrlr);
        foreach (
            string message in (string[])
                [StandardInstances.GetVariables, StandardInstances.SetVariables, StandardInstances.GetReport]
        )
        {
            VariableOptions options = VariableOptions.ReadOnly with { Instance = message, IsConstant = true };
            component.AddInteger(StandardVariables.ItemsPerMessage, ItemsPerMessage, options);
            component.AddInteger(StandardVariables.BytesPerMessage, BytesPerMessage, options);
        }
    }

    private async Task ChangeAsync(
        OcppClient client,
        Func<OcppClientOptions, OcppClientOptions> change,
        bool isToReconnect
    )
    {
        try
        {
            await client.ChangeOptionsAsync(change).ConfigureAwait(false);
            if (isToReconnect && client.State != OcppClientState.Disconnected)
            {
                await client.ReconnectAsync(client.Options).ConfigureAwait(false);
            }
        }
        catch (OcppConnectionClosedException)
        {
            // The client is closed for good, and its options are of no use any more.
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            StationLog.CallbackFailed(_options.Logger, exception);
        }
    }
}
