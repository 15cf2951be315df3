using Ocpp;
using Ocpp.V16;

namespace Csms;

/// <summary>How OCPP 1.6 puts what <see cref="Charging"/> decides.</summary>
internal static class Handlers16
{
    /// <summary>Adds the handlers to an endpoint that speaks OCPP 1.6.</summary>
    public static void AddTo(IOcppHandlers csms, Charging charging)
    {
        csms.On(
                (BootNotificationRequest _) =>
                    new BootNotificationResponse
                    {
                        Status = RegistrationStatus.Accepted,
                        CurrentTime = charging.Now,
                        Interval = charging.HeartbeatInterval,
                    }
            )
            .On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = charging.Now })
            .On((StatusNotificationRequest _) => new StatusNotificationResponse())
            .On((SecurityEventNotificationRequest _) => new SecurityEventNotificationResponse());

        csms.On((AuthorizeRequest request) => new AuthorizeResponse { IdTagInfo = Evaluate(request.IdTag) })
            .On(
                (StartTransactionRequest request) =>
                    new StartTransactionResponse
                    {
                        // The station has begun to charge already, whatever its token is worth.
                        TransactionId = charging.NextTransaction(),
                        IdTagInfo = Evaluate(request.IdTag),
                    }
            )
            .On(
                (StopTransactionRequest request) =>
                    new StopTransactionResponse { IdTagInfo = request.IdTag is { } token ? Evaluate(token) : null }
            )
            .On((MeterValuesRequest _) => new MeterValuesResponse())
            // A vendor's own data is for those who know the vendor.
            .On((DataTransferRequest _) => new DataTransferResponse { Status = DataTransferStatus.UnknownVendorId });

        IdTagInfo Evaluate(string token) =>
            new()
            {
                Status = charging.Evaluate(token) switch
                {
                    TokenStatus.Accepted => AuthorizationStatus.Accepted,
                    TokenStatus.Blocked => AuthorizationStatus.Blocked,
                    TokenStatus.Expired => AuthorizationStatus.Expired,
                    _ => AuthorizationStatus.Invalid,
                },
            };
    }
}
