using Ocpp.Stations.DeviceModels;
using Ocpp.V201;

namespace Ocpp.Stations.Tests.DeviceModels;

public sealed class V201DeviceModelTests
{
    private readonly DeviceModel _model = DeviceModel.Open(new DeviceModelOptions());

    [Fact]
    public async Task Each_variable_that_is_read_has_its_result_in_order()
    {
        _model
            .Component("Display")
            .AddInteger("Brightness", 80, new VariableOptions { Target = VariableMutability.ReadWrite });
        _model
            .Component("Display")
            .AddText("Pin", "1", new VariableOptions { Mutability = VariableMutability.WriteOnly });
        await using BootBench bench = await BeginAsync();

        GetVariablesResponse response = await bench.CsmsSession.CallAsync(
            new GetVariablesRequest
            {
                GetVariableData =
                [
                    Read("Display", "Brightness"),
                    Read("display", "brightness", AttributeEnumType.Target),
                    Read("Display", "Brightness", AttributeEnumType.MaxSet),
                    Read("Display", "Pin"),
                    Read("Display", "Width"),
                    Read("Speaker", "Volume"),
                    Read("Display", "Brightness", evseId: 1),
                    Read("DeviceDataCtrlr", "ItemsPerMessage"),
                    Read("DeviceDataCtrlr", "ItemsPerMessage", instance: "GetVariables"),
                ],
            }
        );

        Assert.Equal(
            [
                ("Brightness", AttributeEnumType.Actual, GetVariableStatusEnumType.Accepted, "80", null),
                ("brightness", AttributeEnumType.Target, GetVariableStatusEnumType.Accepted, "", null),
                (
                    "Brightness",
                    AttributeEnumType.MaxSet,
                    GetVariableStatusEnumType.NotSupportedAttributeType,
                    null,
                    null
                ),
                ("Pin", AttributeEnumType.Actual, GetVariableStatusEnumType.Rejected, null, "WriteOnly"),
                ("Width", AttributeEnumType.Actual, GetVariableStatusEnumType.UnknownVariable, null, null),
                ("Volume", AttributeEnumType.Actual, GetVariableStatusEnumType.UnknownComponent, null, null),
                ("Brightness", AttributeEnumType.Actual, GetVariableStatusEnumType.UnknownComponent, null, null),
                ("ItemsPerMessage", AttributeEnumType.Actual, GetVariableStatusEnumType.UnknownVariable, null, null),
                ("ItemsPerMessage", AttributeEnumType.Actual, GetVariableStatusEnumType.Accepted, "50", null),
            ],
            response.GetVariableResult.Select(one =>
                (
                    one.Variable.Name,
                    one.AttributeType!.Value,
                    one.AttributeStatus,
                    one.AttributeValue,
                    one.AttributeStatusInfo?.ReasonCode
                )
            )
        );
        Assert.Equal(1, response.GetVariableResult[6].Component.Evse?.Id);
    }

    [Fact]
    public async Task Each_value_that_is_set_has_its_result_in_order()
    {
        DeviceComponent display = _model.Component("Display");
        Variable<int> brightness = display.AddInteger("Brightness", 80, new VariableOptions { MaxLimit = 100 });
        display.AddInteger("Width", 800, VariableOptions.ReadOnly);
        display.AddInteger("BaudRate", 9600, new VariableOptions { RequiresReboot = true });
        await using BootBench bench = await BeginAsync();

        SetVariablesResponse response = await bench.CsmsSession.CallAsync(
            new SetVariablesRequest
            {
                SetVariableData =
                [
                    Write("Display", "Brightness", "40"),
                    Write("Display", "BaudRate", "19200"),
                    Write("Display", "Width", "1"),
                    Write("Display", "Height", "1"),
                    Write("Speaker", "Volume", "1"),
                    Write("Display", "Brightness", "1", AttributeEnumType.Target),
                ],
            }
        );

        Assert.Equal(
            [
                ("Brightness", AttributeEnumType.Actual, SetVariableStatusEnumType.Accepted, null),
                ("BaudRate", AttributeEnumType.Actual, SetVariableStatusEnumType.RebootRequired, null),
                ("Width", AttributeEnumType.Actual, SetVariableStatusEnumType.Rejected, "ReadOnly"),
                ("Height", AttributeEnumType.Actual, SetVariableStatusEnumType.UnknownVariable, null),
                ("Volume", AttributeEnumType.Actual, SetVariableStatusEnumType.UnknownComponent, null),
                ("Brightness", AttributeEnumType.Target, SetVariableStatusEnumType.NotSupportedAttributeType, null),
            ],
            response.SetVariableResult.Select(one =>
                (one.Variable.Name, one.AttributeType!.Value, one.AttributeStatus, one.AttributeStatusInfo?.ReasonCode)
            )
        );
        Assert.Equal(40, brightness.Value);
    }

