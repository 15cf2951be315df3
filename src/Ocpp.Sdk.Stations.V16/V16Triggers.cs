using Ocpp.Stations.Versions;
using Ocpp.V16;

namespace Ocpp.Stations.V16;

/// <summary>TriggerMessage and ExtendedTriggerMessage of OCPP 1.6 for the parts of a station.</summary>
public static class V16Triggers
{
    /// <summary>
    /// Handles a TriggerMessage for a BootNotification or a Heartbeat, which is sent after the response. To be
    /// registered as a handler.
    /// </summary>
    /// <param name="boot">The registration of the station.</param>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// Accepted if the message is sent, a BootNotification also if the station is accepted; Rejected if it is a
    /// Heartbeat of a station that is not; NotImplemented for other messages.
    /// </returns>
    public static TriggerMessageResponse Trigger(
        this StationBoot boot,
        TriggerMessageRequest request,
        OcppRequestContext context
    )
    {
        ArgumentNullException.ThrowIfNull(boot);
        ArgumentNullException.ThrowIfNull(request);
        return boot.Trigger(request.RequestedMessage.To(StationTrigger.Other), context, alsoIfAccepted: true)
            .ToResponse();
    }

    /// <summary>
    /// Handles an ExtendedTriggerMessage of the security extension in the same way. To be registered as a handler, or
    /// as <c>OtherTriggers</c> of <c>V16StationSigning</c>.
    /// </summary>
    /// <inheritdoc cref="Trigger(StationBoot, TriggerMessageRequest, OcppRequestContext)"/>
    public static ExtendedTriggerMessageResponse Trigger(
        this StationBoot boot,
        ExtendedTriggerMessageRequest request,
        OcppRequestContext context
    )
    {
        ArgumentNullException.ThrowIfNull(boot);
        ArgumentNullException.ThrowIfNull(request);
        return boot.Trigger(request.RequestedMessage.To(StationTrigger.Other), context, alsoIfAccepted: true)
            .ToExtendedResponse();
    }

    /// <summary>
    /// Handles a TriggerMessage for what the registration sends, or one of the other parts: the first that has the
    /// message.
    /// </summary>
    /// <param name="boot">The registration of the station.</param>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <param name="others">The handlers of the other parts, which respond with NotImplemented to the rest.</param>
    public static TriggerMessageResponse Trigger(
        this StationBoot boot,
        TriggerMessageRequest request,
        OcppRequestContext context,
        params IReadOnlyList<Func<TriggerMessageRequest, OcppRequestContext, TriggerMessageResponse>> others
    )
    {
        ArgumentNullException.ThrowIfNull(others);
        return others.Aggregate(
            boot.Trigger(request, context),
            (response, next) =>
                response.Status == TriggerMessageStatus.NotImplemented ? next(request, context) : response
        );
    }

    internal static TriggerMessageResponse ToResponse(this StationTriggerStatus status) =>
        new() { Status = status.To<TriggerMessageStatus>() };

    internal static ExtendedTriggerMessageResponse ToExtendedResponse(this StationTriggerStatus status) =>
        new() { Status = status.To<TriggerMessageStatusEnumType>() };
}
