using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Transactions;
using Ocpp.V16;

namespace Ocpp.Stations.Tests.V16;

public sealed class V16ConfigurationTests
{
    [Fact]
    public async Task Keys_that_are_asked_for_have_their_values_and_unknown_ones_are_named() // TC_019_2
    {
        await using var bench = await BeginAsync(Model());

        GetConfigurationResponse response = await GetAsync(
            bench,
            "heartbeatinterval",
            "VendorKey",
            "NumberOfConnectors",
            "Nothing",
            "HeartbeatInterval"
        );

        Assert.Equal(
            ["HeartbeatInterval=300 rw", "VendorKey=a rw", "NumberOfConnectors=2 r"],
            response.ConfigurationKey!.Select(Describe)
        );
        Assert.Equal(["Nothing"], response.UnknownKey);
    }

    [Fact]
    public async Task All_keys_are_returned_if_none_is_asked_for() // TC_019_1
    {
        await using var bench = await BeginAsync(Model());

        GetConfigurationResponse response = await GetAsync(bench);

        Assert.Equal(
            ["GetConfigurationMaxKeys=5 r", "NumberOfConnectors=2 r", "VendorKey=a rw", "HeartbeatInterval=300 rw"],
            response.ConfigurationKey!.Select(Describe).Where(one => !one.StartsWith("Long", StringComparison.Ordinal))
        );
        Assert.Null(response.UnknownKey);
        KeyValue cut = Assert.Single(response.ConfigurationKey!, one => one.Key == "Long");
        Assert.Equal(500, cut.Value!.Length);
    }

    [Fact]
    public async Task More_keys_than_the_station_takes_are_refused()
    {
        await using var bench = await BeginAsync(Model());

        OcppCallErrorException error = await Assert.ThrowsAsync<OcppCallErrorException>(() =>
            GetAsync(bench, "A", "B", "C", "D", "E", "F")
        );

        Assert.Equal(OcppErrorCode.OccurrenceConstraintViolation, error.ErrorCode);
    }

    [Fact]
    public async Task A_key_that_the_csms_changes_is_in_use_and_saved() // TC_021
    {
        using var folder = new TemporaryFolder();
        DeviceModel model = Model(folder.Locate("model"));
        await using var bench = await BeginAsync(model);

        Assert.Equal(ConfigurationStatus.Accepted, await ChangeAsync(bench, "HEARTBEATINTERVAL", "60"));

        Assert.Equal(TimeSpan.FromSeconds(60), bench.Registration.HeartbeatInterval);
        DeviceModel reopened = Model(folder.Locate("model"));
        reopened.AddVariablesOf(bench.Registration);
        Assert.Equal("60", reopened.Get(new ComponentId("OCPPCommCtrlr"), new VariableId("HeartbeatInterval")).Value);
    }

    [Fact]
    public async Task A_change_is_rejected_not_supported_or_waits_for_a_restart() // TC_040_1, TC_040_2
    {
        DeviceModel model = Model();
        model
            .Component(ConfigurationKeys.Component)
            .AddInteger("Restarting", 1, new VariableOptions { RequiresReboot = true });
        await using var bench = await BeginAsync(model);

        Assert.Equal(ConfigurationStatus.NotSupported, await ChangeAsync(bench, "Nothing", "1"));
        Assert.Equal(ConfigurationStatus.Rejected, await ChangeAsync(bench, "HeartbeatInterval", "-1"));
        Assert.Equal(ConfigurationStatus.Rejected, await ChangeAsync(bench, "HeartbeatInterval", "x"));
        Assert.Equal(ConfigurationStatus.Rejected, await ChangeAsync(bench, "NumberOfConnectors", "3"));
        Assert.Equal(ConfigurationStatus.RebootRequired, await ChangeAsync(bench, "Restarting", "2"));
    }

    [Fact]
    public async Task A_value_that_cannot_be_saved_is_rejected()
    {
        using var folder = new TemporaryFolder();
        var disk = new Storage.FailingDisk();
        var model = DeviceModel.Open(new DeviceModelOptions { Path = folder.Locate("model") }, disk);
        Variable<string> key = model.Component(ConfigurationKeys.Component).AddText("VendorKey", "a");
        await using var bench = await BeginAsync(model);
        disk.Room = 0;

        Assert.Equal(ConfigurationStatus.Rejected, await ChangeAsync(bench, "VendorKey", "b"));

        Assert.Equal("a", key.Value);
    }

    [Fact]
    public async Task The_keys_of_the_queue_change_its_attempts()
    {
        using var folder = new TemporaryFolder();
        await using var queue = MessageQueue.Open(new MessageQueueOptions { Path = folder.Locate("queue") });
        DeviceModel model = Model();
        model.AddVariablesOf(queue);
        await using var bench = await BeginAsync(model);

        await ChangeAsync(bench, "TransactionMessageAttempts", "7");
        await ChangeAsync(bench, "TransactionMessageRetryInterval", "11");

        Assert.Equal((7, TimeSpan.FromSeconds(11)), (queue.MaxAttempts, queue.AttemptInterval));
    }