    [Fact]
    public async Task A_value_beyond_the_limit_and_one_set_twice_are_rejected_with_their_reasons()
    {
        Variable<int> brightness = _model
            .Component("Display")
            .AddInteger("Brightness", 80, new VariableOptions { MaxLimit = 100 });
        Variable<bool> enabled = _model.Component("Display").AddBoolean("Enabled", true);
        await using BootBench bench = await BeginAsync();

        SetVariablesResponse response = await bench.CsmsSession.CallAsync(
            new SetVariablesRequest
            {
                SetVariableData =
                [
                    Write("Display", "Brightness", "101"),
                    Write("Display", "Enabled", "false"),
                    Write("Display", "enabled", "false", AttributeEnumType.Actual),
                ],
            }
        );

        Assert.Equal(
            ["ValueTooHigh", "UnsupportedRequest", "UnsupportedRequest"],
            response.SetVariableResult.Select(one => one.AttributeStatusInfo?.ReasonCode)
        );
        Assert.All(
            response.SetVariableResult,
            one => Assert.Equal(SetVariableStatusEnumType.Rejected, one.AttributeStatus)
        );
        Assert.Equal((80, true), (brightness.Value, enabled.Value));
    }

    [Fact]
    public async Task A_request_with_more_items_or_bytes_than_the_station_takes_is_refused()
    {
        DeviceModel model = DeviceModel.Open(new DeviceModelOptions { ItemsPerMessage = 10, BytesPerMessage = 1024 });
        await using BootBench bench = await BeginAsync(model);
        string longName = new('a', 50);

        OcppErrorCode tooMany = await FailAsync(
            bench.CsmsSession.CallAsync(
                new GetVariablesRequest { GetVariableData = [.. Enumerable.Repeat(Read("A", "B"), 11)] }
            )
        );
        OcppErrorCode tooLong = await FailAsync(
            bench.CsmsSession.CallAsync(
                new SetVariablesRequest
                {
                    SetVariableData = [.. Enumerable.Repeat(Write(longName, longName, longName), 8)],
                }
            )
        );
        OcppErrorCode tooManyFilters = await FailAsync(
            bench.CsmsSession.CallAsync(
                new GetReportRequest { RequestId = 1, ComponentVariable = [.. Enumerable.Repeat(Filter("A"), 11)] }
            )
        );

        Assert.Equal(
            (
                OcppErrorCode.OccurrenceConstraintViolation,
                OcppErrorCode.FormatViolation,
                OcppErrorCode.OccurrenceConstraintViolation
            ),
            (tooMany, tooLong, tooManyFilters)
        );

        static async Task<OcppErrorCode> FailAsync(Task call) =>
            (await Assert.ThrowsAsync<OcppCallErrorException>(() => call)).ErrorCode;
    }

    [Fact]
    public async Task The_full_inventory_has_all_variables_with_their_characteristics()
    {
        _model
            .Component("Connector", 2, 1, "Left")
            .AddDecimal(
                "Power",
                1.5m,
                new VariableOptions
                {
                    Instance = "Max",
                    Unit = "W",
                    MinLimit = 0,
                    MaxLimit = 22000,
                    SupportsMonitoring = true,
                    IsConstant = true,
                    Target = VariableMutability.WriteOnly,
                    MaxSet = VariableMutability.ReadOnly,
                }
            );
        _model.Component("Display").AddOption("Mode", ["Normal", "Eco"], "Eco", VariableOptions.ReadOnly);
        await using BootBench bench = await BeginAsync();

        Assert.Equal(
            GenericDeviceModelStatusEnumType.Accepted,
            await AskAsync(bench, ReportBaseEnumType.FullInventory, requestId: 17)
        );
        NotifyReportRequest report = await bench.ReceiveAsync<NotifyReportRequest>();

        Assert.Equal((17, 0, false), (report.RequestId, report.SeqNo, report.Tbc));
        Assert.Equal(BootBench.Time, report.GeneratedAt);
        Assert.Equal(
            _model.Variables.Select(one => (one.Component.Name, one.Id.Name, one.Id.Instance)),
            report.ReportData!.Select(one => (one.Component.Name, one.Variable.Name, one.Variable.Instance))
        );
        Assert.Equal(
            new ReportDataType
            {
                Component = new ComponentType
                {
                    Name = "Connector",
                    Instance = "Left",
                    Evse = new EVSEType { Id = 2, ConnectorId = 1 },
                },
                Variable = new VariableType { Name = "Power", Instance = "Max" },
                VariableAttribute =
                [
                    Attribute(AttributeEnumType.Actual, "1.5", MutabilityEnumType.ReadWrite),
                    Attribute(AttributeEnumType.Target, null, MutabilityEnumType.WriteOnly),
                    Attribute(AttributeEnumType.MaxSet, "", MutabilityEnumType.ReadOnly),
                ],
                VariableCharacteristics = new VariableCharacteristicsType
                {
                    DataType = DataEnumType.Decimal,
                    Unit = "W",
                    MinLimit = 0,
                    MaxLimit = 22000,
                    SupportsMonitoring = true,
                },
            },
            report.ReportData![^2]
        );
        Assert.Equal(
            (DataEnumType.OptionList, "Normal,Eco"),
            (
                report.ReportData[^1].VariableCharacteristics!.DataType,
                report.ReportData[^1].VariableCharacteristics!.ValuesList
            )
        );

        static VariableAttributeType Attribute(AttributeEnumType type, string? value, MutabilityEnumType mutability) =>
            new()
            {
                Type = type,
                Value = value,
                Mutability = mutability,
                Persistent = true,
                Constant = true,
            };
    }

