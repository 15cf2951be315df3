using Ocpp.Rpc;
using Xunit;

namespace Ocpp.V201.Tests;

public class SenderTests
{
    [Fact]
    public void Every_request_has_a_sender() =>
        Assert.All(
            Ocpp201Protocol.Instance.Actions,
            action => Assert.NotEqual((action.Name, OcppParty.None), (action.Name, action.Sender))
        );
}
