using Ocpp.Rpc;
using Xunit;

namespace Ocpp.EveryMessage;

/// <summary>The schemas of this repository name the sender of each request.</summary>
public class SenderTests
{
    [Fact]
    public void Every_request_has_a_sender() =>
        Assert.All(
            Protocol.Instance.Actions,
            action => Assert.NotEqual((action.Name, OcppParty.None), (action.Name, action.Sender))
        );
}