    [Fact]
    public async Task The_configuration_inventory_has_what_can_be_set()
    {
        _model.Component("Display").AddInteger("Brightness", 80);
        _model.Component("Display").AddInteger("Width", 800, VariableOptions.ReadOnly);
        _model
            .Component("Display")
            .AddInteger("Height", 600, VariableOptions.ReadOnly with { Target = VariableMutability.ReadWrite });
        _model
            .Component("Display")
            .AddText("Pin", "1", new VariableOptions { Mutability = VariableMutability.WriteOnly });
        await using BootBench bench = await BeginAsync();

        await AskAsync(bench, ReportBaseEnumType.ConfigurationInventory);

        Assert.Equal(["Brightness", "Height", "Pin"], await NamesAsync(bench));
    }

    [Fact]
    public async Task The_summary_inventory_has_availability_and_problems()
    {
        _model.Component("Connector", 1, 1).AddText("AvailabilityState", "Occupied", VariableOptions.ReadOnly);
        _model.Component("Display").AddBoolean("Problem", true, VariableOptions.ReadOnly);
        _model.Component("Speaker").AddBoolean("Problem", false, VariableOptions.ReadOnly);
        _model.Component("Display").AddInteger("Brightness", 80);
        _model.Component("Modem").AddInteger("Signal", 3, VariableOptions.ReadOnly with { IsInSummary = true });
        await using BootBench bench = await BeginAsync();

        await AskAsync(bench, ReportBaseEnumType.SummaryInventory);

        Assert.Equal(["AvailabilityState", "Problem", "Signal"], await NamesAsync(bench));
    }

    [Fact]
    public async Task A_report_of_nothing_is_an_empty_result_set()
    {
        await using BootBench bench = await BeginAsync();

        Assert.Equal(
            GenericDeviceModelStatusEnumType.EmptyResultSet,
            await AskAsync(bench, ReportBaseEnumType.SummaryInventory)
        );
        Assert.Equal(
            GenericDeviceModelStatusEnumType.EmptyResultSet,
            await AskAsync(bench, new GetReportRequest { RequestId = 1, ComponentVariable = [Filter("Speaker")] })
        );
        Assert.Equal(
            GenericDeviceModelStatusEnumType.EmptyResultSet,
            await AskAsync(
                bench,
                new GetReportRequest { RequestId = 1, ComponentCriteria = [ComponentCriterionEnumType.Problem] }
            )
        );
        bench.AssertSilent();
    }

