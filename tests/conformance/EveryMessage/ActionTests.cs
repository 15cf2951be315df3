using System.Text;
using Ocpp.EveryMessage.Schemas;
using Ocpp.Rpc;
using Xunit;

namespace Ocpp.EveryMessage;

/// <summary>The registry, against the schema files.</summary>
public class ActionTests
{
    [Fact]
    public void Registry_has_the_actions_of_all_files_and_no_other() =>
        Assert.Equal(SchemaFile.All.Select(file => file.Name), PayloadType.Names.Order(StringComparer.Ordinal));

    [Fact]
    public void Each_action_is_found_by_its_name_in_both_forms()
    {
        foreach (OcppAction action in Protocol.Instance.Actions)
        {
            Assert.Same(action, Protocol.Instance.FindAction(action.Name));
            Assert.Same(action, Protocol.Instance.FindAction(Encoding.UTF8.GetBytes(action.Name)));
            Assert.Null(Protocol.Instance.FindAction(action.Name.ToUpperInvariant()));
        }
    }

    [Fact]
    public void Registry_knows_who_sends_each_request_where_the_file_says_so()
    {
        foreach (OcppAction action in Protocol.Instance.Actions)
        {
            OcppParty expected = SchemaFile.Get(PayloadType.PayloadsOf(action)[0].Name).Sender switch
            {
                "ChargingStation" => OcppParty.ChargingStation,
                "CSMS" => OcppParty.Csms,
                "both" => OcppParty.Both,
                _ => OcppParty.None,
            };
            Assert.Equal((action.Name, expected), (action.Name, action.Sender));
        }
    }
}
