using Ocpp.Tests.Rpc;

namespace Ocpp.Tests.WebSockets;

/// <summary>A protocol of one message, which goes one way.</summary>
internal sealed class NoticeProtocol() : OcppProtocol("notice1", new OcppOneWayAction<Notice>());
