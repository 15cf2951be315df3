using Ocpp.Stations.DeviceModels;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Stations.Tests.DeviceModels;

/// <summary>A CSMS that reads and sets more variables than a message of the station has.</summary>
public sealed class VariableExtensionsTests
{
    private readonly List<int> _requests = [];

    [Theory]
    [InlineData(1, 32768, 11)]
    [InlineData(4, 32768, 3)]
    [InlineData(100, 32768, 1)]
    [InlineData(100, 1024, 2)]
    public async Task Any_number_of_variables_is_read_and_set_in_messages_that_the_station_takes(
        int itemsPerMessage,
        int bytesPerMessage,
        int messages
    )
    {
        DeviceModel model = DeviceModel.Open(
            new DeviceModelOptions { ItemsPerMessage = itemsPerMessage, BytesPerMessage = bytesPerMessage }
        );
        Variable<int>[] variables =
        [
            .. Enumerable
                .Range(0, 11)
                .Select(one => model.Component("Display").AddInteger($"V{one}".PadRight(50, 'x'), one)),
        ];
        await using var bench = new BootBench(model: model);
        await bench.BeginAsync();
        await bench.RegisteredAsync();
        IOcppCaller station = bench.CsmsSession;

        VariableMessageLimits limits = await station.GetVariableLimitsAsync();
        IReadOnlyList<SetVariableResultType> set = await station.SetVariablesAsync(
            [.. variables.Select((one, index) => Write(one.Id.Name, 100 - index))],
            limits
        );
        IReadOnlyList<GetVariableResultType> read = await station.GetVariablesAsync([
            .. variables.Select(one => Read(one.Id.Name)),
        ]);

        Assert.Equal(
            new VariableMessageLimits
            {
                ItemsPerGetVariables = itemsPerMessage,
                BytesPerGetVariables = bytesPerMessage,
                ItemsPerSetVariables = itemsPerMessage,
                BytesPerSetVariables = bytesPerMessage,
            },
            limits
        );
        Assert.Equal(
            variables.Select((one, index) => (one.Id.Name, SetVariableStatusEnumType.Accepted)),
            set.Select(one => (one.Variable.Name, one.AttributeStatus))
        );
        Assert.Equal(
            variables.Select((one, index) => (one.Id.Name, $"{100 - index}")),
            read.Select(one => (one.Variable.Name, one.AttributeValue!))
        );
        await using OcppPair pair = Begin(results => results);
        await pair.Csms.GetVariablesAsync([.. variables.Select(one => Read(one.Id.Name))], limits);
        Assert.Equal(messages, _requests.Count);
        Assert.Equal(11, _requests.Sum());
    }

    [Fact]
    public async Task A_station_without_limits_gets_all_in_one_message()
    {
        await using OcppPair pair = Begin(results => results, GetVariableStatusEnumType.UnknownVariable);

        Assert.Equal(new VariableMessageLimits(), await pair.Csms.GetVariableLimitsAsync());
        await pair.Csms.GetVariablesAsync([.. Enumerable.Range(0, 500).Select(one => Read($"V{one}"))]);

        Assert.Equal(500, _requests[^1]);
    }

    [Fact]
    public async Task Results_in_another_order_are_put_in_order()
    {
        await using OcppPair pair = Begin(results => results.Reverse());

        IReadOnlyList<GetVariableResultType> results = await pair.Csms.GetVariablesAsync(
            [Read("A"), Read("B"), Read("C")],
            new VariableMessageLimits()
        );

        Assert.Equal(["A", "B", "C"], results.Select(one => one.Variable.Name));
    }

    [Fact]
    public async Task A_response_that_lacks_a_result_is_invalid()
    {
        await using OcppPair pair = Begin(results => results.Skip(1));

        await Assert.ThrowsAsync<OcppInvalidResponseException>(() =>
            pair.Csms.GetVariablesAsync([Read("A"), Read("B")], new VariableMessageLimits())
        );
    }

    [Fact]
    public async Task An_attribute_that_would_be_set_twice_is_refused_before_anything_is_sent()
    {
        await using OcppPair pair = Begin(results => results);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            pair.Csms.SetVariablesAsync([
                Write("A", 1),
                Write("a", 2) with
                {
                    AttributeType = AttributeEnumType.Actual,
                },
            ])
        );

        Assert.Empty(_requests);
        Assert.Empty(await pair.Csms.SetVariablesAsync([]));
    }

    private static GetVariableDataType Read(string name) =>
        new()
        {
            Component = new ComponentType { Name = "Display" },
            Variable = new VariableType { Name = name },
        };

    private static SetVariableDataType Write(string name, int value) =>
        new()
        {
            Component = new ComponentType { Name = "Display" },
            Variable = new VariableType { Name = name },
            AttributeValue = $"{value}",
        };

    /// <summary>A station that responds as a test wants it.</summary>
    private OcppPair Begin(
        Func<IEnumerable<GetVariableResultType>, IEnumerable<GetVariableResultType>> respond,
        GetVariableStatusEnumType status = GetVariableStatusEnumType.Accepted
    ) =>
        OcppPair.Create(
            Ocpp201Protocol.Instance,
            station =>
                station.On(
                    (GetVariablesRequest request) =>
                    {
                        _requests.Add(request.GetVariableData.Count);
                        return new GetVariablesResponse
                        {
                            GetVariableResult =
                            [
                                .. respond(
                                    request.GetVariableData.Select(one => new GetVariableResultType
                                    {
                                        Component = one.Component,
                                        Variable = one.Variable,
                                        AttributeStatus = status,
                                        AttributeValue = "1",
                                    })
                                ),
                            ],
                        };
                    }
                )
        );
}
