using Ocpp;
using Ocpp.V201;

namespace Csms;

/// <summary>How OCPP 2.0.1 puts what <see cref="Charging"/> decides.</summary>
internal static class Handlers201
{
    /// <summary>Adds the handlers to an endpoint that speaks OCPP 2.0.1.</summary>
    public static void AddTo(IOcppHandlers csms, Charging charging)
    {
        csms.On(
                (BootNotificationRequest _) =>
                    new BootNotificationResponse
                    {
                        Status = RegistrationStatusEnumType.Accepted,
                        CurrentTime = charging.Now,
                        Interval = charging.HeartbeatInterval,
                    }
            )
            .On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = charging.Now })
            .On((StatusNotificationRequest _) => new StatusNotificationResponse())
            .On((SecurityEventNotificationRequest _) => new SecurityEventNotificationResponse());

        csms.On((AuthorizeRequest request) => new AuthorizeResponse { IdTokenInfo = Evaluate(request.IdToken) })
            .On(
                (TransactionEventRequest request) =>
                    new TransactionEventResponse
                    {
                        // Only a token is answered with its status: most events have none (part 2, E).
                        IdTokenInfo = request.IdToken is { } token ? Evaluate(token) : null,
                    }
            )
            .On((MeterValuesRequest _) => new MeterValuesResponse())
            .On((NotifyReportRequest _) => new NotifyReportResponse())
            .On((NotifyEventRequest _) => new NotifyEventResponse())
            // A vendor's own data is for those who know the vendor (P02).
            .On(
                (DataTransferRequest _) =>
                    new DataTransferResponse { Status = DataTransferStatusEnumType.UnknownVendorId }
            );

        IdTokenInfoType Evaluate(IdTokenType token) =>
            new()
            {
                // A button in place of a card, for example: there is nothing to look up.
                Status =
                    token.Type == IdTokenEnumType.NoAuthorization
                        ? AuthorizationStatusEnumType.Accepted
                        : charging.Evaluate(token.IdToken) switch
                        {
                            TokenStatus.Accepted => AuthorizationStatusEnumType.Accepted,
                            TokenStatus.Blocked => AuthorizationStatusEnumType.Blocked,
                            TokenStatus.Expired => AuthorizationStatusEnumType.Expired,
                            _ => AuthorizationStatusEnumType.Unknown,
                        },
            };
    }
}
