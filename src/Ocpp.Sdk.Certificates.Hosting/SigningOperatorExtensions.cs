using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ocpp.Certificates.Hosting.Operators;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what an operator needs of certificate signing.</summary>
public static class SigningOperatorExtensions
{
    /// <summary>
    /// Adds certificate signing to the REST API of an operator: the requests of a station with their history, and
    /// renewals.
    /// </summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item><c>GET {identity}/signing-requests?before=&amp;max=</c>: the requests of a station, the latest
    /// first.</item>
    /// <item><c>GET {identity}/signing-requests/{id}</c>: a request with its history.</item>
    /// <item><c>POST {identity}/renewals</c>: triggers the station to request a new certificate. The body names what it
    /// is for: <c>{"uses": "CsmsConnection"}</c>, or <c>Iso15118</c>, <c>Combined</c>, <c>Iso15118Part20</c>; and
    /// <c>evseId</c> for the ISO 15118 controller of an EVSE.</item>
    /// </list>
    /// </remarks>
    /// <param name="stations">What <c>MapOcppOperator</c> returned.</param>
    /// <returns>The same group.</returns>
    public static RouteGroupBuilder MapCertificateSigning(this RouteGroupBuilder stations)
    {
        ArgumentNullException.ThrowIfNull(stations);
        stations
            .MapGet("{identity}/signing-requests", SigningEndpoints.ListAsync)
            .WithName("ListSigningRequests")
            .WithSummary("The signing requests of a station, the latest first.")
            .Produces<OperatorSigningRequest[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        stations
            .MapGet("{identity}/signing-requests/{id:long}", SigningEndpoints.FindAsync)
            .WithName("FindSigningRequest")
            .WithSummary("A signing request of a station, with its history.")
            .Produces<OperatorSigningRequest>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        stations
            .MapPost("{identity}/renewals", SigningEndpoints.RenewAsync)
            .WithName("RenewCertificate")
            .WithSummary("Triggers a station to request a new certificate.")
            .WithDescription(
                "uses is what the certificate is for: CsmsConnection, Iso15118, Combined or Iso15118Part20. "
                    + "evseId is the EVSE whose ISO 15118 controller it is for, from 1; without it, the station."
            )
            .Accepts<OperatorRenewal>("application/json")
            .Produces<OperatorRenewalResult>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status502BadGateway)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);
        return stations;
    }
}
