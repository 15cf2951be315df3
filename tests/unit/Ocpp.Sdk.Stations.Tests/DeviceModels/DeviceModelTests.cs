using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Tests.Storage;

namespace Ocpp.Stations.Tests.DeviceModels;

public sealed class DeviceModelTests : IDisposable
{
    private static readonly ComponentId s_display = new("Display");

    private readonly TemporaryFolder _folder = new();
    private readonly FailingDisk _disk = new();
    private readonly TestLog _log = new();
    private readonly List<VariableChange> _changes = [];

    private string FilePath => _folder.Locate("variables");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_value_that_the_csms_sets_is_in_use_and_reported_to_the_application()
    {
        DeviceModel model = Open();
        var applied = new List<int>();
        Variable<int> brightness = AddBrightness(model).Apply(applied.Add);

        VariableSetResult result = Set(model, "Brightness", "40");

        Assert.Equal(new VariableSetResult(VariableSetStatus.Accepted), result);
        Assert.Equal(40, brightness.Value);
        Assert.Equal([80, 40], applied);
        Assert.Equal([new VariableChange(brightness, AttributeType.Actual, IsFromCsms: true)], _changes);
        Assert.Equal("40", Get(model, "brightness").Value);
    }

    [Fact]
    public void A_value_that_is_set_again_is_accepted_and_not_reported()
    {
        DeviceModel model = Open();
        AddBrightness(model);
        Set(model, "Brightness", "40");
        _changes.Clear();
        int flushes = _disk.Flushes;

        Assert.Equal(VariableSetStatus.Accepted, Set(model, "Brightness", "40").Status);

        Assert.Empty(_changes);
        Assert.Equal(flushes, _disk.Flushes);
    }

    [Theory]
    [InlineData("101", ReasonCodes.ValueTooHigh)]
    [InlineData("-1", ReasonCodes.ValueTooLow)]
    [InlineData("40.5", ReasonCodes.InvalidValue)]
    [InlineData("bright", ReasonCodes.InvalidValue)]
    [InlineData("", ReasonCodes.InvalidValue)]
    [InlineData("99999999999", ReasonCodes.InvalidValue)]
    public void A_number_beyond_its_limits_or_of_another_type_is_rejected(string value, string reasonCode)
    {
        DeviceModel model = Open();
        Variable<int> brightness = AddBrightness(model);

        VariableSetResult result = Set(model, "Brightness", value);

        Assert.Equal((VariableSetStatus.Rejected, reasonCode), (result.Status, result.Rejection?.ReasonCode));
        Assert.Equal(80, brightness.Value);
        Assert.Empty(_changes);
    }

    [Theory]
    [InlineData("Switch", "TRUE", "true")]
    [InlineData("Switch", "1", null)]
    [InlineData("Price", "0.25", "0.25")]
    [InlineData("Price", "0,25", null)]
    [InlineData("Price", "1e3", null)]
    [InlineData("Until", "2026-01-02T03:04:05+01:00", "2026-01-02T02:04:05Z")]
    [InlineData("Until", "tomorrow", null)]
    [InlineData("Until", "2026-01-02", null)]
    [InlineData("Mode", "Eco", "Eco")]
    [InlineData("Mode", "eco", null)]
    [InlineData("Mode", "", null)]
    [InlineData("Order", "B, A", "B,A")]
    [InlineData("Order", "A,A", null)]
    [InlineData("Order", "A,C", null)]
    [InlineData("Set", "", "")]
    [InlineData("Set", "B", "B")]
    [InlineData("Title", "abcde", "abcde")]
    public void Each_type_takes_its_values_and_no_others(string name, string value, string? expected)
    {
        DeviceModel model = Open();
        DeviceComponent component = model.Component("Display");
        component.AddBoolean("Switch", false);
        component.AddDecimal("Price", 1m);
        component.AddDateTime("Until", DateTimeOffset.UnixEpoch);
        component.AddOption("Mode", ["Normal", "Eco"], "Normal");
        component.AddSequence("Order", ["A", "B"], ["A"]);
        component.AddMembers("Set", ["A", "B"], ["A"]);
        component.AddText("Title", "", new VariableOptions { MaxLimit = 5 });

        VariableSetResult result = Set(model, name, value);

        if (expected is null)
        {
            Assert.Equal(
                (VariableSetStatus.Rejected, ReasonCodes.InvalidValue),
                (result.Status, result.Rejection?.ReasonCode)
            );
        }
        else
        {
            Assert.Equal(VariableSetStatus.Accepted, result.Status);
            Assert.Equal(expected, Get(model, name).Value);
        }
    }

