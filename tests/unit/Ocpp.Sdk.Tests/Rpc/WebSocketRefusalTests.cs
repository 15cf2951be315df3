using System.Net.WebSockets;
using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc;

/// <summary>Bytes of a peer that .NET refuses.</summary>
public sealed class WebSocketRefusalTests
{
    [Fact]
    public void A_fault_without_words_of_its_own_is_a_message_that_is_not_valid_UTF_8()
    {
        var fault = new WebSocketException(WebSocketError.Faulted);

        Assert.Equal(
            new OcppCloseReason(
                OcppCloseKind.Violation,
                WebSocketCloseStatus.InvalidPayloadData,
                "The message is not valid UTF-8."
            )
            {
                Exception = fault,
            },
            WebSocketRefusal.Of(fault)
        );
    }

    [Fact]
    public void Any_other_fault_is_an_invalid_frame()
    {
        var fault = new WebSocketException(WebSocketError.Faulted, "The reserved bits are set.");

        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.Violation, WebSocketCloseStatus.ProtocolError, "Invalid WebSocket frame.")
            {
                Exception = fault,
            },
            WebSocketRefusal.Of(fault)
        );
    }

    [Fact]
    public void Only_a_fault_is_a_refusal()
    {
        Assert.True(WebSocketRefusal.IsOne(new WebSocketException(WebSocketError.Faulted)));
        Assert.False(WebSocketRefusal.IsOne(new WebSocketException(WebSocketError.ConnectionClosedPrematurely)));
        Assert.False(WebSocketRefusal.IsOne(new InvalidOperationException()));
        Assert.False(WebSocketRefusal.IsOne(null));
    }
}
