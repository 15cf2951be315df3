using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Transactions;
using Ocpp.V201;

namespace Ocpp.Stations.Tests.DeviceModels;

public sealed class StandardVariablesTests : IDisposable
{
    private static readonly ComponentId s_communication = new(StandardComponents.OcppCommCtrlr);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Heartbeats_follow_at_the_interval_that_the_csms_has_set()
    {
        DeviceModel model = Open();
        await using var bench = new BootBench(model: model);
        model.AddVariablesOf(bench.Registration);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();
        Assert.Equal("300", Get(model, "HeartbeatInterval"));

        SetVariablesResponse response = await bench.CsmsSession.CallAsync(
            new SetVariablesRequest
            {
                SetVariableData =
                [
                    new SetVariableDataType
                    {
                        Component = new ComponentType { Name = "OCPPCommCtrlr" },
                        Variable = new VariableType { Name = "HeartbeatInterval" },
                        AttributeValue = "20",
                    },
                ],
            }
        );

        Assert.Equal(SetVariableStatusEnumType.Accepted, response.SetVariableResult[0].AttributeStatus);
        Assert.Equal(TimeSpan.FromSeconds(20), bench.Registration.HeartbeatInterval);
        Assert.Equal("20", Get(model, "HeartbeatInterval"));
        await bench.PassAsync(TimeSpan.FromSeconds(20));
        await bench.ReceiveAsync<HeartbeatRequest>();
    }

    [Fact]
    public async Task The_interval_that_was_set_applies_when_the_csms_leaves_it_to_the_station()
    {
        DeviceModel before = Open();
        await using (var bench = new BootBench(model: before))
        {
            before.AddVariablesOf(bench.Registration);
            Assert.Equal(VariableSetStatus.Accepted, Set(before, "HeartbeatInterval", "20"));
        }

        DeviceModel after = Open();
        await using var restarted = new BootBench(model: after);
        after.AddVariablesOf(restarted.Registration);
        restarted.Boot = _ => BootBench.Answer(RegistrationStatusEnumType.Accepted, 0);
        await restarted.BeginAsync();
        await restarted.RegisteredAsync();

        Assert.Equal(TimeSpan.FromSeconds(20), restarted.Registration.HeartbeatInterval);
    }

    [Theory]
    [InlineData("0", VariableSetStatus.Rejected)]
    [InlineData("1", VariableSetStatus.Accepted)]
    [InlineData("86400", VariableSetStatus.Accepted)]
    [InlineData("86401", VariableSetStatus.Rejected)]
    public async Task An_interval_of_heartbeats_that_a_station_could_not_keep_is_rejected(
        string seconds,
        VariableSetStatus status
    )
    {
        DeviceModel model = Open();
        await using var bench = new BootBench(model: model);
        model.AddVariablesOf(bench.Registration);

        Assert.Equal(status, Set(model, "HeartbeatInterval", seconds));
    }

    [Fact]
    public async Task The_attempts_of_the_queue_are_those_that_the_csms_has_set()
    {
        await using var bench = new QueueBench();
        DeviceModel model = Open();
        model.AddVariablesOf(bench.Queue);
        Assert.Equal("60", Get(model, "MessageAttemptInterval", "TransactionEvent"));

        Assert.Equal(VariableSetStatus.Accepted, Set(model, "MessageAttempts", "7", "TransactionEvent"));
        Assert.Equal(VariableSetStatus.Accepted, Set(model, "MessageAttemptInterval", "9", "TransactionEvent"));
        Assert.Equal(VariableSetStatus.Rejected, Set(model, "MessageAttempts", "0", "TransactionEvent"));

        Assert.Equal((7, TimeSpan.FromSeconds(9)), (bench.Queue.MaxAttempts, bench.Queue.AttemptInterval));
        await bench.RestartAsync();
        Open().AddVariablesOf(bench.Queue);
        Assert.Equal((7, TimeSpan.FromSeconds(9)), (bench.Queue.MaxAttempts, bench.Queue.AttemptInterval));
    }

    [Fact]
    public async Task The_back_off_is_that_which_the_csms_has_set_without_a_new_connection()
    {
        DeviceModel model = Open();
        await using var bench = new BootBench(model: model);
        model.AddVariablesOf(bench.Client);
        await bench.BeginAsync();
        await bench.RegisteredAsync();
        OcppSession? session = bench.Client.Session;

        Assert.Equal(VariableSetStatus.Accepted, Set(model, "RetryBackOffWaitMinimum", "11"));
        Assert.Equal(VariableSetStatus.Accepted, Set(model, "RetryBackOffRandomRange", "0"));
        Assert.Equal(VariableSetStatus.Accepted, Set(model, "RetryBackOffRepeatTimes", "2"));

        Assert.Equal(
            (TimeSpan.FromSeconds(11), TimeSpan.Zero, 2),
            (
                bench.Client.Options.RetryBackOffWaitMinimum,
                bench.Client.Options.RetryBackOffRandomRange,
                bench.Client.Options.RetryBackOffRepeatTimes
            )
        );
        Assert.Same(session, bench.Client.Session);
    }