    [Fact]
    public void A_text_longer_than_its_limit_is_rejected()
    {
        DeviceModel model = Open();
        model.Component("Display").AddText("Title", "", new VariableOptions { MaxLimit = 5 });

        Assert.Equal(ReasonCodes.TooLargeElement, Set(model, "Title", "abcdef").Rejection?.ReasonCode);
    }

    [Fact]
    public void What_is_unknown_or_may_not_be_set_is_named()
    {
        DeviceModel model = Open();
        model.Component("Display").AddInteger("Width", 800, VariableOptions.ReadOnly);

        VariableSetResult readOnly = Set(model, "Width", "1");

        Assert.Equal(
            (VariableSetStatus.Rejected, ReasonCodes.ReadOnly),
            (readOnly.Status, readOnly.Rejection?.ReasonCode)
        );
        Assert.Equal(VariableSetStatus.UnknownVariable, Set(model, "Height", "1").Status);
        Assert.Equal(
            VariableSetStatus.NotSupportedAttributeType,
            Set(model, "Width", "1", AttributeType.Target).Status
        );
        VariableSetting[] elsewhere =
        [
            new(new ComponentId("Speaker"), new VariableId("Width"), "1"),
            new(s_display with { EvseId = 1 }, new VariableId("Width"), "1"),
            new(s_display with { Instance = "2" }, new VariableId("Width"), "1"),
            new(s_display with { Instance = "" }, new VariableId("Width") { Instance = "2" }, "1"),
        ];
        Assert.Equal(
            [
                VariableSetStatus.UnknownComponent,
                VariableSetStatus.UnknownComponent,
                VariableSetStatus.UnknownComponent,
                VariableSetStatus.UnknownVariable,
            ],
            model.Set(elsewhere).Select(one => one.Status)
        );
    }

    [Fact]
    public void An_attribute_that_is_set_twice_in_one_request_is_not_set_at_all()
    {
        DeviceModel model = Open();
        Variable<int> brightness = AddBrightness(model);
        Variable<int> contrast = model.Component("Display").AddInteger("Contrast", 1);

        IReadOnlyList<VariableSetResult> results = model.Set([
            new VariableSetting(s_display, new VariableId("Brightness"), "10"),
            new VariableSetting(s_display, new VariableId("Contrast"), "2"),
            new VariableSetting(new ComponentId("DISPLAY"), new VariableId("brightness"), "20"),
        ]);

        Assert.Equal(
            [VariableSetStatus.Rejected, VariableSetStatus.Accepted, VariableSetStatus.Rejected],
            results.Select(one => one.Status)
        );
        Assert.Equal(ReasonCodes.UnsupportedRequest, results[0].Rejection?.ReasonCode);
        Assert.Equal((80, 2), (brightness.Value, contrast.Value));
    }

