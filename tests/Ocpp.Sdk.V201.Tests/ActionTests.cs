using Ocpp.V201.Tests.Schemas;
using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>The registry, against the schema files.</summary>
public class ActionTests
{
    [Fact]
    public void Registry_has_the_actions_of_all_files_and_no_other()
    {
        string[] files = [.. SchemaFile.All.Select(file => file.Name)];
        string[] expected = [.. Ocpp201Protocol.Instance.Actions.SelectMany(action => new[] { action.Name + "Request", action.Name + "Response" })];
        Assert.Equal(files, expected.Order(StringComparer.Ordinal));
        Assert.Equal(64, Ocpp201Protocol.Instance.Actions.Count);
    }

    [Fact]
    public void Registry_knows_who_sends_each_request()
    {
        foreach (OcppAction action in Ocpp201Protocol.Instance.Actions)
        {
            OcppParty expected = SchemaFile.Get(action.Name + "Request").Sender switch
            {
                "ChargingStation" => OcppParty.ChargingStation,
                "CSMS" => OcppParty.Csms,
                "both" => OcppParty.Both,
                _ => OcppParty.None,
            };
            Assert.NotEqual(OcppParty.None, expected);
            Assert.Equal((action.Name, expected), (action.Name, action.Sender));
        }
    }
}