    [Fact]
    public async Task The_client_reconnects_for_another_interval_of_pings_once_it_has_responded()
    {
        DeviceModel model = Open();
        await using var bench = new BootBench(model: model);
        model.AddVariablesOf(bench.Client);
        await bench.BeginAsync();
        await bench.RegisteredAsync();
        OcppSession session = bench.Client.Session!;

        SetVariablesResponse response = await bench.CsmsSession.CallAsync(
            new SetVariablesRequest
            {
                SetVariableData =
                [
                    new SetVariableDataType
                    {
                        Component = new ComponentType { Name = "OCPPCommCtrlr" },
                        Variable = new VariableType { Name = "WebSocketPingInterval" },
                        AttributeValue = "7",
                    },
                ],
            }
        );

        Assert.Equal(SetVariableStatusEnumType.Accepted, response.SetVariableResult[0].AttributeStatus);
        Assert.NotNull(await bench.Registration.WaitForSessionAsync(session, CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(7), bench.Client.Options.KeepAliveInterval);
    }

    [Fact]
    public async Task What_was_set_applies_before_the_first_connection_after_a_restart()
    {
        DeviceModel before = Open();
        await using (var bench = new BootBench(model: before))
        {
            before.AddVariablesOf(bench.Client);
            Set(before, "RetryBackOffWaitMinimum", "11");
            Set(before, "WebSocketPingInterval", "7");
        }

        DeviceModel after = Open();
        await using var restarted = new BootBench(model: after);
        after.AddVariablesOf(restarted.Client);

        Assert.Equal(
            (TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(7)),
            (restarted.Client.Options.RetryBackOffWaitMinimum, restarted.Client.Options.KeepAliveInterval)
        );
    }

    [Fact]
    public void Certificate_signing_gets_what_the_csms_has_set()
    {
        var applied = new List<CertificateSigningSettings>();
        DeviceModel model = Open();
        var initial = new CertificateSigningSettings("Example Charging", TimeSpan.FromSeconds(60), 3);
        model.AddCertificateSigning(initial, applied.Add);
        var security = new ComponentId(StandardComponents.SecurityCtrlr);

        model.Set([
            new VariableSetting(security, new VariableId("OrganizationName"), "Other Charging"),
            new VariableSetting(security, new VariableId("CertSigningWaitMinimum"), "30"),
            new VariableSetting(security, new VariableId("CertSigningRepeatTimes"), "0"),
        ]);
        VariableSetResult tooLong = model.Set([
            new VariableSetting(security, new VariableId("OrganizationName"), new string('a', 65)),
        ])[0];

        var set = new CertificateSigningSettings("Other Charging", TimeSpan.FromSeconds(30), 0);
        Assert.Equal((initial, set), (applied[0], applied[^1]));
        Assert.Equal(ReasonCodes.TooLargeElement, tooLong.Rejection?.ReasonCode);
        applied.Clear();
        Open().AddCertificateSigning(initial, applied.Add);
        Assert.Equal([set], applied);
    }

    [Fact]
    public void Transactions_get_what_the_csms_has_set()
    {
        var applied = new List<TransactionSettings>();
        DeviceModel model = Open();
        var initial = new TransactionSettings
        {
            TxStartPoint = TransactionPoints.EVConnected | TransactionPoints.Authorized,
        };
        model.AddTransactions(initial, applied.Add);
        var transactions = new ComponentId(StandardComponents.TxCtrlr);
        Assert.Equal("EVConnected,Authorized", model.Get(transactions, new VariableId("TxStartPoint")).Value);

        IReadOnlyList<VariableSetResult> results = model.Set([
            new VariableSetting(transactions, new VariableId("TxStartPoint"), "DataSigned,PowerPathClosed"),
            new VariableSetting(transactions, new VariableId("TxStopPoint"), "DataSigned"),
            new VariableSetting(transactions, new VariableId("StopTxOnInvalidId"), "false"),
            new VariableSetting(transactions, new VariableId("StopTxOnEVSideDisconnect"), "false"),
            new VariableSetting(transactions, new VariableId("MaxEnergyOnInvalidId"), "500"),
            new VariableSetting(transactions, new VariableId("EVConnectionTimeOut"), "120"),
            new VariableSetting(transactions, new VariableId("TxBeforeAcceptedEnabled"), "true"),
        ]);
        VariableSetResult none = model.Set([new VariableSetting(transactions, new VariableId("TxStopPoint"), "")])[0];

        Assert.Equal(
            [
                VariableSetStatus.Accepted,
                VariableSetStatus.Rejected,
                VariableSetStatus.Accepted,
                VariableSetStatus.Accepted,
                VariableSetStatus.Accepted,
                VariableSetStatus.Accepted,
                VariableSetStatus.Accepted,
            ],
            results.Select(one => one.Status)
        );
        Assert.Equal(ReasonCodes.InvalidValue, none.Rejection?.ReasonCode);
        var set = new TransactionSettings
        {
            TxStartPoint = TransactionPoints.DataSigned | TransactionPoints.PowerPathClosed,
            StopTxOnInvalidId = false,
            StopTxOnEVSideDisconnect = false,
            MaxEnergyOnInvalidId = 500,
            EVConnectionTimeOut = TimeSpan.FromSeconds(120),
            TxBeforeAcceptedEnabled = true,
        };
        Assert.Equal((initial, set), (applied[0], applied[^1]));
        applied.Clear();
        Open().AddTransactions(initial, applied.Add);
        Assert.Equal([set], applied);
    }

    private static VariableSetStatus Set(DeviceModel model, string name, string value, string? instance = null) =>
        model
            .Set([new VariableSetting(s_communication, new VariableId(name) { Instance = instance }, value)])[0]
            .Status;

    private static string? Get(DeviceModel model, string name, string? instance = null) =>
        model.Get(s_communication, new VariableId(name) { Instance = instance }).Value;

    private DeviceModel Open() => DeviceModel.Open(new DeviceModelOptions { Path = _folder.Locate("variables") });
}