    [Fact]
    public void The_limits_that_the_csms_has_set_hold_for_actual_and_target()
    {
        DeviceModel model = Open();
        Variable<decimal> power = model
            .Component("Display")
            .AddDecimal(
                "Power",
                10m,
                new VariableOptions
                {
                    MaxLimit = 100,
                    Target = VariableMutability.ReadWrite,
                    MinSet = VariableMutability.ReadWrite,
                    MaxSet = VariableMutability.ReadWrite,
                }
            );
        Assert.Equal("", Get(model, "Power", AttributeType.Target).Value);

        Assert.Equal(VariableSetStatus.Accepted, Set(model, "Power", "5", AttributeType.MinSet).Status);
        Assert.Equal(VariableSetStatus.Accepted, Set(model, "Power", "50", AttributeType.MaxSet).Status);

        Assert.Equal(ReasonCodes.ValueTooHigh, Set(model, "Power", "50.1").Rejection?.ReasonCode);
        Assert.Equal(ReasonCodes.ValueTooLow, Set(model, "Power", "4.9", AttributeType.Target).Rejection?.ReasonCode);
        Assert.Equal(VariableSetStatus.Accepted, Set(model, "Power", "20", AttributeType.Target).Status);
        Assert.Equal(10m, power.Value);
        Assert.True(power.TryGet(AttributeType.Target, out decimal target));
        Assert.Equal(20m, target);
    }

    [Fact]
    public void The_application_may_refuse_a_value()
    {
        DeviceModel model = Open();
        AddBrightness(model).Accept(value => value % 10 == 0);

        Assert.Equal(ReasonCodes.InvalidValue, Set(model, "Brightness", "45").Rejection?.ReasonCode);
        Assert.Equal(VariableSetStatus.Accepted, Set(model, "Brightness", "50").Status);
    }

    [Fact]
    public void A_secret_can_be_set_and_not_read()
    {
        DeviceModel model = Open();
        Variable<string> pin = model
            .Component("Display")
            .AddText("Pin", "0000", new VariableOptions { Mutability = VariableMutability.WriteOnly });

        Assert.Equal(VariableSetStatus.Accepted, Set(model, "Pin", "1234").Status);
        VariableReading reading = Get(model, "Pin");

        Assert.Equal("1234", pin.Value);
        Assert.Equal(
            (VariableReadStatus.Rejected, null, ReasonCodes.WriteOnly),
            (reading.Status, reading.Value, reading.Rejection?.ReasonCode)
        );
    }

    [Fact]
    public void A_value_is_read_from_the_hardware_and_the_last_one_is_used_if_that_fails()
    {
        DeviceModel model = Open();
        int width = 800;
        Variable<int> variable = model
            .Component("Display")
            .AddInteger("Width", 1, VariableOptions.ReadOnly)
            .ReadFrom(() => width > 0 ? width : throw new InvalidOperationException("No display."));
        Assert.Equal((800, "800"), (variable.Value, Get(model, "Width").Value));

        width = 0;

        Assert.Equal((1, "1"), (variable.Value, Get(model, "Width").Value));
        Assert.Equal([404, 404], _log.Lines.Select(line => line.EventId));
    }

    [Fact]
    public void What_was_set_survives_a_restart()
    {
        DeviceModel before = Open();
        AddBrightness(before);
        before.Component("Connector", 2, 1).AddText("Label", "A", new VariableOptions { Instance = "Left" });
        Set(before, "Brightness", "40");
        var label = new VariableId("Label") { Instance = "Left" };
        before.Set([new VariableSetting(new ComponentId("Connector") { EvseId = 2, ConnectorId = 1 }, label, "B ü")]);

        DeviceModel after = Open();

        Assert.Equal(40, AddBrightness(after).Value);
        Assert.Equal(
            "B ü",
            after.Component("Connector", 2, 1).AddText("Label", "A", new VariableOptions { Instance = "Left" }).Value
        );
        Assert.Equal(
            "A",
            after.Component("Connector", 2, 2).AddText("Label", "A", new VariableOptions { Instance = "Left" }).Value
        );
    }

    [Fact]
    public void What_the_application_sets_survives_a_restart_if_it_is_persistent()
    {
        DeviceModel before = Open();
        AddBrightness(before).Value = 30;
        before.Component("Display").AddInteger("Width", 1, VariableOptions.ReadOnly).Value = 2;
        before
            .Component("Display")
            .AddInteger("Starts", 1, VariableOptions.ReadOnly with { IsPersistent = true })
            .Value = 2;

        DeviceModel after = Open();

        Assert.Equal(30, AddBrightness(after).Value);
        Assert.Equal(1, after.Component("Display").AddInteger("Width", 1, VariableOptions.ReadOnly).Value);
        Assert.Equal(
            2,
            after
                .Component("Display")
                .AddInteger("Starts", 1, VariableOptions.ReadOnly with { IsPersistent = true })
                .Value
        );
    }

