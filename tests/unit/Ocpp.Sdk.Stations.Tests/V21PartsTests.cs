using Ocpp.Stations.Transactions;
using Ocpp.Stations.V21;
using Ocpp.V21;

namespace Ocpp.Stations.Tests;

/// <summary>
/// The parts of a station with the messages of OCPP 2.1. What they do is in the tests of each part.
/// </summary>
public sealed class V21PartsTests
{
    private static readonly IdTokenType s_idToken = new() { IdToken = "04A1B2C3", Type = "ISO14443" };

    [Fact]
    public async Task A_station_registers_and_responds_to_triggers()
    {
        await using VersionsBench bench = new();
        await bench.BeginAsync(Ocpp21Protocol.Instance);

        BootNotificationRequest boot = await bench.ReceiveAsync<BootNotificationRequest>();

        Assert.Equal((BootReasonEnumType.PowerUp, "Example"), (boot.Reason, boot.ChargingStation.VendorName));
        await bench.Boot.WaitForSessionAsync(null, CancellationToken.None);
        Assert.Equal(TriggerMessageStatusEnumType.Accepted, await TriggerAsync(MessageTriggerEnumType.Heartbeat));
        await bench.ReceiveAsync<HeartbeatRequest>();
        Assert.Equal(
            TriggerMessageStatusEnumType.Rejected,
            await TriggerAsync(MessageTriggerEnumType.BootNotification)
        );
        Assert.Equal(
            TriggerMessageStatusEnumType.NotImplemented,
            await TriggerAsync(MessageTriggerEnumType.CustomTrigger)
        );
        Assert.Equal(
            TriggerMessageStatusEnumType.Rejected,
            await TriggerAsync(MessageTriggerEnumType.TransactionEvent)
        );
        bench.Transaction.EvConnected();
        await bench.ReceiveAsync<TransactionEventRequest>();
        Assert.Equal(
            TriggerMessageStatusEnumType.Accepted,
            await TriggerAsync(MessageTriggerEnumType.TransactionEvent)
        );
        TransactionEventRequest triggered = await bench.ReceiveAsync<TransactionEventRequest>();
        Assert.Equal(TriggerReasonEnumType.Trigger, triggered.TriggerReason);

        async Task<TriggerMessageStatusEnumType> TriggerAsync(MessageTriggerEnumType message) =>
            (await bench.Csms.CallAsync(new TriggerMessageRequest { RequestedMessage = message })).Status;
    }

    [Fact]
    public async Task A_csms_reads_and_sets_variables()
    {
        await using VersionsBench bench = new();
        await bench.BeginAsync(Ocpp21Protocol.Instance);

        GetVariablesResponse read = await bench.Csms.CallAsync(
            new GetVariablesRequest
            {
                GetVariableData =
                [
                    new GetVariableDataType { Component = Display(), Variable = Brightness() },
                    new GetVariableDataType
                    {
                        Component = Display() with
                        {
                            Evse = new EVSEType { Id = 1, ConnectorId = 1 },
                        },
                        Variable = Brightness(),
                        AttributeType = AttributeEnumType.Target,
                    },
                ],
            }
        );
        SetVariablesResponse set = await bench.Csms.CallAsync(
            new SetVariablesRequest
            {
                SetVariableData =
                [
                    new SetVariableDataType
                    {
                        Component = Display(),
                        Variable = Brightness(),
                        AttributeValue = "50",
                    },
                    new SetVariableDataType
                    {
                        Component = Display(),
                        Variable = Brightness(),
                        AttributeType = AttributeEnumType.Target,
                        AttributeValue = "dark",
                    },
                ],
            }
        );

        Assert.Equal(
            [
                (GetVariableStatusEnumType.Accepted, AttributeEnumType.Actual, "80"),
                (GetVariableStatusEnumType.UnknownComponent, AttributeEnumType.Target, null),
            ],
            read.GetVariableResult.Select(one => (one.AttributeStatus, one.AttributeType!.Value, one.AttributeValue))
        );
        Assert.Equal(
            [SetVariableStatusEnumType.Accepted, SetVariableStatusEnumType.NotSupportedAttributeType],
            set.SetVariableResult.Select(one => one.AttributeStatus)
        );
        Assert.Equal(50, bench.Brightness.Value);
    }