    [Fact]
    public async Task A_custom_report_has_what_fits_one_of_its_filters()
    {
        DeviceComponent display = _model.Component("Display");
        display.AddInteger("Brightness", 80);
        display.AddInteger("Power", 1, new VariableOptions { Instance = "Min" });
        display.AddInteger("Power", 9, new VariableOptions { Instance = "Max" });
        _model.Component("Connector", 1, 1).AddInteger("Phases", 1);
        _model.Component("Connector", 2, 1).AddInteger("Phases", 3);
        await using BootBench bench = await BeginAsync();

        await AssertReportAsync(["Brightness", "Min", "Max"], Filter("display"));
        await AssertReportAsync(["Min", "Max"], Filter("Display", "Power"));
        await AssertReportAsync(["Max"], Filter("Display", "Power", "max"));
        await AssertReportAsync(["1", "2"], Filter("Connector"));
        await AssertReportAsync(["2"], Filter("Connector", evseId: 2));
        await AssertReportAsync(["Brightness", "1"], Filter("Connector", evseId: 1), Filter("Display", "Brightness"));

        async Task AssertReportAsync(string[] expected, params ComponentVariableType[] filters)
        {
            Assert.Equal(
                GenericDeviceModelStatusEnumType.Accepted,
                await AskAsync(bench, new GetReportRequest { RequestId = 1, ComponentVariable = filters })
            );
            NotifyReportRequest report = await bench.ReceiveAsync<NotifyReportRequest>();
            Assert.Equal(
                expected,
                report.ReportData!.Select(one =>
                    one.Component.Evse is { } evse ? $"{evse.Id}" : one.Variable.Instance ?? one.Variable.Name
                )
            );
            await WhenReportedAsync();
        }
    }

    [Fact]
    public async Task A_custom_report_has_the_components_that_meet_one_of_its_criteria()
    {
        Add("Display", "Problem", true);
        Add("Speaker", "Problem", false);
        Add("Modem", "Enabled", false);
        Add("Light", "Active", true);
        await using BootBench bench = await BeginAsync();

        await AssertReportAsync(["Display"], ComponentCriterionEnumType.Problem);
        await AssertReportAsync(["Display", "Speaker", "Light"], ComponentCriterionEnumType.Enabled);
        await AssertReportAsync(
            ["Display", "Speaker", "Modem", "Light"],
            ComponentCriterionEnumType.Problem,
            ComponentCriterionEnumType.Active
        );

        void Add(string component, string name, bool value) =>
            _model.Component(component).AddBoolean(name, value, VariableOptions.ReadOnly);

        async Task AssertReportAsync(string[] expected, params ComponentCriterionEnumType[] criteria)
        {
            await AskAsync(bench, new GetReportRequest { RequestId = 1, ComponentCriteria = criteria });
            NotifyReportRequest report = await bench.ReceiveAsync<NotifyReportRequest>();
            Assert.Equal(
                expected,
                report.ReportData!.Select(one => one.Component.Name).Where(name => name != "DeviceDataCtrlr")
            );
            await WhenReportedAsync();
        }
    }

    [Fact]
    public async Task A_long_report_is_sent_in_parts_that_fit_the_limits()
    {
        DeviceModel model = DeviceModel.Open(new DeviceModelOptions { ItemsPerMessage = 4, BytesPerMessage = 2048 });
        DeviceComponent display = model.Component("Display");
        for (int index = 0; index < 9; index++)
        {
            display.AddInteger($"Small{index}", index);
        }

        for (int index = 0; index < 4; index++)
        {
            display.AddText($"Large{index}", new string('ä', 400));
        }

        display.AddText("Huge", new string('x', 2500));
        display.AddInteger("Last", 1);
        await using BootBench bench = await BeginAsync(model);

        await AskAsync(bench, new GetReportRequest { RequestId = 5, ComponentVariable = [Filter("Display")] });

        var names = new List<string>();
        var counts = new List<int>();
        NotifyReportRequest part;
        do
        {
            part = await bench.ReceiveAsync<NotifyReportRequest>();
            Assert.Equal((5, counts.Count), (part.RequestId, part.SeqNo));
            counts.Add(part.ReportData!.Count);
            names.AddRange(part.ReportData.Select(one => one.Variable.Name));
            bool isHuge = part.ReportData.Count == 1 && part.ReportData[0].Variable.Name == "Huge";
            Assert.True(isHuge || OcppJson.ToUtf8Bytes(part).Length + 64 <= 2048);
        } while (part.Tbc == true);

        Assert.Equal(model.Variables.Where(one => one.Component.Name == "Display").Select(one => one.Id.Name), names);
        Assert.Equal(4, counts.Max());
        Assert.True(counts.Count > 5);
        bench.AssertSilent();
    }