    [Fact]
    public void A_value_that_requires_a_reboot_is_in_use_after_the_next_start()
    {
        var options = new VariableOptions { RequiresReboot = true };
        DeviceModel before = Open();
        Variable<int> baud = before.Component("Display").AddInteger("BaudRate", 9600, options);
        baud.Changed += _ => Assert.Fail("The value in use must not change.");

        Assert.Equal(VariableSetStatus.RebootRequired, Set(before, "BaudRate", "19200").Status);
        Assert.Equal((9600, "19200"), (baud.Value, Get(before, "BaudRate").Value));

        Assert.Equal(19200, Open().Component("Display").AddInteger("BaudRate", 9600, options).Value);
    }

    [Fact]
    public void A_value_that_does_not_fit_any_more_is_not_used_and_stays_in_the_file()
    {
        DeviceModel before = Open();
        AddBrightness(before);
        Set(before, "Brightness", "90");

        DeviceModel narrower = Open();
        Variable<int> brightness = narrower
            .Component("Display")
            .AddInteger("Brightness", 10, new VariableOptions { MaxLimit = 50 });
        narrower.Component("Display").AddInteger("Contrast", 1).Value = 2;

        Assert.Equal(10, brightness.Value);
        Assert.Equal(
            [(407, "What was set of Display.Brightness does not fit any more, and is not used")],
            _log.Lines.Select(line => (line.EventId, line.Text))
        );
        Assert.Equal(90, AddBrightness(Open()).Value);
    }

    [Fact]
    public void A_full_disk_rejects_what_has_to_be_saved_and_changes_nothing()
    {
        DeviceModel model = Open();
        Variable<int> brightness = AddBrightness(model);
        Variable<int> volatileValue = model
            .Component("Display")
            .AddInteger("Contrast", 1, new VariableOptions { IsPersistent = false });
        Set(model, "Brightness", "40");
        _changes.Clear();
        _disk.Room = 30;

        IReadOnlyList<VariableSetResult> results = model.Set([
            new VariableSetting(s_display, new VariableId("Brightness"), "50"),
            new VariableSetting(s_display, new VariableId("Contrast"), "2"),
        ]);

        Assert.Equal(
            (VariableSetStatus.Rejected, ReasonCodes.OutOfStorage, VariableSetStatus.Accepted),
            (results[0].Status, results[0].Rejection?.ReasonCode, results[1].Status)
        );
        Assert.Equal((40, 2), (brightness.Value, volatileValue.Value));
        Assert.Equal([volatileValue], _changes.Select(one => one.Variable));
        Assert.Throws<IOException>(() => brightness.Value = 60);
        Assert.Equal(40, brightness.Value);
        Assert.Equal(408, Assert.Single(_log.Lines).EventId);
        _disk.Room = long.MaxValue;
        Assert.Equal(40, AddBrightness(Open()).Value);
    }

    [Fact]
    public void A_crash_at_any_byte_of_a_save_leaves_the_old_values()
    {
        DeviceModel model = Open();
        AddBrightness(model);
        Set(model, "Brightness", "40");
        long length = new FileInfo(FilePath).Length;

        for (long room = 0; room < length; room++)
        {
            _disk.Room = room;
            Assert.Equal(VariableSetStatus.Rejected, Set(model, "Brightness", "50").Status);
            _disk.Room = long.MaxValue;

            Assert.Equal(40, AddBrightness(Open()).Value);
        }

        Assert.Equal(VariableSetStatus.Accepted, Set(model, "Brightness", "50").Status);
        Assert.Equal(50, AddBrightness(Open()).Value);
    }