    [Fact]
    public async Task A_csms_has_variables_reported()
    {
        await using VersionsBench bench = new();
        await bench.BeginAsync(Ocpp21Protocol.Instance);
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.Boot.WaitForSessionAsync(null, CancellationToken.None);

        GetReportResponse response = await bench.Csms.CallAsync(
            new GetReportRequest
            {
                RequestId = 7,
                ComponentCriteria = [ComponentCriterionEnumType.Enabled],
                ComponentVariable = [new ComponentVariableType { Component = Display(), Variable = Brightness() }],
            }
        );

        Assert.Equal(GenericDeviceModelStatusEnumType.Accepted, response.Status);
        NotifyReportRequest report = await bench.ReceiveAsync<NotifyReportRequest>();
        Assert.Equal((7, 0, false), (report.RequestId, report.SeqNo, report.Tbc ?? false));
        Assert.Equal(
            new ReportDataType
            {
                Component = Display(),
                Variable = Brightness(),
                VariableAttribute =
                [
                    new VariableAttributeType
                    {
                        Type = AttributeEnumType.Actual,
                        Value = "80",
                        Mutability = MutabilityEnumType.ReadWrite,
                        Persistent = true,
                        Constant = false,
                    },
                ],
                VariableCharacteristics = new VariableCharacteristicsType
                {
                    DataType = DataEnumType.Integer,
                    SupportsMonitoring = false,
                },
            },
            Assert.Single(report.ReportData!)
        );
        Assert.Equal(
            GenericDeviceModelStatusEnumType.EmptyResultSet,
            (
                await bench.Csms.CallAsync(
                    new GetReportRequest
                    {
                        RequestId = 8,
                        ComponentVariable =
                        [
                            new ComponentVariableType { Component = new ComponentType { Name = "Speaker" } },
                        ],
                    }
                )
            ).Status
        );
        GetBaseReportResponse full = await bench.Csms.CallAsync(
            new GetBaseReportRequest { RequestId = 9, ReportBase = ReportBaseEnumType.FullInventory }
        );
        Assert.Equal(GenericDeviceModelStatusEnumType.Accepted, full.Status);
        Assert.Equal(bench.Model.Variables.Count, (await bench.ReceiveAsync<NotifyReportRequest>()).ReportData!.Count);
    }

    [Fact]
    public async Task A_csms_starts_and_stops_a_transaction_and_asks_for_its_status()
    {
        await using VersionsBench bench = new();
        await bench.BeginAsync(Ocpp21Protocol.Instance);
        await bench.ReceiveAsync<BootNotificationRequest>();
        bench.Transaction.EvConnected();
        await bench.ReceiveAsync<TransactionEventRequest>();

        RequestStartTransactionResponse started = await StartAsync();

        Assert.Equal((RequestStartStopStatusEnumType.Accepted, "T1"), (started.Status, started.TransactionId));
        TransactionEventRequest authorized = await bench.ReceiveAsync<TransactionEventRequest>();
        Assert.Equal(
            (TriggerReasonEnumType.RemoteStart, 7, s_idToken),
            (authorized.TriggerReason, authorized.TransactionInfo.RemoteStartId, authorized.IdToken)
        );
        Assert.Equal(RequestStartStopStatusEnumType.Rejected, (await StartAsync()).Status);
        await bench.Queue.WhenEmptyAsync();
        GetTransactionStatusResponse status = await bench.Csms.CallAsync(
            new GetTransactionStatusRequest { TransactionId = "T1" }
        );
        Assert.Equal((true, false), (status.OngoingIndicator, status.MessagesInQueue));
        Assert.Equal(RequestStartStopStatusEnumType.Rejected, await StopAsync("T2"));
        Assert.Equal(RequestStartStopStatusEnumType.Accepted, await StopAsync("T1"));
        TransactionEventRequest stopped = await bench.ReceiveAsync<TransactionEventRequest>();
        Assert.Equal(TriggerReasonEnumType.RemoteStop, stopped.TriggerReason);

        Task<RequestStartTransactionResponse> StartAsync() =>
            bench.Csms.CallAsync(
                new RequestStartTransactionRequest
                {
                    EvseId = 1,
                    RemoteStartId = 7,
                    IdToken = s_idToken,
                }
            );

        async Task<RequestStartStopStatusEnumType> StopAsync(string transactionId) =>
            (await bench.Csms.CallAsync(new RequestStopTransactionRequest { TransactionId = transactionId })).Status;
    }