    [Fact]
    public async Task A_report_is_rejected_while_another_is_sent()
    {
        await using BootBench bench = await BeginAsync();
        var responded = new TaskCompletionSource<NotifyReportResponse>();
        bench.ReportAsync = _ => responded.Task;
        await AskAsync(bench, ReportBaseEnumType.FullInventory);
        await bench.ReceiveAsync<NotifyReportRequest>();

        Assert.Equal(
            GenericDeviceModelStatusEnumType.Rejected,
            await AskAsync(bench, ReportBaseEnumType.FullInventory)
        );
        Assert.Equal(
            GenericDeviceModelStatusEnumType.Rejected,
            await AskAsync(bench, new GetReportRequest { RequestId = 2 })
        );

        responded.SetResult(new NotifyReportResponse());
        await WhenReportedAsync();
        Assert.Equal(
            GenericDeviceModelStatusEnumType.Accepted,
            await AskAsync(bench, ReportBaseEnumType.FullInventory)
        );
    }

    [Fact]
    public async Task A_report_that_the_csms_fails_to_process_ends_and_the_next_one_is_sent()
    {
        var log = new TestLog();
        DeviceModel model = DeviceModel.Open(new DeviceModelOptions { ItemsPerMessage = 1, Logger = log });
        await using BootBench bench = await BeginAsync(model);
        bench.ReportAsync = _ => throw new OcppCallErrorException(OcppErrorCode.InternalError);
        await AskAsync(bench, ReportBaseEnumType.FullInventory);
        await bench.ReceiveAsync<NotifyReportRequest>();
        await WhenReportedAsync(model);

        Assert.Equal(406, Assert.Single(log.Lines).EventId);
        bench.AssertSilent();
        Assert.Equal(
            GenericDeviceModelStatusEnumType.Accepted,
            await AskAsync(bench, ReportBaseEnumType.FullInventory)
        );
    }

    [Fact]
    public async Task A_pending_station_reports_its_variables()
    {
        await using var bench = new BootBench(model: _model);
        bench.Boot = _ => BootBench.Answer(RegistrationStatusEnumType.Pending, 60);
        await bench.BeginAsync();
        await bench.RegisteredAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();

        await AskAsync(bench, ReportBaseEnumType.FullInventory);

        Assert.Equal(6, (await bench.ReceiveAsync<NotifyReportRequest>()).ReportData!.Count);
    }

    private static GetVariableDataType Read(
        string component,
        string variable,
        AttributeEnumType? attribute = null,
        int? evseId = null,
        string? instance = null
    ) =>
        new()
        {
            Component = new ComponentType
            {
                Name = component,
                Evse = evseId is { } id ? new EVSEType { Id = id } : null,
            },
            Variable = new VariableType { Name = variable, Instance = instance },
            AttributeType = attribute,
        };

    private static SetVariableDataType Write(
        string component,
        string variable,
        string value,
        AttributeEnumType? attribute = null
    ) =>
        new()
        {
            Component = new ComponentType { Name = component },
            Variable = new VariableType { Name = variable },
            AttributeType = attribute,
            AttributeValue = value,
        };

    private static ComponentVariableType Filter(
        string component,
        string? variable = null,
        string? instance = null,
        int? evseId = null
    ) =>
        new()
        {
            Component = new ComponentType
            {
                Name = component,
                Evse = evseId is { } id ? new EVSEType { Id = id } : null,
            },
            Variable = variable is null ? null : new VariableType { Name = variable, Instance = instance },
        };

    private static async Task<GenericDeviceModelStatusEnumType> AskAsync(
        BootBench bench,
        ReportBaseEnumType reportBase,
        int requestId = 1
    ) =>
        (
            await bench.CsmsSession.CallAsync(
                new GetBaseReportRequest { RequestId = requestId, ReportBase = reportBase }
            )
        ).Status;

    private static async Task<GenericDeviceModelStatusEnumType> AskAsync(BootBench bench, GetReportRequest request) =>
        (await bench.CsmsSession.CallAsync(request)).Status;

    /// <summary>The variables of a report of one part, without those of the model itself.</summary>
    private static async Task<IEnumerable<string>> NamesAsync(BootBench bench)
    {
        NotifyReportRequest report = await bench.ReceiveAsync<NotifyReportRequest>();
        Assert.False(report.Tbc);
        return report.ReportData!.Select(one => one.Variable.Name);
    }

    private async Task<BootBench> BeginAsync(DeviceModel? model = null)
    {
        var bench = new BootBench(model: model ?? _model);
        await bench.BeginAsync();
        await bench.ReceiveAsync<BootNotificationRequest>();
        await bench.RegisteredAsync();
        return bench;
    }

    /// <summary>Waits until the station has the response to the last part of a report.</summary>
    private async Task WhenReportedAsync(DeviceModel? model = null)
    {
        while (!(model ?? _model).TryBeginReport())
        {
            await Task.Yield();
        }

        (model ?? _model).EndReport();
    }
}