    [Fact]
    public void A_damaged_file_is_refused_and_stays_as_it_is()
    {
        DeviceModel model = Open();
        AddBrightness(model);
        Set(model, "Brightness", "40");
        byte[] whole = File.ReadAllBytes(FilePath);

        for (int index = 0; index < whole.Length; index++)
        {
            byte[] changed = [.. whole];
            changed[index] ^= 1;
            AssertRefused(changed);
            AssertRefused(whole[..index]);
        }

        File.WriteAllBytes(FilePath, whole);
        Assert.Equal(40, AddBrightness(Open()).Value);

        void AssertRefused(byte[] content)
        {
            File.WriteAllBytes(FilePath, content);
            InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => Open());
            Assert.StartsWith(FilePath, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllBytes(FilePath));
        }
    }

    [Fact]
    public void Only_its_owner_can_read_the_file()
    {
        AddBrightness(Open()).Value = 1;

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public void A_callback_that_fails_is_logged_and_affects_nothing_else()
    {
        DeviceModel model = Open();
        Variable<int> brightness = AddBrightness(model);
        brightness.Changed += _ => throw new InvalidOperationException("No display.");

        Assert.Equal(VariableSetStatus.Accepted, Set(model, "Brightness", "40").Status);

        Assert.Equal(40, brightness.Value);
        Assert.Equal(404, Assert.Single(_log.Lines).EventId);
    }

    [Fact]
    public void A_declaration_that_no_message_could_have_is_refused()
    {
        DeviceModel model = Open();
        DeviceComponent component = model.Component("Display");
        AddBrightness(model);

        Assert.Throws<ArgumentException>(() => component.AddInteger("BRIGHTNESS", 1));
        Assert.Throws<ArgumentException>(() => component.AddInteger("", 1));
        Assert.Throws<ArgumentException>(() => component.AddInteger(new string('a', 51), 1));
        Assert.Throws<ArgumentException>(() => component.AddText("Text", new string('a', 2501)));
        Assert.Throws<ArgumentException>(() => component.AddOption("Mode", ["A"], "B"));
        Assert.Throws<ArgumentException>(() => component.AddOption("Mode", ["A,B"], "A,B"));
        Assert.Throws<ArgumentException>(() => component.AddOption("Mode", [], ""));
        Assert.Throws<ArgumentException>(() => model.Component("Connector", connectorId: 1));
        Assert.Throws<ArgumentException>(() => new VariableOptions { Unit = new string('a', 17) });
        Assert.Throws<ArgumentException>(() => component.AddInteger("Other", 1).Set(AttributeType.Target, 1));
    }

    [Fact]
    public void Values_that_are_set_at_once_are_all_in_the_file()
    {
        DeviceModel model = Open();
        Variable<int>[] variables = [.. Enumerable.Range(0, 20).Select(one => Add(model, one))];

        Parallel.For(
            0,
            variables.Length,
            one =>
            {
                for (int value = 1; value <= 10; value++)
                {
                    Set(model, $"V{one}", $"{value}");
                }
            }
        );

        DeviceModel after = Open();
        Assert.All(Enumerable.Range(0, 20), one => Assert.Equal(10, Add(after, one).Value));

        static Variable<int> Add(DeviceModel model, int one) => model.Component("Display").AddInteger($"V{one}", 0);
    }

    private static Variable<int> AddBrightness(DeviceModel model) =>
        model
            .Component("Display")
            .AddInteger(
                "Brightness",
                80,
                new VariableOptions
                {
                    Unit = "Percent",
                    MinLimit = 0,
                    MaxLimit = 100,
                }
            );

    private static VariableSetResult Set(
        DeviceModel model,
        string name,
        string value,
        AttributeType attribute = AttributeType.Actual
    ) =>
        Assert.Single(
            model.Set([new VariableSetting(s_display, new VariableId(name), value) { Attribute = attribute }])
        );

    private static VariableReading Get(
        DeviceModel model,
        string name,
        AttributeType attribute = AttributeType.Actual
    ) => model.Get(s_display, new VariableId(name), attribute);

    private DeviceModel Open() =>
        DeviceModel.Open(
            new DeviceModelOptions
            {
                Path = FilePath,
                Logger = _log,
                Changed = _changes.Add,
            },
            _disk
        );
}