    [Fact]
    public async Task A_reset_that_resumes_is_rejected_if_a_transaction_could_not_be_resumed()
    {
        await using VersionsBench bench = new();
        await bench.BeginAsync(Ocpp21Protocol.Instance);
        bench.Transaction.EvConnected();

        Assert.Equal(ResetStatusEnumType.Rejected, await ResetAndResumeAsync(bench));
        bench.Transaction.Settings = bench.Transaction.Settings with { ResumptionTimeout = TimeSpan.FromMinutes(5) };
        Assert.Equal(ResetStatusEnumType.Accepted, await ResetAndResumeAsync(bench));

        Assert.Equal("T1", await bench.RestartedAsync());
    }

    [Fact]
    public async Task A_transaction_goes_on_over_a_reset_that_resumes()
    {
        await using VersionsBench bench = new();
        await bench.BeginAsync(Ocpp21Protocol.Instance);
        bench.Transaction.Settings = bench.Transaction.Settings with
        {
            ResumptionTimeout = TimeSpan.FromMinutes(5),
            AllowEnergyTransferResumption = true,
        };
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        bench.Transaction.EnergyTransferStarted();

        Assert.Equal(ResetStatusEnumType.Accepted, await ResetAndResumeAsync(bench));

        Assert.Equal("T1", await bench.RestartedAsync());
        await bench.Queue.DisposeAsync();
        await using MessageQueue queue = MessageQueue.Open(new MessageQueueOptions { Path = bench.QueuePath });
        var transaction = new V21Transaction(
            queue,
            new V21TransactionOptions { EvseId = 1, Settings = bench.Transaction.Settings }
        );
        Assert.Equal((byte)StationBootCause.RemoteReset, Assert.Single(queue.FindState("reset")!));
        Assert.Equal((0, 3), (queue.Count, transaction.NextSeqNo)); // its events have arrived, none that ends it
        Assert.True(transaction.Resume(TransactionStopReason.Reboot));
        Assert.Equal((1, 4), (queue.Count, transaction.NextSeqNo));
        Assert.Equal(
            ("T1", TransactionChargingState.Charging, TransactionEnergy.Allowed),
            (transaction.TransactionId, transaction.ChargingState, transaction.Energy)
        );
    }

    [Fact]
    public async Task A_reset_that_resumes_is_possible_without_a_transaction()
    {
        await using VersionsBench bench = new();
        await bench.BeginAsync(Ocpp21Protocol.Instance);

        Assert.Equal(ResetStatusEnumType.Accepted, await ResetAndResumeAsync(bench));

        Assert.Null(await bench.RestartedAsync());
    }

    [Fact]
    public async Task What_the_application_completes_is_sent()
    {
        await using V21TransactionBench bench = new();
        var costs = new CostDetailsType
        {
            TotalCost = new TotalCostType
            {
                Currency = "EUR",
                TypeOfCost = TariffCostEnumType.NormalCost,
                Total = new TotalPriceType { InclTax = 1.5m },
            },
            TotalUsage = new TotalUsageType
            {
                Energy = 4500,
                ChargingTime = 90,
                IdleTime = 0,
            },
        };
        bench.Complete = request =>
            request with
            {
                CostDetails = request.TriggerReason == TriggerReasonEnumType.RunningCost ? costs : null,
                PreconditioningStatus = PreconditioningStatusEnumType.Ready,
                EvseSleep = false,
            };
        bench.Transaction.EvConnected();
        bench.Transaction.Authorize(s_idToken);
        TransactionEventRequest started = await bench.Queue.ReceiveAsync();
        Assert.Equal(
            (null, PreconditioningStatusEnumType.Ready, false),
            (started.CostDetails, started.PreconditioningStatus, started.EvseSleep)
        );

        bench.Transaction.Report(TransactionTrigger.RunningCost);

        TransactionEventRequest running = await bench.Queue.ReceiveAsync();
        Assert.Equal((TriggerReasonEnumType.RunningCost, costs), (running.TriggerReason, running.CostDetails));
    }

    private static async Task<ResetStatusEnumType> ResetAndResumeAsync(VersionsBench bench) =>
        (await bench.Csms.CallAsync(new ResetRequest { Type = ResetEnumType.ImmediateAndResume })).Status;

    private static ComponentType Display() => new() { Name = "Display" };

    private static VariableType Brightness() => new() { Name = "Brightness" };
}
