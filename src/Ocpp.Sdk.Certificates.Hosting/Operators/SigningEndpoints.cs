using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ocpp.AspNetCore;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Versions;

namespace Ocpp.Certificates.Hosting.Operators;

/// <summary>The endpoints of the REST API over signing requests.</summary>
internal static class SigningEndpoints
{
    private const int DefaultPageSize = 100;
    private const int MaxPageSize = 1000;

    public static async Task<IResult> ListAsync(
        string identity,
        long? before,
        int? max,
        [FromServices] HostedSigningService signing,
        CancellationToken cancellationToken
    )
    {
        if (max is < 1 or > MaxPageSize)
        {
            return Problem(StatusCodes.Status400BadRequest, $"max must be from 1 to {MaxPageSize}.");
        }

        IReadOnlyList<SigningRequest> requests = await signing
            .Store.ListAsync(
                new SigningRequestFilter
                {
                    Station = identity,
                    BeforeId = before,
                    MaxCount = max ?? DefaultPageSize,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return TypedResults.Json(
            [.. requests.Select(request => OperatorSigningRequest.Of(request))],
            OperatorJsonContext.Default.OperatorSigningRequestArray
        );
    }

    public static async Task<IResult> FindAsync(
        string identity,
        long id,
        [FromServices] HostedSigningService signing,
        CancellationToken cancellationToken
    )
    {
        SigningRequest? request = await signing.Store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (request is null || !OcppIdentity.Comparer.Equals(request.Station, identity))
        {
            return Problem(StatusCodes.Status404NotFound, "The station has no such signing request.");
        }

        IReadOnlyList<SigningRequestEvent> history = await signing
            .Store.GetHistoryAsync(id, cancellationToken)
            .ConfigureAwait(false);
        return TypedResults.Json(
            OperatorSigningRequest.Of(request, history),
            OperatorJsonContext.Default.OperatorSigningRequest
        );
    }

    public static async Task<IResult> RenewAsync(
        string identity,
        HttpRequest request,
        [FromServices] HostedSigningService signing,
        [FromServices] IOcppStations stations,
        CancellationToken cancellationToken
    )
    {
        // A form of another site could send any other type with the cookies of the user.
        if (!request.HasJsonContentType())
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON.");
        }

        OperatorRenewal? renewal;
        try
        {
            renewal = await JsonSerializer
                .DeserializeAsync(request.Body, OperatorJsonContext.Default.OperatorRenewal, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (JsonException)
        {
            renewal = null;
        }

        if (renewal is null or { Uses: CertificateUses.None } or { EvseId: < 1 })
        {
            return Problem(
                StatusCodes.Status400BadRequest,
                "The body must say what the certificate is for, such as {\"uses\": \"CsmsConnection\"}."
            );
        }

        OcppStationConnection connection =
            await stations.FindAsync(identity, cancellationToken).ConfigureAwait(false)
            ?? throw new OcppStationNotConnectedException(identity);
        try
        {
            SigningResponse response = await signing
                .Service.RequestRenewalAsync(
                    connection.Identity,
                    new CertificateTrigger(renewal.Uses) { EvseId = renewal.EvseId },
                    cancellationToken
                )
                .ConfigureAwait(false);
            return TypedResults.Json(
                OperatorRenewalResult.Of(response),
                OperatorJsonContext.Default.OperatorRenewalResult
            );
        }
        catch (NotSupportedException exception)
        {
            return Problem(StatusCodes.Status422UnprocessableEntity, exception.Message);
        }
        catch (InvalidOperationException exception)
        {
            return Problem(StatusCodes.Status409Conflict, exception.Message);
        }
    }

    private static ProblemHttpResult Problem(int status, string title) =>
        TypedResults.Problem(statusCode: status, title: title);
}
