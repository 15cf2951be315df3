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
        TriggerMessageResponse response = boot.Trigger(request, context);
        for (
            int next = 0;
            next < others.Count && response.Status == TriggerMessageStatusEnumType.NotImplemented;
            next++
        )
        {
            response = others[next](request, context);
        }

        return response;
    }

    /// <summary>Handles a TriggerMessage for MeterValues, which are sent after the response.</summary>
    /// <param name="meter">The meters of the station.</param>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// Accepted if there is such an EVSE, Rejected if not; NotImplemented for other messages.
    /// </returns>
    public static TriggerMessageResponse Trigger(
        this StationMeter meter,
        TriggerMessageRequest request,
        OcppRequestContext context
    )
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(request);
        bool isMeterValues = request.RequestedMessage == MessageTriggerEnumType.MeterValues;
        return meter.Trigger(isMeterValues, request.Evse?.Id, context).ToResponse();
    }

    /// <summary>Handles a TriggerMessage for a StatusNotification, which is sent after the response.</summary>
    /// <param name="boot">The registration of the station.</param>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <param name="status">
    /// Returns the status of a connector, by EVSE and connector; <see langword="null"/> if there is no such connector.
    /// </param>
    /// <returns>
    /// Accepted if there is such a connector; Rejected if not, or if the request has none (F06.FR.12); NotImplemented
    /// for other messages.
    /// </returns>
    public static TriggerMessageResponse TriggerStatus(
        this StationBoot boot,
        TriggerMessageRequest request,
        OcppRequestContext context,
        Func<int, int, ConnectorStatusEnumType?> status
    )
    {
        ArgumentNullException.ThrowIfNull(boot);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(status);
        if (request.RequestedMessage != MessageTriggerEnumType.StatusNotification)
        {
            return StationTriggerStatus.NotImplemented.ToResponse();
        }

        if (
            request.Evse is not { Id: var evseId, ConnectorId: { } connectorId }
            || status(evseId, connectorId) is not { } current
        )
        {
            return StationTriggerStatus.Rejected.ToResponse();
        }

        context.OnCompleted(() =>
            boot.CallRequestedAsync(
                new StatusNotificationRequest
                {
                    Timestamp = boot.Clock.GetUtcNow(),
                    ConnectorStatus = current,
                    EvseId = evseId,
                    ConnectorId = connectorId,
                }
            )
        );
        return StationTriggerStatus.Accepted.ToResponse();
    }

    internal static TriggerMessageResponse ToResponse(this StationTriggerStatus status) =>
        new() { Status = status.To<TriggerMessageStatusEnumType>() };
}