    [Fact]
    public async Task The_keys_of_transactions_change_their_settings()
    {
        var settings = new TransactionSettings();
        DeviceModel model = Model();
        model.AddTransactions(settings, changed => settings = changed);
        await using var bench = await BeginAsync(model);

        await ChangeAsync(bench, "StopTransactionOnInvalidId", "false");
        await ChangeAsync(bench, "StopTransactionOnEVSideDisconnect", "FALSE");
        await ChangeAsync(bench, "MaxEnergyOnInvalidId", "500");

        Assert.Equal(
            (false, false, 500),
            (settings.StopTxOnInvalidId, settings.StopTxOnEVSideDisconnect, settings.MaxEnergyOnInvalidId)
        );
    }

    [Fact]
    public async Task The_operator_s_name_is_cpo_name()
    {
        string name = "";
        DeviceModel model = Model();
        model.AddCertificateSigning(
            new CertificateSigningSettings("Example", TimeSpan.FromSeconds(1), 1),
            settings => name = settings.OrganizationName
        );
        await using var bench = await BeginAsync(model);

        Assert.Equal(ConfigurationStatus.Accepted, await ChangeAsync(bench, "CpoName", "Other"));

        Assert.Equal("Other", name);
    }

    [Fact]
    public async Task A_new_authorization_key_is_used_for_the_next_connection_and_never_read() // TC_073
    {
        const string Key = "00112233445566778899AABBCCDDEEFF00112233";
        using var folder = new TemporaryFolder();
        DeviceModel model = Model(folder.Locate("model"));
        await using var bench = await BeginAsync(model, bench => model.AddAuthorizationKey(bench.Client));
        Assert.Equal("a password of Basic", (await bench.Connections.Reader.ReadAsync()).Password);

        Assert.Equal(ConfigurationStatus.Accepted, await ChangeAsync(bench, "AuthorizationKey", Key));

        OcppClientOptions options = await bench.Connections.Reader.ReadAsync();
        Assert.Null(options.Password);
        Assert.Equal(Key, Convert.ToHexString(options.AuthorizationKey.Span));
        GetConfigurationResponse response = await GetAsync(bench, "AuthorizationKey");
        Assert.Equal(["AuthorizationKey= rw"], response.ConfigurationKey!.Select(Describe));
        Assert.DoesNotContain(
            (await GetAsync(bench)).ConfigurationKey!,
            one => one.Value?.Contains(Key, StringComparison.OrdinalIgnoreCase) == true
        );
        Assert.DoesNotContain(
            bench.Log.Lines,
            line => line.ToString().Contains(Key, StringComparison.OrdinalIgnoreCase)
        );

        await using var restarted = await BeginAsync(
            Model(folder.Locate("model")),
            (bench, reopened) => reopened.AddAuthorizationKey(bench.Client)
        );
        Assert.Equal(Key, Convert.ToHexString((await restarted.Connections.Reader.ReadAsync()).AuthorizationKey.Span));
    }

    [Theory]
    [InlineData("0011")]
    [InlineData("00112233445566778899AABBCCDDEEFF0011223G")]
    [InlineData("00112233445566778899AABBCCDDEEFF0011223344")]
    public async Task An_authorization_key_of_another_form_is_rejected(string key)
    {
        DeviceModel model = Model();
        await using var bench = await BeginAsync(model, bench => model.AddAuthorizationKey(bench.Client));

        Assert.Equal(ConfigurationStatus.Rejected, await ChangeAsync(bench, "AuthorizationKey", key));

        Assert.True(bench.Client.Options.AuthorizationKey.IsEmpty);
    }

    private static DeviceModel Model(string? path = null)
    {
        var model = DeviceModel.Open(new DeviceModelOptions { Path = path, ItemsPerMessage = 5 });
        DeviceComponent component = model.Component(ConfigurationKeys.Component);
        component.AddInteger(ConfigurationKeys.NumberOfConnectors, 2, VariableOptions.ReadOnly);
        component.AddText("VendorKey", "a");
        component.AddText("Long", new string('x', 501));
        return model;
    }

    private static Task<V16StationBench> BeginAsync(DeviceModel model, Action<V16StationBench>? configure = null) =>
        BeginAsync(model, (bench, _) => configure?.Invoke(bench));

    private static async Task<V16StationBench> BeginAsync(
        DeviceModel model,
        Action<V16StationBench, DeviceModel> configure
    )
    {
        var bench = new V16StationBench(
            (bench, handlers) =>
            {
                if (!model.Variables.Any(one => one.Id.Name == StandardVariables.HeartbeatInterval))
                {
                    model.AddVariablesOf(bench.Registration);
                }

                configure(bench, model);
                model.AddTo(handlers, bench.Registration);
            }
        );
        await bench.BeginAsync();
        await bench.AssertReceivedAsync("Boot Example ");
        await bench.Clock.WhenArmedAsync(1);
        return bench;
    }

    private static Task<GetConfigurationResponse> GetAsync(V16StationBench bench, params string[] keys) =>
        bench.CsmsSession.CallAsync(new GetConfigurationRequest { Key = keys.Length > 0 ? keys : null });

    private static async Task<ConfigurationStatus> ChangeAsync(V16StationBench bench, string key, string value) =>
        (await bench.CsmsSession.CallAsync(new ChangeConfigurationRequest { Key = key, Value = value })).Status;

    private static string Describe(KeyValue value) => $"{value.Key}={value.Value} {(value.Readonly ? "r" : "rw")}";
}
