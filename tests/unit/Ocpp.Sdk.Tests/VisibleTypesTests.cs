using System.ComponentModel;
using System.Reflection;

namespace Ocpp.Tests;

/// <summary>What completion offers to an application: no more than it uses.</summary>
public sealed class VisibleTypesTests
{
    private static readonly ILookup<string?, string> s_visible = typeof(OcppSession)
        .Assembly.GetExportedTypes()
        .Where(type => type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never)
        .ToLookup(type => type.Namespace, type => type.Name);

    [Fact]
    public void The_namespace_Ocpp_shows_what_an_application_uses_day_to_day() =>
        Assert.Equal(
            [
                "IOcppCaller",
                "IOcppHandler`2",
                "IOcppHandlers",
                "IOcppOneWayHandler`1",
                "IOcppOneWayMessage`1",
                "IOcppPayload`1",
                "IOcppRequest`2",
                "OcppActionReadOptions",
                "OcppCallErrorException",
                "OcppCallOptions",
                "OcppClient",
                "OcppClientOptions",
                "OcppClientState",
                "OcppClientStateChange",
                "OcppCloseKind",
                "OcppCloseReason",
                "OcppConnectionClosedException",
                "OcppConnectionFailedException",
                "OcppConnectionFailure",
                "OcppDataTransferException",
                "OcppDataTransferExtensions",
                "OcppDataTransferStatus",
                "OcppErrorCode",
                "OcppErrorCodeNames",
                "OcppException",
                "OcppHandlers",
                "OcppHandlersExtensions",
                "OcppIdentity",
                "OcppInvalidResponseException",
                "OcppJson",
                "OcppOfflineCalls",
                "OcppProtocol",
                "OcppQueueFullException",
                "OcppReadOptions",
                "OcppReconnection",
                "OcppRequestContext",
                "OcppRequestDelegate",
                "OcppSecurityProfile",
                "OcppSession",
                "OcppSessionOptions",
                "OcppSessionState",
                "OcppTimeoutException",
                "OcppValidationException",
                "OcppViolation",
                "OcppWriteOptions",
            ],
            s_visible["Ocpp"].Order(StringComparer.Ordinal)
        );

    [Fact]
    public void What_only_generated_code_uses_is_hidden() => Assert.Empty(s_visible["Ocpp.Json"]);
}
