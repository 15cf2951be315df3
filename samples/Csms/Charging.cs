using Microsoft.Extensions.Configuration;
using Ocpp;
using Ocpp.V201;

namespace Csms;

/// <summary>
/// Answers what stations send of tokens, transactions, meter values, their variables and events. It keeps none of it:
/// what a CSMS does with them is its own business.
/// </summary>
/// <param name="configuration">
/// Has the tokens in its section <c>IdTokens</c>, with their status, such as <c>Accepted</c> or <c>Blocked</c>.
/// </param>
internal sealed class Charging(IConfiguration configuration)
{
    /// <summary>The key of the status of tokens that are not in the configuration; <c>Unknown</c> without it.</summary>
    public const string StatusOfOtherIdTokens = "StatusOfOtherIdTokens";

    /// <summary>Adds the handlers to an endpoint.</summary>
    public void AddTo(IOcppHandlers csms)
    {
        csms.On((AuthorizeRequest request) => new AuthorizeResponse { IdTokenInfo = Evaluate(request.IdToken) });
        csms.On(
            (TransactionEventRequest request) =>
                new TransactionEventResponse
                {
                    // Only a token is answered with its status: most events have none (part 2, E).
                    IdTokenInfo = request.IdToken is { } token ? Evaluate(token) : null,
                }
        );
        csms.On((MeterValuesRequest _) => new MeterValuesResponse());
        csms.On((NotifyReportRequest _) => new NotifyReportResponse());
        csms.On((NotifyEventRequest _) => new NotifyEventResponse());
        // A vendor's own data is for those who know the vendor (P02).
        csms.On(
            (DataTransferRequest _) => new DataTransferResponse { Status = DataTransferStatusEnumType.UnknownVendorId }
        );
    }

    private IdTokenInfoType Evaluate(IdTokenType token)
    {
        if (token.Type == IdTokenEnumType.NoAuthorization)
        {
            return new IdTokenInfoType { Status = AuthorizationStatusEnumType.Accepted };
        }

        // A key of the configuration ignores case, as a token does.
        string? status = configuration
            .GetSection("IdTokens")
            .GetChildren()
            .FirstOrDefault(section => string.Equals(section.Key, token.IdToken, StringComparison.OrdinalIgnoreCase))
            ?.Value;
        return new IdTokenInfoType
        {
            Status = Enum.TryParse(
                status ?? configuration[StatusOfOtherIdTokens],
                out AuthorizationStatusEnumType known
            )
                ? known
                : AuthorizationStatusEnumType.Unknown,
        };
    }
}
