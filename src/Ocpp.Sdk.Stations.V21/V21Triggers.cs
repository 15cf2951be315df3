using Ocpp.Stations.Versions;
using Ocpp.V21;

namespace Ocpp.Stations.V21;

/// <summary>TriggerMessage of OCPP 2.1 for the parts of a station (part 2, F06).</summary>
public static class V21Triggers
{
    /// <summary>
    /// Handles a TriggerMessage for a BootNotification or a Heartbeat, which is sent after the response. To be
    /// registered as a handler, or as <c>OtherTriggers</c> of <c>V21StationSigning</c>.
    /// </summary>
    /// <param name="boot">The registration of the station.</param>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// Accepted if the message is sent; Rejected if it is a BootNotification of a station that is accepted (F06.FR.17),
    /// or a Heartbeat of one that is not; NotImplemented for other messages.
    /// </returns>
    public static TriggerMessageResponse Trigger(
        this StationBoot boot,
        TriggerMessageRequest request,
        OcppRequestContext context
    )
    {
        ArgumentNullException.ThrowIfNull(boot);
        ArgumentNullException.ThrowIfNull(request);
        return boot.Trigger(request.RequestedMessage.To(StationTrigger.Other), context).ToResponse();
    }

    internal static TriggerMessageResponse ToResponse(this StationTriggerStatus status) =>
        new() { Status = status.To<TriggerMessageStatusEnumType>() };
}
